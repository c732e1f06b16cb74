/** What is asked of a traded order besides its fills: the fields, what goes to the server, and an example. */
import type { WordKey } from '../../words/en.js';

/** Fields of the order as they are typed; empty where the usual is wanted. */
export type TcaWish = Readonly<Record<(typeof FIELDS)[number]['name'] | 'security', string>>;

export const FIELDS = [
  { name: 'shares', label: 'sharesDecided', mode: 'numeric', hint: 'allFilled' },
  { name: 'decided', label: 'decidedOn', mode: 'text', hint: 'closeBefore' },
  { name: 'decisionPrice', label: 'decisionPrice', mode: 'decimal', hint: 'closeOfDecision' },
  { name: 'arrivalPrice', label: 'arrivalPrice', mode: 'decimal', hint: 'closeBefore' },
  { name: 'until', label: 'restValuedOn', mode: 'text', hint: 'lastFillDay' },
  { name: 'effective', label: 'reviewOfSwap', mode: 'text', hint: 'isoDateHint' },
  { name: 'commission', label: 'commissionRate', mode: 'decimal', hint: 'usualCommission' },
] as const satisfies readonly {
  readonly name: string;
  readonly label: WordKey;
  readonly mode: 'numeric' | 'text' | 'decimal';
  readonly hint: WordKey;
}[];

/** Fields that are always in view. */
export const FIRST = 2;

export const NOTHING = Object.fromEntries(
  ['security', ...FIELDS.map(({ name }) => name)].map((name) => [name, '']),
) as TcaWish;

/** What was left empty is not asked for. */
export const parametersOf = (wish: TcaWish): Record<string, string> =>
  Object.fromEntries(
    Object.entries(wish)
      .map(([name, typed]) => [name, typed.trim().replaceAll(',', '')] as const)
      .filter(([, typed]) => typed !== ''),
  );

/** The order of docs/tca.md: its fills are invented, their prices lie within the days' ranges. */
export const EXAMPLE_FILLS = `date,side,shares,price,vwap
2025-09-10,sell,6000,1268.40,1274.46
2025-09-10,sell,4000,1281.55,1274.46
2025-09-11,sell,12000,1352.40,1361.58
2025-09-12,sell,3000,1452.00,1453.57
2025-09-12,sell,5000,1488.00,1453.57
`;

export const EXAMPLE_WISH: TcaWish = {
  security: '688256',
  shares: '40000',
  decided: '2025-08-29',
  decisionPrice: '',
  arrivalPrice: '',
  until: '',
  effective: '2025-09-15',
  commission: '',
};
