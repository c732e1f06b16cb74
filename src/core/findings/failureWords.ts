/**
 * What is refused, and what was expected instead, in the reader's language. Whoever fails writes English, since documents and
 * logs carry it; here is what each code says in Chinese. The English sentence follows in brackets with its numbers and names.
 */
import type { Issue } from '../base/errors.js';
import type { Language } from '../base/words.js';

const CODES: Readonly<Record<string, string>> = {
  // Input of any kind
  invalid_argument: '参数不可用',
  unknown_security: '没有该证券',
  unknown_index: '没有该指数',
  unknown_reading: '没有该解读',
  unknown_occasion: '没有该调整类型',
  unknown_fund: '没有该基金',
  unknown_holder: '没有该持有人的持仓数据',
  unknown_company: '没有该公司的财报',
  unknown_board: '没有该板块',
  unknown_account: '没有该账户',
  unknown_order: '没有该委托',
  unknown_clause: '没有该条款',
  unknown_price: '没有该证券的价格',
  unknown_route: '没有该地址',
  method_not_allowed: '该地址不接受这种请求方法',
  unknown_key: '多余的内容',
  not_an_effective_date: '不是该指数的生效日',
  not_a_session: '不是交易日',
  not_a_member: '不是该指数的样本',
  not_after: '日期须更晚',
  mixed_units: '单位不一致',
  invalid_rulebook: '规则手册不可用',
  invalid_csv: 'CSV 文件不可用',
  invalid_actions: '公司行为数据不可用',
  invalid_quantity: '数量不可用',
  invalid_price: '价格不可用',
  invalid_change: '该条款不能这样修改',
  missing_column: '缺少列',
  missing_value: '缺少数值',
  missing_weights_in_force: '缺少现行权重',
  missing_occasion: '未说明调整类型',
  missing_measure: '缺少规则所需的数据',
  missing_line: '缺少财报项目',
  circular_dates: '日期互相依赖，无法确定',
  no_such_weekday: '该月没有这样的日期',
  bad_ahead: '提前交易的参数不可用',
  bad_bar: '日线不可用',
  bad_benchmark: '基准不可用',
  bad_evidence: '实证数据不可用',
  bad_fills: '成交明细不可用',
  bad_funds: '基金数据不可用',
  bad_holdings: '持仓文件不可用',
  bad_investors: '投资者参数不可用',
  bad_order: '委托不可用',
  bad_passes: '榜首更替数据不可用',
  bad_problem: '执行计划的参数不可用',
  bad_schedule: '执行计划文件不可用',
  bad_session: '交易时段的参数不可用',
  bad_share: '占比不可用',
  bad_statements: '财报文件不可用',
  bad_valuation: '估值参数不可用',
  bad_window: '窗口不可用',

  // What is not held, or not known on the day
  data_missing: '缺少数据',
  no_price: '没有价格',
  no_prices: '没有收盘价',
  no_basket: '没有该指数当时的样本',
  no_bar: '没有当日的完整行情',
  no_levels: '没有公布的点位',
  no_legs: '没有指数交易该证券',
  no_trade: '没有被动交易',
  no_tracked_assets: '没有跟踪规模',
  no_volume: '没有成交量',
  no_share_count: '没有股本数据',
  shares_unknown: '股本未知',
  no_guidance: '公司没有给出指引',
  no_report: '没有该期财报',
  no_reviews: '没有定期调整',
  no_events: '没有事件',
  no_event_day: '事件日没有成交',
  no_outcome: '尚无结果',
  no_rate: '没有汇率',
  no_tax_rate: '没有税率',
  no_calendar: '没有该市场的交易日历',
  no_session: '没有交易日',
  no_sessions: '没有 FIX 会话',
  no_schedule: '不是执行计划',
  no_board_rules: '没有该板块的交易规则',
  no_change_found: '没有找到样本变动',
  nothing_recorded: '没有记录',
  members_unknown: '成份名单未知',
  fees_unknown: '费率未知',
  liquidity_missing: '缺少流动性数据',
  not_known_yet: '当时尚未可知',
  not_announced: '当时尚未披露',
  close_is_known: '收盘价已经可知',
  outside_data: '超出数据范围',
  outside_calendar: '超出交易日历',
  rulebook_not_in_force: '规则当日尚未生效',
  rulebook_incomplete: '规则不完整',
  rulebook_ambiguous: '规则有多种解读',
  fiscal_year_changed: '财政年度有变动',
  share_action_inside: '期间有股本变动',
  ex_price_not_positive: '除权价不大于零',

  // What cannot be computed
  infeasible_cap: '上限无法满足',
  infeasible_limit: '合计上限无法满足',
  infeasible_group_limit: '分组上限无法满足',
  infeasible_ceiling: '上限无法满足',
  empty_index: '样本市值为零',
  holds_itself: '基金持有自身',
  not_identified: '数据不足以确定',
  not_counted: '样本的计数日不可用',
  too_few_returns: '收益率过少',
  too_few_estimation_days: '估计窗口的天数过少',
  too_few_candidates: '可比证券过少',
  too_many_evenings: '日数过多',
  short_history: '历史过短',
  no_variation: '没有变动',
  no_demand: '交易相抵，没有风险',
  no_equilibrium: '价格无法收敛',
  no_controls: '没有可匹配的对照',
  no_selector_for_paths: '预测尚不支持该选样规则',
  no_price_range: '涨跌停之间没有价格可选',
  no_open_session: '没有可交易的时段',
  participation_too_low: '成交占比过低',
  benchmark_never_moved: '基准没有变动',
  flow_never_varied: '资金流没有变动',
  tail_degrees: '自由度不可用',
  manipulable: '该模型可被操纵',

  // Paper accounts
  account_exists: '账户已存在',
  account_changed: '账户已变动',
  duplicate_client_id: '委托编号重复',
  order_not_open: '委托已了结',
  cancel_refused: '此时不能撤单',
  closes_have_no_time: '按收盘价成交的账户没有盘中时间',
  no_such_time: '该时间不在交易时段内',
  session_differs: '当日行情已变，与账户已记录的不符',
  other_kind: '委托类型不能更改',
  part_filled: '委托已部分成交',
  cash_short: '可用资金不足',
  session_ahead: '账户已走过该交易日',
  session_taken: '该会话已被占用',

  // Requests
  invalid_request: '请求无法理解',
  headers_too_large: '请求头过大',
  body_too_large: '请求内容过大',
  unsupported_media_type: '不支持的内容类型',
  too_many_requests: '请求过多',
  too_many_documents: '保存的内容过多',
  upload_broken: '上传中断',
  unknown_document: '没有该内容',
  unknown_job: '没有该任务',
  version_conflict: '内容已被他人修改',
  forged_host: '主机名不被接受',
  forged_origin: '来源网页不被接受',
  token_required: '需要令牌',
  invalid_token_file: '令牌文件不可用',

  // The world outside
  data_unreadable: '数据无法读取',
  thread_lost: '计算线程中断',
  job_died: '任务进程中断',
  result_gone: '结果已不在',
  queue_full: '排队已满',
  record_changed: '记录已变动',
  file_busy: '文件被占用',
  state_newer: '数据文件夹由更新的版本写成',
  no_temporary_folder: '没有临时文件夹',
  no_answer: '没有应答',
  line_failed: '连接失败',
  cannot_listen: '无法监听该地址',
  port_in_use: '端口已被占用',
  token_needed: '需要令牌',
  not_a_checkout: '须在源代码目录中运行',
  interrupted: '已中断',
  cancelled: '已取消',
};

