/** The words of the page on the experiment with active and passive investors, in both languages. */
export const MARKET_EN = {
  ahead: 'before',
  aheadAbout: 'Move of the price up to the close before the event, against the same market without the flow.',
  atTheClose: 'at the close',
  atTheCloseAbout:
    'Move of the price at the close of the event, in the direction of the flow, against the same market without it.',
  auctionAlone: 'auction',
  auctionAloneAbout: 'The close against the last price before the closing auction.',
  costOfFunds: 'funds pay',
  costOfFundsAbout: 'What the funds paid or got against the close of the market without the flow.',
  experiment: 'The experiment',
  experimentAbout:
    'It trades the same forced sale for every share of index funds, number of arbitrageurs and size, each beside a market without it. It takes about a minute.',
  experimentFinding:
    'Nobody prepared: {low} at the close where funds hold {least}, {high} where they hold {most}; with {many} arbitrageurs {prepared}',
  experimentFrom: 'What the share of index funds and the number of arbitrageurs do: the experiment',
  experimentNote:
    'A made-up company of 40 million shares on the STAR Market. Investors, makers and chartists are assumed; nothing is fitted. Where the move is near 2,000 bp the price stands at its daily limit.',
  experimentTable: 'Every point of the grid, bp and standard error',
  experimentTitle: 'Active and passive investors',
  flowOfHolding: 'Flow, of what the funds hold',
  flowSize: 'flow',
  ofElasticity: 'Elasticity of an active holder',
  ofResponse: 'How much active investors answer each other',
  ofVolatility: 'Volatility of a day',
  passiveAxis: 'share of index funds, %',
  passiveHeld: 'passive',
  prepared: 'arbitrageurs',
  preparedCount: 'arbitrageurs: {n}',
  rentsFinding:
    'All arbitrageurs together earn {one} of the flow when there is one, {many} when there are {n}',
  rentsOf: 'rents',
  rentsOfAbout: 'What all arbitrageurs together earn, over the value of the flow.',
  runsPerPoint: 'Runs per point',
  sourceExperiment: 'Simulated, {runs} runs per point, seed {seed}',
  takenBack: 'taken back',
  takenBackAbout: 'What of the move at the close is gone five sessions later.',
  takenBackFinding:
    'Five sessions later {low} is taken back where funds hold {least}, {high} where they hold {most}',
} as const;

export const MARKET_ZH: Readonly<Record<keyof typeof MARKET_EN, string>> = {
  ahead: '事前',
  aheadAbout: '至事件前一日收盘的价格变动，相对无该资金流的同一市场。',
  atTheClose: '收盘',
  atTheCloseAbout: '事件日收盘的价格变动，沿资金流方向，相对无该资金流的同一市场。',
  auctionAlone: '竞价中',
  auctionAloneAbout: '收盘价相对收盘集合竞价前的最新价。',
  costOfFunds: '基金成本',
  costOfFundsAbout: '基金成交均价相对无该资金流市场的收盘价。',
  experiment: '实验',
  experimentAbout:
    '对每一被动占比、套利者人数与资金流大小反复交易同一笔被动卖出，并与无资金流的市场对照，约需一分钟。',
  experimentFinding:
    '无人准备时，基金持有 {least} 则收盘变动 {low}，持有 {most} 则 {high}；有 {many} 名套利者时 {prepared}',
  experimentFrom: '被动占比与套利者人数的作用：实验',
  experimentNote:
    '虚构的科创板公司，4000 万股。投资者、做市商与趋势交易者为假设，未作拟合。变动接近 2000 基点即已触及当日涨跌幅限制。',
  experimentTable: '全部组合，基点与标准误',
  experimentTitle: '主动与被动投资者',
  flowOfHolding: '资金流占基金持有的比例',
  flowSize: '资金流',
  ofElasticity: '主动持有人的弹性',
  ofResponse: '主动投资者相互反应的强度',
  ofVolatility: '日波动率',
  passiveAxis: '指数基金占比，%',
  passiveHeld: '被动占比',
  prepared: '套利者',
  preparedCount: '套利者：{n}',
  rentsFinding: '一名套利者共获资金流的 {one}，{n} 名时共获 {many}',
  rentsOf: '套利收益',
  rentsOfAbout: '全部套利者所得合计，相对资金流的金额。',
  runsPerPoint: '每组模拟次数',
  sourceExperiment: '模拟结果，每组 {runs} 次，种子 {seed}',
  takenBack: '其后回吐',
  takenBackAbout: '五个交易日后收盘变动已回复的部分。',
  takenBackFinding: '五个交易日后，基金持有 {least} 时回吐 {low}，持有 {most} 时回吐 {high}',
};
