/** Baskets, reviews and clauses; flows, levels, forecasts and backtests. */
import type { CodeWords } from './codeWords.js';

export const REVIEWS: Readonly<Record<string, CodeWords>> = {
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
};
