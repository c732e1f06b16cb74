/**
 * Signs in a report that practice looks at first: stock and prepayments running ahead of sales, profit that is not cash,
 * profit that will not come again, few customers. Each carries its numbers, the threshold (a habit of practice and no law)
 * and what makes it wrong. A flag whose lines are not published stays open and names them.
 */
import type { Words } from '../base/words.js';
import { inputWord } from '../statements/figureWords.js';
import { formatPeriod, yearBefore, type FiscalPeriod } from '../statements/fiscalPeriod.js';
import type { KnownStatements, Metric, StatementFact } from '../statements/statement.js';

export interface Flag {
  readonly id: string;
  /** Undefined when lines are missing. */
  readonly value: number | undefined;
  /** `fraction`, `days`, `times`. */
  readonly unit: string;
  readonly threshold: string;
  readonly fired: boolean;
  readonly why: Words;
  readonly falseAlarms: Words;
  readonly inputs: readonly StatementFact[];
  readonly missing: readonly string[];
}

/** All flags of one report, in a fixed order. @param period cumulative, as companies report it */
export function flagsOf(known: KnownStatements, period: FiscalPeriod): Flag[] {
  return RULES.map((rule) => rule(known, period));
}

type FlagRule = (known: KnownStatements, period: FiscalPeriod) => Flag;

/** A flag made of lines that must all be there. */
interface Described {
  readonly id: string;
  readonly unit: string;
  readonly threshold: string;
  readonly falseAlarms: Words;
  readonly lines: (
    period: FiscalPeriod,
    known: KnownStatements,
  ) => readonly (readonly [Metric, FiscalPeriod])[];
  /** @param values of the lines in order */
  readonly judge: (
    values: readonly number[],
    period: FiscalPeriod,
  ) => { value: number; fired: boolean; why: Words } | undefined;
}

const rule =
  (described: Described): FlagRule =>
  (known, period) => {
    const { id, unit, threshold, falseAlarms } = described;
    const asked = described
      .lines(period, known)
      .map(([metric, of]) => ({ metric, of, fact: known.of(metric, of) }));
    const inputs = asked.flatMap(({ fact }) => fact ?? []);
    const missing = asked
      .filter(({ fact }) => fact === undefined)
      .map(({ metric, of }) => `${metric} ${formatPeriod(of)}`);
    const judged =
      missing.length > 0
        ? undefined
        : described.judge(
            inputs.map(({ value }) => value),
            period,
          );
    const open = {
      en: `not published: ${missing.map((line) => inputWord(line, 'en')).join(', ')}`,
      zh: `未披露：${missing.map((line) => inputWord(line, 'zh')).join('、')}`,
    };
    const noBase = { en: 'the base is not above zero', zh: '基数不大于零' };
    return {
      id,
      unit,
      threshold,
      falseAlarms,
      inputs,
      missing,
      value: judged?.value,
      fired: judged?.fired ?? false,
      why: judged?.why ?? (missing.length > 0 ? open : noBase),
    };
  };

const percent = (fraction: number): string => `${(100 * fraction).toFixed(1)} %`;
const amount = (value: number): string => `${(value / 1e6).toFixed(0)} m`;
const amountZh = (value: number): string => `${(value / 1e8).toFixed(2)} 亿`;

/** The same balance a year ago, or at the end of the last year where that is all there is. */
function earlier(known: KnownStatements, metric: Metric, period: FiscalPeriod): FiscalPeriod {
  const ago = yearBefore(period);
  return known.of(metric, ago) === undefined ? { year: period.year - 1, span: 'FY' } : ago;
}

/** How far a balance may outgrow sales before it is said. */
const OUTGROWN = 0.2;

const againstSales = (id: string, metric: Metric, what: Words, falseAlarms: Words): FlagRule =>
  rule({
    id,
    unit: 'fraction',
    threshold: `> ${OUTGROWN}`,
    falseAlarms,
    lines: (period, known) => [
      [metric, period],
      [metric, earlier(known, metric, period)],
      ['revenue', period],
      ['revenue', yearBefore(period)],
    ],
    judge: ([now, before, sales, salesBefore]) => {
      if (before <= 0 || salesBefore <= 0) return undefined;
      const [grown, sold] = [now / before - 1, sales / salesBefore - 1];
      return {
        value: grown - sold,
        fired: grown > 0 && grown - sold > OUTGROWN,
        why: {
          en: `${what.en} ${amount(before)} to ${amount(now)} (${percent(grown)}), sales ${percent(sold)}`,
          zh: `${what.zh}由 ${amountZh(before)} 变为 ${amountZh(now)}（${percent(grown)}），收入 ${percent(sold)}`,
        },
      };
    },
  });

