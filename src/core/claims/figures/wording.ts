/** Numbers in the words of both languages: amounts in bn and 亿, weights in percent, dates as they are. */
import type { Day } from '../../base/brand.js';
import type { Words } from '../../base/words.js';
import { formatDay } from '../../calendar/day.js';
import { periodWords, type FiscalPeriod } from '../../statements/fiscalPeriod.js';
import type { FigureUnit } from '../claim.js';
import type { Metric } from '../words/meaning.js';

export function valueWords(value: number, unit: FigureUnit): Words {
  switch (unit) {
    case 'fraction':
      return both(`${grouped(value * 100, 2)} %`);
    case 'points':
      return { en: `${signed(value * 100)} pp`, zh: `${signed(value * 100)} 个百分点` };
    case 'times':
      return {
        en: `${grouped(value, value < 100 ? 2 : 1)} times`,
        zh: `${grouped(value, value < 100 ? 2 : 1)} 倍`,
      };
    case 'CNY':
    case 'USD':
      return money(value, unit);
    case 'CNY per share':
      return { en: `${grouped(value, 2)} CNY`, zh: `${grouped(value, 2)} 元` };
    case 'USD per share':
      return { en: `${grouped(value, 2)} USD`, zh: `${grouped(value, 2)} 美元` };
    case 'index points':
      return { en: `${grouped(value, 2)} points`, zh: `${grouped(value, 2)} 点` };
    case 'shares':
      return { en: `${grouped(value / 1e6, 2)} m shares`, zh: `${grouped(value / 1e8, 4)} 亿股` };
    case 'count':
      return both(grouped(value, 0));
    case 'day':
      return both(formatDay(value as Day));
    case 'words':
      return both('');
  }
}

function money(value: number, unit: 'CNY' | 'USD'): Words {
  const small = Math.abs(value) < 1e8;
  const en = Math.abs(value) < 1e9 ? `${grouped(value / 1e6, 1)} m` : `${grouped(value / 1e9, 3)} bn`;
  const zh = small ? `${grouped(value / 1e4, 2)} 万` : `${grouped(value / 1e8, 2)} 亿`;
  return { en: `${en} ${unit}`, zh: `${zh}${unit === 'CNY' ? '元' : '美元'}` };
}

export const both = (text: string): Words => ({ en: text, zh: text });

export const words = (en: string, zh: string): Words => ({ en, zh });

/** Parts in order, as one text; a plain string is the same in both. */
export function joined(...parts: readonly (Words | string)[]): Words {
  const of = (language: keyof Words): string =>
    parts.map((part) => (typeof part === 'string' ? part : part[language])).join('');
  return { en: of('en'), zh: of('zh') };
}

const signed = (value: number): string => `${value > 0 ? '+' : ''}${grouped(value, 2)}`;

function grouped(value: number, decimals: number): string {
  const [whole, behind] = Math.abs(value).toFixed(decimals).split('.');
  const spaced = whole.replaceAll(/\B(?=(?:\d{3})+$)/g, ',');
  const text = behind === undefined ? spaced : `${spaced}.${behind}`;
  return value < 0 && Number(text.replaceAll(',', '')) !== 0 ? `-${text}` : text;
}

const METRIC_WORDS: Readonly<Record<Metric, Words>> = {
  price: words('price', '价格'),
  close: words('close', '收盘价'),
  open: words('open', '开盘价'),
  high: words('intraday high', '盘中最高价'),
  low: words('intraday low', '盘中最低价'),
  marketCap: words('market value', '总市值'),
  tradedValue: words('value traded', '成交额'),
  pe: words('P/E, trailing', '滚动市盈率'),
  ps: words('price to sales, trailing', '滚动市销率'),
  revenue: words('revenue', '营业收入'),
  netProfit: words('net profit attributable', '归母净利润'),
  coreProfit: words('net profit without non-recurring items', '扣非净利润'),
  cashFlow: words('operating cash flow', '经营活动现金流量净额'),
  eps: words('earnings per share', '每股收益'),
  grossMargin: words('gross margin', '毛利率'),
  netMargin: words('net margin', '净利率'),
  rdInputShare: words('R&D input of revenue', '研发投入占营收比例'),
  rdExpenseShare: words('R&D expense of revenue', '研发费用率'),
  inventory: words('inventory', '存货'),
  prepayments: words('prepayments', '预付款项'),
  contractLiabilities: words('contract liabilities', '合同负债'),
  receivables: words('receivables', '应收账款'),
  rdExpense: words('R&D expense', '研发费用'),
  rdInput: words('R&D input', '研发投入'),
  totalAssets: words('total assets', '总资产'),
  costOfRevenue: words('cost of revenue', '营业成本'),
  guidance: words('revenue guidance', '营收指引'),
  totalShares: words('shares', '总股本'),
  weight: words('weight', '权重'),
  topFive: words('weight of the five largest', '前五大权重合计'),
  topTen: words('weight of the ten largest', '前十大权重合计'),
  cap: words('cap on one weight', '单只权重上限'),
  topFiveCap: words('cap on the five largest', '前五大权重上限'),
  members: words('number of members', '样本数量'),
  trackedAssets: words('tracked assets', '跟踪资产'),
  products: words('number of products', '产品数量'),
  units: words('fund units', '基金份额'),
  additions: words('securities added', '调入只数'),
  deletions: words('securities removed', '调出只数'),
  replacements: words('securities replaced', '更换只数'),
  flow: words('forced sale', '被动卖出'),
  gap: words('difference of two prices', '价差'),
};

export const metricWords = (metric: Metric): Words => METRIC_WORDS[metric];

export const onDay = (day: Day): Words => words(` on ${formatDay(day)}`, `（${formatDay(day)}）`);

export const overWindow = (from: Day, to: Day): Words =>
  words(
    ` from the close of ${formatDay(from)} to that of ${formatDay(to)}`,
    `（${formatDay(from)}收盘至${formatDay(to)}收盘）`,
  );

export const inPeriod = (period: FiscalPeriod): Words => both(` ${periodWords(period)}`);
