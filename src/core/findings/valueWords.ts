/** What a price implies, and what a report says. */
import type { CodeWords } from './codeWords.js';

export const VALUE: Readonly<Record<string, CodeWords>> = {
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
  leaders_stale: {
    zh: '部分名次依据较早的收盘价',
    forms: [
      [
        /^(\d+) of (\d+) rank by a close more than (\d+) days old, the oldest of (\S+)$/,
        '$2 只中有 $1 只按 $3 天以前的收盘价排名，最早为 $4',
      ],
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
};