const RULES: readonly FlagRule[] = [
  againstSales(
    'inventory-over-sales',
    'inventory',
    { en: 'inventory', zh: '存货' },
    {
      en: 'Stock laid in ahead of orders, or while supply is uncertain, looks the same as stock that does not sell.',
      zh: '为已有订单备货或因供应不稳而囤货，与滞销在数字上无从区分。',
    },
  ),
  againstSales(
    'receivables-over-sales',
    'accounts_receivable',
    { en: 'receivables', zh: '应收账款' },
    {
      en: 'A large delivery in the last month of the period does this without any stretch of terms.',
      zh: '期末集中交付亦会如此，不代表放宽信用。',
    },
  ),
  rule({
    id: 'prepayments-jump',
    unit: 'fraction',
    threshold: '> 0.5',
    falseAlarms: {
      en: 'Capacity at a foundry is paid ahead; it often comes before sales, not instead of them.',
      zh: '代工产能需预付款；这常先于收入增长，而非替代收入。',
    },
    lines: (period, known) => [
      ['prepayments', period],
      ['prepayments', earlier(known, 'prepayments', period)],
    ],
    judge: ([now, before]) =>
      before <= 0
        ? undefined
        : {
            value: now / before - 1,
            fired: now / before - 1 > 0.5,
            why: {
              en: `prepayments ${amount(before)} to ${amount(now)} (${percent(now / before - 1)})`,
              zh: `预付款由 ${amountZh(before)} 变为 ${amountZh(now)}（${percent(now / before - 1)}）`,
            },
          },
  }),
  rule({
    id: 'contract-liabilities-fall',
    unit: 'fraction',
    threshold: '< -0.5',
    falseAlarms: {
      en: 'Orders that were paid ahead and are now delivered take the balance down as they become sales.',
      zh: '预收订单交付后转为收入，余额自然下降。',
    },
    lines: (period, known) => [
      ['contract_liabilities', period],
      ['contract_liabilities', reportBefore(known, period)],
    ],
    judge: ([now, before]) =>
      before <= 0
        ? undefined
        : {
            value: now / before - 1,
            fired: now / before - 1 < -0.5,
            why: {
              en: `contract liabilities ${amount(before)} to ${amount(now)} (${percent(now / before - 1)})`,
              zh: `合同负债由 ${amountZh(before)} 变为 ${amountZh(now)}（${percent(now / before - 1)}）`,
            },
          },
  }),
  rule({
    id: 'cash-conversion',
    unit: 'times',
    threshold: '< 0.5',
    falseAlarms: {
      en: 'Within a year cash swings with deliveries and prepayments; a quarter alone says nothing.',
      zh: '年内现金流随交付与预付波动，单季不足为凭。',
    },
    lines: (period) => [
      ['operating_cash_flow', period],
      ['net_profit_attributable', period],
    ],
    judge: ([cash, profit]) =>
      profit <= 0
        ? undefined
        : {
            value: cash / profit,
            fired: cash / profit < 0.5,
            why: {
              en: `operating cash flow ${amount(cash)} beside net profit ${amount(profit)}`,
              zh: `经营现金流 ${amountZh(cash)}，净利润 ${amountZh(profit)}`,
            },
          },
  }),
  rule({
    id: 'non-recurring-share',
    unit: 'fraction',
    threshold: '> 0.3',
    falseAlarms: {
      en: 'Grants to research companies come every year, though the rules call them non-recurring.',
      zh: '研发型企业的政府补助虽归为非经常性，却年年都有。',
    },
    lines: (period) => [
      ['net_profit_attributable', period],
      ['net_profit_excl_nonrecurring', period],
    ],
    judge: ([profit, core]) =>
      profit <= 0
        ? undefined
        : {
            value: 1 - core / profit,
            fired: 1 - core / profit > 0.3,
            why: {
              en: `${amount(profit - core)} of ${amount(profit)} will not come again by itself`,
              zh: `${amountZh(profit)} 净利润中有 ${amountZh(profit - core)} 为非经常性`,
            },
          },
  }),
  rule({
    id: 'grants-share',
    unit: 'fraction',
    threshold: '> 0.3',
    falseAlarms: { en: 'Grants tied to assets are spread over years.', zh: '与资产相关的补助分年确认。' },
    lines: (period) => [
      ['government_grants', period],
      ['net_profit_attributable', period],
    ],
    judge: ([grants, profit]) =>
      profit <= 0
        ? undefined
        : {
            value: grants / profit,
            fired: grants / profit > 0.3,
            why: {
              en: `grants ${amount(grants)} beside net profit ${amount(profit)}`,
              zh: `政府补助 ${amountZh(grants)}，净利润 ${amountZh(profit)}`,
            },
          },
  }),
  rule({
    id: 'research-capitalised',
    unit: 'fraction',
    threshold: '> 0.3',
    falseAlarms: {
      en: 'Share-based pay is in the expense and often not in the input, which hides what was capitalised: read it as a lower bound.',
      zh: '股份支付计入研发费用而常不计入研发投入，会掩盖资本化部分：只能视为下限。',
    },
    lines: (period) => [
      ['rd_input', period],
      ['rd_expense', period],
    ],
    judge: ([spent, expensed]) =>
      spent <= 0
        ? undefined
        : {
            value: Math.max(0, 1 - expensed / spent),
            fired: 1 - expensed / spent > 0.3,
            why: {
              en: `research input ${amount(spent)}, expensed ${amount(expensed)}`,
              zh: `研发投入 ${amountZh(spent)}，费用化 ${amountZh(expensed)}`,
            },
          },
  }),
  rule({
    id: 'inventory-days',
    unit: 'days',
    threshold: '> 365',
    falseAlarms: {
      en: 'Cost of the months so far stands for a year; when sales multiply the days fall by themselves.',
      zh: '以年初至今成本折算全年；收入成倍增长时天数自然下降。',
    },
    lines: (period) => [
      ['inventory', period],
      ['revenue', period],
      ['gross_margin_pct', period],
    ],
    judge: ([stock, sales, margin], { span }) => {
      const cost = sales * (1 - margin / 100);
      if (cost <= 0) return undefined;
      const days = (stock / cost) * DAYS_IN[span];
      return {
        value: days,
        fired: days > 365,
        why: {
          en: `inventory ${amount(stock)} is ${days.toFixed(0)} days of a cost of ${amount(cost)}`,
          zh: `存货 ${amountZh(stock)}，相当于 ${days.toFixed(0)} 天的营业成本（${amountZh(cost)}）`,
        },
      };
    },
  }),
  rule({
    id: 'receivable-days',
    unit: 'days',
    threshold: '> 120',
    falseAlarms: {
      en: 'Sales late in the period count in full among receivables and for their days only among sales.',
      zh: '期末销售全额计入应收，而仅按天数计入收入。',
    },
    lines: (period) => [
      ['accounts_receivable', period],
      ['revenue', period],
    ],
    judge: ([owed, sales], { span }) => {
      if (sales <= 0) return undefined;
      const days = (owed / sales) * DAYS_IN[span];
      return {
        value: days,
        fired: days > 120,
        why: {
          en: `receivables ${amount(owed)} are ${days.toFixed(0)} days of sales of ${amount(sales)}`,
          zh: `应收账款 ${amountZh(owed)}，相当于 ${days.toFixed(0)} 天的收入（${amountZh(sales)}）`,
        },
      };
    },
  }),
  rule({
    id: 'customer-concentration',
    unit: 'fraction',
    threshold: '> 0.5',
    falseAlarms: {
      en: 'Known once a year. Few customers are usual where a handful of firms buy all of a product.',
      zh: '每年披露一次。买家本就寥寥的产品，集中度高属常态。',
    },
    lines: (period) => [
      ['top_five_customers_pct', { year: period.span === 'FY' ? period.year : period.year - 1, span: 'FY' }],
    ],
    judge: ([share]) => ({
      value: share / 100,
      fired: share > 50,
      why: { en: `five customers buy ${share} %`, zh: `前五大客户占收入 ${share} %` },
    }),
  }),
];

const DAYS_IN: Readonly<Record<FiscalPeriod['span'], number>> = {
  Q1: 90,
  H1: 181,
  '9M': 273,
  FY: 365,
  Q2: 91,
  Q3: 92,
  Q4: 92,
};

/** The report before: balances of one quarter earlier, where they are known. */
function reportBefore(known: KnownStatements, { year, span }: FiscalPeriod): FiscalPeriod {
  const before = { H1: { year, span: 'Q1' }, '9M': { year, span: 'H1' }, FY: { year, span: '9M' } } as const;
  const found =
    span === 'H1' || span === '9M' || span === 'FY'
      ? before[span]
      : ({ year: year - 1, span: 'FY' } as const);
  return known.of('contract_liabilities', found) === undefined ? { year: year - 1, span: 'FY' } : found;
}
