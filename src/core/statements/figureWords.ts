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
