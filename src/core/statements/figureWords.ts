/** What lines of reports, multiples, flags and scores are called, for the terminal and the pages alike. */
import type { Language, Words } from '../base/words.js';
import { withPeriodWords } from './fiscalPeriod.js';

const NAMES: Readonly<Record<string, Words>> = {
  // Lines of reports
  revenue: { en: 'sales', zh: '营业收入' },
  cost_of_revenue: { en: 'cost of sales', zh: '营业成本' },
  net_profit_attributable: { en: 'net profit', zh: '归母净利润' },
  net_profit_excl_nonrecurring: { en: 'net profit, recurring', zh: '扣非净利润' },
  operating_cash_flow: { en: 'operating cash flow', zh: '经营现金流净额' },
  rd_expense: { en: 'research expense', zh: '研发费用' },
  rd_input: { en: 'research input', zh: '研发投入' },
  sga_expense: { en: 'selling and administration', zh: '销售及管理费用' },
  depreciation: { en: 'depreciation', zh: '折旧' },
  ebit: { en: 'operating profit', zh: '息税前利润' },
  government_grants: { en: 'government grants', zh: '政府补助' },
  eps_basic: { en: 'earnings per share', zh: '基本每股收益' },
  eps_diluted: { en: 'earnings per share, diluted', zh: '稀释每股收益' },
  gross_margin_pct: { en: 'gross margin', zh: '毛利率' },
  rd_input_to_revenue_pct: { en: 'research input of sales', zh: '研发投入占收入' },
  top_customer_pct: { en: 'largest customer of sales', zh: '第一大客户占比' },
  top_five_customers_pct: { en: 'five customers of sales', zh: '前五大客户占比' },
  cash: { en: 'cash', zh: '货币资金' },
  accounts_receivable: { en: 'receivables', zh: '应收账款' },
  inventory: { en: 'inventory', zh: '存货' },
  prepayments: { en: 'prepayments', zh: '预付款项' },
  contract_liabilities: { en: 'contract liabilities', zh: '合同负债' },
  current_assets: { en: 'current assets', zh: '流动资产' },
  ppe: { en: 'plant and equipment', zh: '固定资产' },
  total_assets: { en: 'total assets', zh: '总资产' },
  current_liabilities: { en: 'current liabilities', zh: '流动负债' },
  long_term_debt: { en: 'long-term debt', zh: '长期借款' },
  short_term_debt: { en: 'short-term debt', zh: '短期借款' },
  total_liabilities: { en: 'total liabilities', zh: '总负债' },
  retained_earnings: { en: 'retained earnings', zh: '未分配利润' },
  total_equity: { en: 'equity', zh: '净资产' },
  // Lines that scores are made of, where they are not called as in a report
  sales: { en: 'sales', zh: '营业收入' },
  cost: { en: 'cost of sales', zh: '营业成本' },
  sga: { en: 'selling and administration', zh: '销售及管理费用' },
  netIncome: { en: 'net profit', zh: '净利润' },
  incomeContinuing: { en: 'profit of continuing business', zh: '持续经营净利润' },
  cashFlow: { en: 'operating cash flow', zh: '经营现金流净额' },
  receivables: { en: 'receivables', zh: '应收账款' },
  currentAssets: { en: 'current assets', zh: '流动资产' },
  securities: { en: 'securities held', zh: '有价证券' },
  totalAssets: { en: 'total assets', zh: '总资产' },
  currentLiabilities: { en: 'current liabilities', zh: '流动负债' },
  shortTermDebt: { en: 'short-term debt', zh: '短期借款' },
  taxesPayable: { en: 'taxes payable', zh: '应交税费' },
  longTermDebt: { en: 'long-term debt', zh: '长期借款' },
  totalLiabilities: { en: 'total liabilities', zh: '总负债' },
  retainedEarnings: { en: 'retained earnings', zh: '未分配利润' },
  bookEquity: { en: 'equity', zh: '净资产' },
  marketValue: { en: 'market value', zh: '总市值' },
  sharesOutstanding: { en: 'shares outstanding', zh: '总股本' },
  // Multiples
  'pe-ttm': { en: 'P/E, twelve months', zh: '市盈率（滚动）' },
  'pe-excl-non-recurring': { en: 'P/E, recurring profit', zh: '市盈率（扣非）' },
  'pe-run-rate': { en: 'P/E, latest quarter x 4', zh: '市盈率（单季年化）' },
  'pe-forward-low': { en: 'P/E on the outlook, low end', zh: '市盈率（指引下限）' },
  'pe-forward-high': { en: 'P/E on the outlook, high end', zh: '市盈率（指引上限）' },
  'earnings-yield': { en: 'earnings yield', zh: '盈利收益率' },
  peg: { en: 'PEG', zh: 'PEG' },
  ps: { en: 'P/S', zh: '市销率' },
  'ev-sales': { en: 'EV/sales', zh: '企业价值/收入' },
  pb: { en: 'P/B', zh: '市净率' },
  // Flags
  'inventory-over-sales': { en: 'inventory ahead of sales', zh: '存货增速超收入' },
  'receivables-over-sales': { en: 'receivables ahead of sales', zh: '应收增速超收入' },
  'prepayments-jump': { en: 'prepayments jump', zh: '预付款激增' },
  'contract-liabilities-fall': { en: 'orders paid ahead fall', zh: '合同负债下降' },
  'cash-conversion': { en: 'cash behind profit', zh: '净利润含金量' },
  'non-recurring-share': { en: 'non-recurring profit', zh: '非经常性损益占比' },
  'grants-share': { en: 'grants in profit', zh: '政府补助占比' },
  'research-capitalised': { en: 'research capitalised', zh: '研发资本化' },
  'inventory-days': { en: 'days of inventory', zh: '存货周转天数' },
  'receivable-days': { en: 'days of receivables', zh: '应收周转天数' },
  'customer-concentration': { en: 'few customers', zh: '客户集中' },
  // Scores
  'beneish-m': { en: 'Beneish M', zh: 'Beneish M 值' },
  'sloan-accruals': { en: 'Sloan accruals', zh: 'Sloan 应计' },
  'piotroski-f': { en: 'Piotroski F', zh: 'Piotroski F 分' },
  'altman-z': { en: 'Altman Z', zh: 'Altman Z 值' },
  'altman-z2': { en: 'Altman Z″', zh: 'Altman Z″ 值' },
  // Drivers of value
  growth: { en: 'growth', zh: '增速' },
  margin: { en: 'margin', zh: '利润率' },
  investment: { en: 'capital per added sales', zh: '单位新增收入的投入' },
  requiredReturn: { en: 'required return', zh: '要求回报率' },
  // Inputs of a figure
  close: { en: 'close', zh: '收盘价' },
  price: { en: 'price', zh: '价格' },
  shares: { en: 'shares', zh: '总股本' },
};