/** Phrases of what was expected; `$1` stands for what the first bracket found. */
const EXPECTED: readonly (readonly [RegExp, string])[] = [
  [/^an existing date as YYYY-MM-DD$/, '存在的日期，格式为 YYYY-MM-DD'],
  [/^a code such as (\S+)$/, '证券代码，例如 $1'],
  [/^a code; (.+) is (\S+)$/, '证券代码；$1 为 $2'],
  [/^a code of the (?:universe|data set)(?:, nearest: (\S+))?$/, '数据中的证券代码，最接近的是：$1'],
  [/^an effective date of (\S+), nearest: (\S+) and (\S+)$/, '$1 的生效日，最近的是 $2 与 $3'],
  [
    /^an amount above 0 and at most (\S+), such as (\S+), (\S+), (\S+) or (\S+)$/,
    '大于 0、不超过 $1 的金额，例如 $2、$3、$4 或 $5',
  ],
  [/^a whole number from (\S+) to (\S+)$/, '$1 至 $2 的整数'],
  [/^a number from (\S+) to (\S+)$/, '$1 至 $2 的数'],
  [/^a number above (\S+) and at most (\S+)$/, '大于 $1、不超过 $2 的数'],
  [/^a number above 0$/, '大于 0 的数'],
  [/^a number of at least 0$/, '不小于 0 的数'],
  [/^one of (.+), or the path of a \.yaml file$/, '以下之一：$1，或 .yaml 文件的路径'],
  [/^one of (.+)$/, '以下之一：$1'],
  [/^(\S+) or (\S+)$/, '$1 或 $2'],
  [/^a column named (\S+)$/, '名为 $1 的列'],
  [/^one column named (\S+)$/, '只有一列名为 $1'],
  [/^a value$/, '一个值'],
  [/^a value in every row$/, '每一行都有值'],
  [/^a value of type (\S+)$/, '类型为 $1 的值'],
  [/^another name$/, '另一个名称'],
  [/^only what this route takes$/, '只有该地址接受的内容'],
  [/^a route of \/openapi\.json$/, '/openapi.json 中的地址'],
  [/^(<[^>]+>); --help after the command says more$/, '$1；在命令后加 --help 可见说明'],
  [/^a header line and rows; the file is empty$/, '表头与数据行；该文件为空'],
  [/^valid YAML$/, '有效的 YAML'],
];

