/** Impact, studies, schedules, and the costs of an order. */
import type { CodeWords } from './codeWords.js';

export const DECISIONS: Readonly<Record<string, CodeWords>> = {
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
  impact_from_reference: { zh: '冲击为每笔成交价与随其给出的参照价之差' },
  impact_from_vwap: { zh: '冲击为每笔成交价与当日成交均价（VWAP）之差，均价中含该笔本身' },
  impact_from_model: {
    zh: '成交明细没有参照价与成交均价；冲击取平方根律的预期及其区间，其余计入择时',
  },
  arrival_assumed: { zh: '以首笔成交前一收盘价代替委托到达时的价格' },
  fees_modelled: { zh: '费用按当日费率计算，同日成交视为一笔委托；如有实际费用请提供' },
};
