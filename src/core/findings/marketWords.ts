/** The market and its facts. */
import type { CodeWords } from './codeWords.js';

export const MARKET: Readonly<Record<string, CodeWords>> = {
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
};

function rowsOfQuality(qualities: Readonly<Record<string, string>>): Record<string, CodeWords> {
  return Object.fromEntries(
    Object.entries(qualities).map(([kind, zh]) => [
      `rows_${kind}`,
      { zh: `部分行为${zh}`, forms: [[/^(\d+) rows of (\S+) are \S+$/, `$2 中有 $1 行为${zh}`] as const] },
    ]),
  );
}