/** Whole sentences that are met most; with these no English needs to follow. */
const SENTENCES: readonly (readonly [RegExp, string])[] = [
  [/^(.+) cannot be used$/, '$1 不可用'],
  [/^(\d+) problems? with the request$/, '请求有 $1 处问题'],
  [/^(\d+) problems? with the order$/, '委托有 $1 处问题'],
  [/^(.+): (\d+) problems?, nothing was used$/, '$1：$2 处问题，文件未被采用'],
  [/^there is no such index$/, '没有该指数'],
  [/^there is no such security$/, '没有该证券'],
  [/^no closes of this security are held$/, '没有该证券的收盘价'],
  [/^(\S+) is not in the data set$/, '数据中没有 $1'],
  [/^there is no rulebook called (.+)$/, '没有名为 $1 的规则手册'],
  [/^(\S+) is not an effective date of (\S+)$/, '$1 不是 $2 的生效日'],
  [/^(\S+) has no reading named (\S+)$/, '$1 没有名为 $2 的解读'],
  [
    /^only the rules of (\S+) are held, no basket; baskets are held of (.+)$/,
    '只有 $1 的规则，没有样本；有样本的指数：$2',
  ],
  [/^no basket of (\S+) before (\S+) is known$/, '没有 $1 在 $2 之前的样本'],
  [
    /^no basket of (\S+) before (\S+) is known on (\S+); the first one held is of (\S+), known from (\S+)$/,
    '$3 时没有 $1 在 $2 之前的样本；所持最早的样本生效于 $4，自 $5 起可知',
  ],
  [
    /^only the rules of (\S+) are held, no basket, so its reviews cannot be run$/,
    '只有 $1 的规则，没有样本，无法推算其定期调整',
  ],
  [/^no basket of (\S+) was known on (\S+)$/, '$2 时没有 $1 的样本'],
  [/^no clause of (\S+) is in force on (\S+)$/, '$1 的规则在 $2 尚未生效'],
  [
    /^(\S+) asks for (\S+) sessions outside (\S+)\.\.(\S+); they are not in the calendar and are not guessed$/,
    '$1 超出 $2 的交易日历（$3 至 $4），日历之外不作推测',
  ],
  [/^no trading on (\S+); the next session is (\S+)$/, '$1 不是交易日；下一个交易日为 $2'],
  [
    /^no total of tracked assets was known on (\S+); give one with --assets$/,
    '$1 时没有跟踪规模的数字；请用 --assets 给出',
  ],
  [/^no reports of (\S+) are held; there are (.+)$/, '没有 $1 的财报；有财报的公司：$2'],
  [/^no fund (\S+) is held; there are (.+)$/, '没有基金 $1；现有：$2'],
  [/^there is no account (\S+): there are (.+)$/, '没有账户 $1；现有：$2'],
  [
    /^(\S+) does not exist; check the spelling, and the folder the command was started in$/,
    '$1 不存在；请检查拼写与当前所在的文件夹',
  ],
  [/^a required option is missing$/, '缺少必需的选项'],
];

interface Failed {
  readonly code: string;
  readonly message: string;
}

/** The sentence of a failure. A code that nobody gave Chinese words says what it says in English. */
export function failureText({ code, message }: Failed, language: Language): string {
  if (language === 'zh') {
    const form = SENTENCES.find(([pattern]) => pattern.test(message));
    if (form !== undefined) return message.replace(...form);
  }
  const words = CODES[code];
  return language === 'en' || words === undefined ? message : `${words}（${message}）`;
}

export function expectedText({ expected }: Pick<Issue, 'expected'>, language: Language): string {
  if (language === 'en') return expected;
  const form = EXPECTED.find(([pattern]) => pattern.test(expected));
  return form === undefined ? expected : expected.replace(...form).replace(/，最接近的是：$/, '');
}

/** Every code that has words in both languages. */
export const FAILURE_CODES: readonly string[] = Object.keys(CODES);