/** The name of a line, multiple, flag, score or driver; the id itself where it has none. */
export const figureWord = (id: string, language: Language): string => NAMES[id]?.[language] ?? id;

/** The name of an input such as `- revenue 2024H1`: sign, line and period. */
export function inputWord(name: string, language: Language): string {
  const [, sign, id, rest] = /^(- )?(\S+)(.*)$/.exec(name) ?? ['', '', name, ''];
  return `${sign ?? ''}${figureWord(id, language)}${withPeriodWords(rest ?? '')}`;
}

/** Formulas as results say them, in Chinese. */
const FORMULAS: Readonly<Record<string, string>> = {
  'market value / net profit, trailing': '总市值 / 滚动净利润',
  'market value / net profit without non-recurring items, trailing': '总市值 / 滚动扣非净利润',
  'market value / (4 x net profit of the latest quarter)': '总市值 / (4 x 最近一季净利润)',
  'market value / (sales as the company expects them x net margin, trailing)':
    '总市值 / (公司指引收入 x 滚动净利率)',
  'net profit, trailing / market value': '滚动净利润 / 总市值',
  'P/E / (100 x growth a year)': '市盈率 / (100 x 年增速)',
  'market value / sales, trailing': '总市值 / 滚动营业收入',
  '(market value + debt + minority + preferred - cash) / sales, trailing':
    '(总市值 + 有息负债 + 少数股东权益 + 优先股 - 货币资金) / 滚动营业收入',
  'market value / equity': '总市值 / 净资产',
  'price / earnings per share, trailing': '股价 / 滚动每股收益',
  'as the vendor printed it': '数据商所列',
  'the first of the multiples': '第一个估值倍数',
  'the growth at which the discounted earnings are worth the price': '使盈利折现值等于股价的增速',
  'the years of growth, the margin and the sales at which the cash flow is worth the price':
    '使现金流折现值等于股价的增长年数、利润率与收入',
  'profit = sales x margin; price = multiple x profit / shares; return = price / close - 1':
    '净利润 = 收入 x 净利率；股价 = 倍数 x 净利润 / 总股本；回报 = 股价 / 收盘价 - 1',
  'M / (1 + g)^n; return = (exit (1 + g)^n / M)^(1/n) - 1':
    'M / (1 + g)^n；回报 = (退出倍数 (1 + g)^n / M)^(1/n) - 1',
  '1 - sum of the weights of all exposures': '1 - 全部持仓权重之和',
  '1 / sum of squared weights; least with the unknown part in one name':
    '1 / 权重平方和；下限假设未知部分集中于一只证券',
  'sum of the weights by industry of the security': '按证券所属行业加总权重',
};

/** A formula in the reader's language. */
export const formulaWord = (formula: string, language: Language): string =>
  language === 'zh' ? (FORMULAS[formula] ?? formula) : formula;
