/**
 * Findings in the reader's language. Producers write English, since documents and logs carry it; here is what each code
 * says in Chinese, with the numbers, dates and names of the English sentence put where they belong. A sentence of the data
 * (a clause's note, how a basket came about) has no Chinese of its own: it is quoted after the words of its code.
 */
import type { Finding } from './base/finding.js';
import type { Language } from './base/words.js';

interface Words {
  /** What the code says; alone where the English sentence is always the same. */
  readonly zh: string;
  /** Sentences with something in them, and how they read; `$1` stands for what the first bracket found. */
  readonly forms?: readonly (readonly [RegExp, string])[];
  /** Where no form fits, the English sentence follows in brackets. */
  readonly quotes?: true;
}

const CATALOGUE: Readonly<Record<string, Words>> = {
  // Claims of a text
  text_date_read: {
    zh: '文本的写作日期取自文中提到的日期',
    forms: [
      [
        /^taken as written on (\S+), the date it names; say another with --date$/,
        '按文中日期，视为写于 $1；可用 --date 另行指定',
      ],
    ],
  },
  text_date_assumed: {
    zh: '文本没有写明写作日期，以数据的最后一日为准',
    forms: [
      [
        /^the text names no day it was written on; held against the data up to (\S+), say the day with --date$/,
        '文中没有写作日期，按截至 $1 的数据核对；请用 --date 指定',
      ],
    ],
  },
  text_cut: {
    zh: '文本过长，末尾未读',
    forms: [[/^(\d+) characters at the end were not read; .*$/, '文本过长，末尾 $1 个字符未读']],
  },
  claims_cut: {
    zh: '说法过多，只核对了前面的',
    forms: [[/^the first (\d+) claims were checked; there are more$/, '只核对了前 $1 条说法，其后还有']],
  },
  // The market and its facts
  stale_price: {
    zh: '当日无成交，沿用此前收盘价',
    forms: [
      [/^did not trade on (\S+); last close, of (\S+), carried$/, '$1 无成交；沿用 $2 的收盘价'],
      [
        /^did not trade on (\d+) of (\d+) sessions; its last close stands in$/,
        '$2 个交易日中有 $1 日无成交；以此前收盘价代替',
      ],
    ],
  },
  adjusted_price: {
    zh: '仅有复权收盘价，原始价未知',
    forms: [
      [
        /^close of (\S+) is dividend-adjusted, the raw close is unknown; off by at most the dividend$/,
        '$1 的收盘价为复权价，原始价未知；误差不超过股息',
      ],
      [
        /^(\d+) of (\d+) closes are known only adjusted .*$/,
        '$2 个收盘价中有 $1 个仅有复权价；其份额受股息扭曲',
      ],
    ],
  },
  price_imported: {
    zh: '区间内的收盘价来自导入文件',
    forms: [[/^close of (\S+) comes from an imported file$/, '$1 的收盘价来自导入文件']],
  },
  price_reconstructed: {
    zh: '部分收盘价由复权价还原',
    forms: [
      [
        /^(\d+) of (\d+) closes were rebuilt .*$/,
        '$2 个收盘价中有 $1 个由复权价还原，精度约一分；部分残差由此而来',
      ],
    ],
  },
  prices_missing: { zh: '没有该证券的收盘价，请导入' },
  prices_stand_still: {
    zh: '尚无后续收盘价，假设价格不变',
    forms: [
      [
        /^factors priced at the close of (\S+), the last one known; the pricing date is (\S+)$/,
        '权重因子按最近已知的 $1 收盘价计算；定价日为 $2',
      ],
      [
        /^trades valued at the close of (\S+), the last one known; the swap close is of (\S+)$/,
        '交易按最近已知的 $1 收盘价计值；换样收盘为 $2',
      ],
    ],
  },
  price_changed: {
    zh: '情景推演：收盘价已改动',
    forms: [
      [
        /^what-if: closes from (\S+) on are (\S+) times the market's$/,
        '情景推演：自 $1 起收盘价为市场的 $2 倍',
      ],
    ],
  },
  cap_changed: {
    zh: '情景推演：上限已改动',
    forms: [
      [/^what-if: the limit is (\S+), not that of the rulebook$/, '情景推演：上限为 $1，而非规则手册所定'],
    ],
  },
  shares_backcast: {
    zh: '股本数为后来的数字，按送转股回推',
    forms: [
      [
        /^(\d+) of (\d+) share counts are later counts .*$/,
        '$2 个股本数中有 $1 个为后来的数字，按送转股回推',
      ],
    ],
  },
  shares_assumed: { zh: '同时在境外上市；A股股本假设为可流通A股，为下限' },
  float_reconstructed: { zh: '分级靠档比例由公布的指数点位反推' },
  float_assumed: { zh: '分级靠档比例为假设；未找到公布的自由流通表' },
  float_unknown: { zh: '自由流通未知；按可流通股本的档位计权，其权重为上限' },
  uncapped_float_assumed: {
    zh: '旧样本中受上限压制，其未限权的流通股本为推断',
    forms: [
      [
        /^capped in the old basket \(factor ([\d.]+)\); .*$/,
        '旧样本中受上限压制（权重因子 $1）；未限权的流通股本为推断，只要仍高于上限，结果相同',
      ],
    ],
  },
  dual_listed: { zh: '同时在其他市场上市；总股本会计入指数不排名的股份' },
  measure_missing: { zh: '缺少股本数或区间内收盘价；排在最后' },
  fact_backcast: { zh: '事实为回推', quotes: true },
  fact_estimated: { zh: '事实为估计', quotes: true },
  fact_reconstructed: { zh: '事实为重建', quotes: true },
  fact_assumed: { zh: '事实为假设', quotes: true },
  ...rowsOfQuality({
    backcast: '回推',
    estimated: '估计',
    reconstructed: '重建',
    assumed: '假设',
    adjusted: '复权价',
    equal: '两源一致',
    imported: '导入',
    derived: '推导',
    replayed: '复算',
  }),

  // Baskets, reviews, clauses
  weights_reconstructed: { zh: '样本权重为重建', quotes: true },
  weights_estimated: { zh: '样本权重为估计', quotes: true },
  weights_assumed: { zh: '样本权重为假设', quotes: true },
  basket_by_rules: {
    zh: '样本由规则生成',
    forms: [[/^the basket of (\S+) is not held; .*$/, '没有 $1 的样本；由规则从前一份样本生成']],
  },
  basket_outdated: {
    zh: '样本未更新',
    forms: [
      [
        /^the basket of (\S+) is not held and cannot be made \((\S+)\); .*$/,
        '没有 $1 的样本，也无法生成（$2）；此为前一份样本',
      ],
    ],
  },
  announcement_derived: { zh: '公告内容为推导', quotes: true },
  members_derived: {
    zh: '成份名单为推导',
    forms: [[/^the list of members from (\S+) was derived .*$/, '$1 起的成份名单由撤销有据可查的变动推得']],
  },
  clause_inferred: { zh: '条款为推断', quotes: true },
  clause_unverified: { zh: '条款未核实', quotes: true },
  kept_in_force: { zh: '现行权重已满足全部上限，维持不变' },
  group_targets_missing: { zh: '未给出参照组的占比；该规则未执行' },
  issuers_missing: { zh: '规则按发行人计权，但文件没有发行人一列；每只证券各自计算' },

  // Flows and legs
  assets_dated: {
    zh: '跟踪规模非换样收盘时的数字',
    forms: [
      [
        /^tracked assets \((.*?)\) are of (\S+) and are not marked .*?; feeder funds (.*?); .*$/,
        '跟踪规模（$1）为 $2 的数字，未按换样收盘重估；联接基金：$3；不含增强基金与专户',
      ],
    ],
  },
  assets_missing: { zh: '没有公布的总规模：资金流以占规模的比例表示' },
  adv_missing: { zh: '近 20 个交易日成交额未知；无法给出交易天数' },
  adv_short: {
    zh: '近期成交日不足',
    forms: [
      [/^traded on (\d+) of the last (\d+) sessions; .*$/, '近 $2 个交易日中有 $1 日成交；按这些日平均'],
    ],
  },
  leg_published: { zh: '该指数的资金流取自公布数字', quotes: true },
  legs_incomplete: { zh: '未持有数据的指数、增强基金与专户不在合计之内' },

  enhanced_unknown: { zh: '数据中没有指数增强基金的规模；可用 --enhanced 与 --fraction 加入' },
  enhanced_assumed: {
    zh: '指数增强基金的交易为假设',
    forms: [
      [
        /^enhanced funds are taken to trade ([\d.e+-]+) % .*$/,
        '假设指数增强基金交易被动交易量的 $1 %；其规模与该比例来自请求',
      ],
    ],
  },

  // Levels and the X-ray
  total_return_base: {
    zh: '全收益指数的基点为假设',
    forms: [
      [
        /^equal to the price index at the close of (\S+); .*$/,
        '于 $1 收盘与价格指数相等；公布的全收益指数不在数据中',
      ],
    ],
  },
  dividend_approximate: { zh: '现金股息由原始价与复权价之差读出，每股约精确到 0.01 元' },
  tax_assumed: { zh: '股息税率为假设', quotes: true },
  poor_fit: {
    zh: '拟合不佳',
    forms: [
      [/^the basket leaves up to ([\d.]+) points; .*$/, '样本残差最高 $1 点；某个成份、价格或送转与假设不符'],
    ],
  },
  swap_differs: { zh: '点位所显示的换样日与成份名单不同', quotes: true },
  units_at_zero: { zh: '点位要求其为负；取零' },

  // Forecasts and the record
  discretion_not_modelled: { zh: '委员会可能作出与规则不同的决定；此处概率仅按规则' },
  screens_as_of_today: { zh: '能否通过筛选取自信息截至日，不作抽样' },
  count_doubt: {
    zh: '回推的股本数有误差',
    forms: [
      [/^share counts carried back .* uncertain by ([\d.]+) %, .*$/, '回推的股本数按有据可查者取误差 $1 %'],
    ],
  },
  average_extended: {
    zh: '均值区间尚未结束',
    forms: [[/^(\d+) sessions of the averages are still to come$/, '均值区间尚余 $1 个交易日']],
  },
  assets_uncertain: {
    zh: '跟踪规模有误差',
    forms: [
      [
        /^tracked assets \((.*?)\) are uncertain by ([\d.]+) %: .*$/,
        '跟踪规模（$1）取误差 $2 %：各公布总额不一，份额有申购赎回',
      ],
    ],
  },
  short_history: {
    zh: '历史收益不足',
    forms: [
      [/^volatility from (\d+) returns$/, '波动率仅由 $1 个收益率估计'],
      [
        /^(\d+) names have fewer than (\d+) returns of the last (\d+) sessions; .*$/,
        '$1 只证券在近 $3 个交易日中收益率不足 $2 个；其风险参照中位数',
      ],
    ],
  },
  record_torn: {
    zh: '记录中有未写完的行',
    forms: [[/^(\d+) unfinished lines .*$/, '略去 $1 行：写入的进程曾被中断']],
  },

  float_expected: {
    zh: '候选股的自由流通量为预期值',
    forms: [
      [
        /^candidates .* weighed with (\S+) % .*$/,
        '未公布自由流通量的候选股按可流通部分的 $1 % 加权，即成份股的均值',
      ],
    ],
  },
  closes_unseen: {
    zh: '部分证券没有近期收盘价',
    forms: [[/^(\d+) securities .*$/, '$1 只证券没有近期收盘价；其均值的不确定程度取决于此后的交易日数']],
  },

  // Backtests
  history_starts_later: {
    zh: '回测起点较晚',
    forms: [[/^begins on (\S+), .*, not on (\S+)$/, '自 $1 首份已知样本起，而非 $2']],
  },
  history_ends_earlier: {
    zh: '回测终点较早',
    forms: [[/^ends on (\S+) .*, not on (\S+)$/, '随数据止于 $1，而非 $2']],
  },
  reviews_taken_over: {
    zh: '沿用此前的结果',
    forms: [[/^(\d+) reviews taken over .*$/, '沿用此前同规则、同数据的 $1 次调整']],
  },
  stored_result_damaged: { zh: '数据文件夹中此前的结果已损坏，重新计算' },

  // Impact
  impact_extrapolated: {
    zh: '超出模型的拟合范围',
    forms: [
      [/^larger than the law was measured on: .*$/, '订单大于该规律的度量范围：远小于日成交量的十分之一'],
      [
        /^larger than the orders it was fitted to, below about (\d+) % .*$/,
        '订单大于拟合范围：约小于日成交量的 $1 %',
      ],
      [/^larger than a day's volume; .*$/, '订单大于一日成交量；成本与规模成正比仅在其下成立'],
      [
        /^the multiplier is outside of what index events give, (\S+) to (\S+)$/,
        '乘数超出指数事件所见的 $1 至 $2',
      ],
      [/^more per day than the largest daily flow .*$/, '每日数量大于估计斜率所用的最大单日资金流'],
    ],
  },
  impact_scaled: {
    zh: '尺度由平方根律设定',
    forms: [
      [
        /^scaled so that the largest return of the review, that of (\S+), is the square-root law's$/,
        '以本次调整中 $1 的最大收益等于平方根律为尺度',
      ],
      [
        /^scaled so that an order of one day peaks where .* after (\d+) sessions$/,
        '以一日订单的峰值等于平方根律为尺度；永久部分为 $1 个交易日后的剩余',
      ],
      [/^depth of the book set so .*$/, '订单簿深度设为：整笔订单一次成交的价格变动符合平方根律'],
    ],
  },
  impact_not_fitted: { zh: '系数为论文中按价差的经验法则，并非该证券的估计' },
  spread_assumed: {
    zh: '买卖价差为假设',
    forms: [
      [/^([\d.]+) bp; the data have no quotes, give one with (\S+)$/, '取 $1 bp；数据没有报价，可用 $2 给出'],
    ],
  },
  flow_sign_assumed: { zh: '买卖方向未知；每日全部成交量按当日收益的符号计' },
  model_left_out: { zh: '订单缺少该模型所需的数据', quotes: true },

  // Studies
  flow_modelled: {
    zh: '被动资金部分按平方根律估计',
    forms: [
      [
        /^the part of forced flow is what .*$/,
        '被动资金部分为平方根律对整笔交易的估计及其区间；不含窗口之前或他人的交易',
      ],
      [
        /^the swap close (\S+) is outside the window: .*$/,
        '换样收盘 $1 在窗口之外：窗口内没有被动交易，提前交易归入剩余',
      ],
    ],
  },
  event_left_out: { zh: '略去一个事件', quotes: true },
  few_events: {
    zh: '事件太少',
    forms: [
      [/^(\d+) add, (\d+) delete; .*$/, '调入 $1 个、调出 $2 个；按正态分布检验需要数十个'],
      [/^(\d+) add; .*$/, '调入 $1 个；按正态分布检验需要数十个'],
      [/^(\d+) delete; .*$/, '调出 $1 个；按正态分布检验需要数十个'],
    ],
  },
  halted: {
    zh: '停牌',
    forms: [[/^no trade on (.+); no abnormal return of these$/, '$1 无成交；没有异常收益']],
  },
  bridged: {
    zh: '收益跨越停牌',
    forms: [[/^the return of (.+) covers the halt before it, .*$/, '$1 的收益跨越此前停牌，基准亦然']],
  },
  limit_locked: {
    zh: '收于涨跌停',
    forms: [
      [
        /^closed at its daily limit on (.+); the abnormal return is cut off there, the window goes on for (\d+) sessions$/,
        '$1 收于涨跌停；异常收益在此截断，窗口延长 $2 个交易日',
      ],
      [
        /^closed at its daily limit on (.+); the abnormal return is cut off there$/,
        '$1 收于涨跌停；异常收益在此截断',
      ],
    ],
  },
  estimation_shortened: {
    zh: '估计区间不足',
    forms: [
      [
        /^market model from (\d+) of the (\d+) sessions before the window$/,
        '市场模型由窗口前 $2 个交易日中的 $1 个估计',
      ],
    ],
  },

  controls_matched: {
    zh: '对照证券',
    forms: [[/^nearest in .*?: (.*)$/, '窗口之前市值、成交额与波动率最接近者，不论行业：$1']],
  },

  // Replayed days
  path_drawn: {
    zh: '日内路径为抽样',
    forms: [
      [
        /^the way between .* and (\d+) % of it is put into the closing auction; .*$/,
        '开高低收之间的路径为抽样，成交量取假设的U形，$1 % 置于收盘竞价；没有日内数据',
      ],
    ],
  },
  volume_estimated: { zh: '成交股数为成交额除以四价均值' },

  // Rehearsals
  bands_assumed: { zh: '特征取自 Cont (2001)，区间数值为操作性解读，并非公布' },
  setting_chosen: { zh: '该参数组是看着区间在六组中选出的：说明模型能够做到，而非必然如此' },
  market_simulated: {
    zh: '市场为模拟',
    forms: [
      [
        /^demand of elasticity (\S+) per active holder who answers the others (\S+) to 1, .* are measured$/,
        '主动持有人弹性 $1、相互反应 $2 比 1，做市、趋势与噪声均为假设而非拟合；成交量、波动率与流量来自数据',
      ],
      [
        /^demand of elasticity (\S+) per active holder who answers the others (\S+) to 1, .*$/,
        '主动持有人弹性 $1、相互反应 $2 比 1，做市、趋势与噪声均为假设而非拟合；成交量、波动率与流量亦然',
      ],
    ],
  },
  close_share_assumed: {
    zh: '收盘竞价占比与套利者为假设',
    forms: [
      [
        /^(\d+) % of the flow in the closing auction, (\d+) arbitrageurs who hold (\S+) \/ (\d+) of it before; .*$/,
        '流量的 $1 % 在收盘竞价，$2 名套利者事先持有其中 $3/$4；没有公布数字',
      ],
    ],
  },

  // Schedules
  session_closed: {
    zh: '该交易日无法交易',
    forms: [
      [/^(\S+): suspended; .*$/, '$1 停牌；不安排交易'],
      [/^(\S+): closed at its daily limit; .*$/, '$1 收于涨跌停；不安排交易'],
    ],
  },
  cost_scaled: { zh: '成本为二次式，整笔订单在一个普通交易日内的成本等于平方根律' },
  auction_assumed: {
    zh: '收盘竞价占比为假设',
    forms: [
      [
        /^(\d+) % of a session's volume .* give one with (\S+)$/,
        '收盘竞价取当日成交量的 $1 %；中国没有公布数字，可用 $2 给出',
      ],
    ],
  },
  participation_cut: {
    zh: '部分订单移出超限时段',
    forms: [
      [/^(\d+) % of the order moved .* more than (\d+) % .*$/, '订单的 $1 % 移出超过其成交量 $2 % 的时段'],
    ],
  },

  impact_unknown: { zh: '成交量或波动率未知；成本中不含其冲击' },
  trade_alone: {
    zh: '冲击仅为本基金所致，每只证券在一个交易日内完成；全部跟踪资金合计对价格的影响更大（见 impact）',
  },

  ahead_assumed: { zh: '假设收盘前价格不回落，且无人与抢跑者反向交易；两者都使收益偏大' },
  needs_shares: { zh: '提前卖出需要持有或借入股份；借券成本未计入收益' },

  // Costs of an order
  arrival_assumed: { zh: '以首笔成交前一收盘价代替委托到达时的价格' },
  fees_modelled: { zh: '费用按当日费率计算，同日成交视为一笔委托；如有实际费用请提供' },

  // Paper accounts
  closing_replay: {
    zh: '委托按日线的收盘集合竞价成交：限价达到即按收盘价成交，封死涨跌停则不成交；不影响价格',
  },
  session_replay: {
    zh: '委托在由日线还原的场次中成交：开高低收之间的走势与盘口数量为随机生成，成交量按假设的U形分布，集合竞价占比为假设，走势不因委托而变',
  },
  closing_flow: { zh: '调仓日收盘集合竞价中含指数基金预测交易量的80 %，不限价；收盘价不变' },
  closing_flow_unknown: {
    zh: '收盘集合竞价中未含指数基金交易量',
    forms: [
      [/^the flow at the close of (\S+) is not known .*$/, '$1 收盘的指数基金交易量未知，未计入集合竞价'],
    ],
  },
  clock_within: {
    zh: '账户的时钟停在盘中',
    forms: [
      [
        /^the clock stands at (\S+) of (\S+): .*$/,
        '时钟停在 $2 $1：持仓按此前最新价估值，不显示其后的任何数据；此前的走势按全日的开高低收与成交额生成，其区间、成交量及涨跌停处的排队与当日其后的走势相符',
      ],
    ],
  },
  valued_at_close: {
    zh: '按收盘价估值',
    forms: [
      [
        /^no price of (\S+) by (\S+) is known; valued at the close of (\S+)$/,
        '$1 $2 前无已知价格，按 $3 的收盘价估值',
      ],
    ],
  },
  filled_at_close: {
    zh: '按收盘价成交',
    forms: [
      [
        /^order (\d+) was filled at the close of (\S+): .*$/,
        '委托 $1 按 $2 的收盘价成交：当日开盘、最高、最低价未知，无从还原场次',
      ],
    ],
  },
  order_impact_unknown: { zh: '收盘价不足，无法估计冲击', quotes: true },
  large_order: {
    zh: '委托相对成交额过大',
    forms: [
      [
        /^order (\d+) is ([\d.]+) % .*$/,
        '委托 $1 占当日成交额的 $2 %；按原收盘价成交已不合实际，它会推动价格（见 impact 命令）',
      ],
    ],
  },

  // What a price implies, and what a report says
  figure_restated: {
    zh: '数据经重述',
    forms: [[/^was (\S+) until (\S+), restated to (\S+)$/, '$2 之前为 $1，重述为 $3']],
  },
  report_after_close: {
    zh: '报告于收盘后发布',
    forms: [
      [
        /^the report for (\S+) came out after the close of (\S+); it is used from (\S+)$/,
        '$1 报告于 $2 收盘后发布，自 $3 起使用',
      ],
    ],
  },
  announcement_assumed: {
    zh: '以法定披露期限代替实际披露日',
    forms: [[/^for (.+) the last day the law allows .*$/, '$1：以法定披露期限最后一日代替实际披露日']],
  },
  figures_rounded: {
    zh: '部分数据仅有约数',
    forms: [[/^(.+) are known in round numbers only$/, '$1 的数据仅有约数']],
  },
  share_count_derived: {
    zh: '总股本为推算',
    forms: [
      [/^(\S+) shares, derived and known from (\S+)$/, '总股本 $1 股，为推算，自 $2 起可知'],
      [/^(\S+) shares, \S+ and known from (\S+)$/, '总股本 $1 股，自 $2 起可知'],
    ],
  },
  earnings_stale: {
    zh: '最近一期报告已旧',
    forms: [[/^the last report held is of (\S+), (\d+) days before$/, '最近一期报告为 $1，距今 $2 天']],
  },
  small_earnings: {
    zh: '市盈率过高，说明盈利基数很小',
    forms: [
      [
        /^a multiple of (\d+) is one of small earnings: (\S+) (\S+) in twelve months to (\S+);.*$/,
        '$1 倍说明盈利基数很小：截至 $4 的十二个月为 $2 $3；请对照最近一季年化倍数',
      ],
    ],
  },
  vendor_multiple_stale: {
    zh: '数据商的市盈率仍用旧盈利',
    forms: [
      [
        /^the vendor prints (\S+) on (\S+), which comes from a profit of (\S+); (\S+) was known since (\S+)$/,
        '数据商 $2 所列为 $1 倍，对应盈利 $3；而自 $5 起已知盈利为 $4',
      ],
    ],
  },
  profit_stands_for_cash: { zh: '没有自由现金流数据；永续增长率以净利润代替现金流' },
  exchange_rate_assumed: {
    zh: '汇率为假设',
    forms: [[/^(\S+) (\S+) to the US dollar, .*$/, '按 1 美元兑 $1 $2 换算，以在基准比率表中定位收入规模']],
  },
  peer_from_vendor: {
    zh: '同业倍数为数据商所列',
    forms: [[/^(.+): multiples as a vendor printed them$/, '$1：倍数为数据商所列']],
  },
  score_without_lines: {
    zh: '缺少完整报表，部分评分无法计算',
    forms: [
      [
        /^(.+) of (\d+) cannot be worked out: .*$/,
        '没有完整报表，$2 年的 $1 无法计算；可用 --statements 文件补充，格式见 examples/statements.csv',
      ],
    ],
  },
  lines_not_held: {
    zh: '缺少报表项目，部分倍数无法计算',
    forms: [
      [
        /^(.+) not held, so there is no (.+); --statements FILE .*$/,
        '没有 $1，无法计算 $2；可用 --statements 文件补充，格式见 examples/statements.csv',
      ],
    ],
  },
  leaders_coverage: {
    zh: '榜单仅覆盖科创板',
    forms: [
      [/^covers the STAR market and (\d+);.*$/, '覆盖科创板与 $1；没有其他股票在此期间的收盘价'],
      [/^covers the STAR market;.*$/, '覆盖科创板；没有其他板块的逐日股本'],
    ],
  },
  intraday_from_bars: {
    zh: '日线无法说明盘中先后；“确定”指最高价高于对方最高价',
  },
  market_value_all_classes: {
    zh: '股本可能含两地上市公司的 H 股，且多为后来数字回推',
    forms: [
      [
        /^share counts may include .* but for (\d+), .*$/,
        '股本可能含两地上市公司的 H 股；除 $1 外为后来数字回推',
      ],
    ],
  },
  feeder_weight_assumed: {
    zh: '联接基金对目标基金的比例为假设',
    forms: [[/^holds (\S+) for (\S+) % by assumption;.*$/, '假设以 $2 % 的资产持有 $1；没有其定期报告']],
  },
  follows_exactly: {
    zh: '假设基金完全复制指数',
    forms: [[/^is taken to hold (\S+) exactly;.*$/, '假设完全复制 $1；没有其实际持仓']],
  },
  weights_stale: {
    zh: '权重已旧',
    forms: [[/^weights are of (\S+), (\d+) days before$/, '权重为 $1 的，距今 $2 天']],
  },
  holdings_partial: {
    zh: '持仓不完整',
    forms: [[/^behind (\S+) % of it nothing is known$/, '其中 $1 % 的资产不知持有何物']],
  },

  // Benchmarks of the program itself
  quick_run: { zh: '仅调用数次：所测时间没有意义' },
  no_peer: { zh: '没有可比的程序', quotes: true },
};

function rowsOfQuality(qualities: Readonly<Record<string, string>>): Record<string, Words> {
  return Object.fromEntries(
    Object.entries(qualities).map(([kind, zh]) => [
      `rows_${kind}`,
      { zh: `部分行为${zh}`, forms: [[/^(\d+) rows of (\S+) are \S+$/, `$2 中有 $1 行为${zh}`] as const] },
    ]),
  );
}

/** Every code that has words in both languages. */
export const FINDING_CODES: readonly string[] = Object.keys(CATALOGUE);

/** The sentence of a finding. A code that nobody gave Chinese words says what it says in English. */
export function findingText({ code, message }: Finding, language: Language): string {
  const words = CATALOGUE[code];
  if (language === 'en' || words === undefined) return message;
  for (const [pattern, text] of words.forms ?? [])
    if (pattern.test(message)) return message.replace(pattern, text);
  return words.quotes === true ? `${words.zh}（${message}）` : words.zh;
}
