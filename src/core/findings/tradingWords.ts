/** Replayed days, rehearsals and paper accounts. */
import type { CodeWords } from './codeWords.js';

export const TRADING: Readonly<Record<string, CodeWords>> = {
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
};
