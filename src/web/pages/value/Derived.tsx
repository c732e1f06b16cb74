/** Numbers worked out from others of the document: the formula, and every input of those with its day and source. */
import type { InputDocument, ValueDocument } from '../../api/valueTypes.js';
import { FoldedInputs } from './Inputs.js';

interface DerivedProps {
  readonly document: ValueDocument;
  readonly of: keyof ValueDocument['derived'];
  readonly title: string;
}

export function Derived({ document, of, title }: DerivedProps) {
  const { formula, from } = document.derived[of];
  const inputs = from.flatMap((key) => INPUTS[key]?.(document) ?? []);
  const once = [...new Map(inputs.map((one) => [`${one.name} ${one.asOf}`, one])).values()];
  return <FoldedInputs title={title} formula={formula} inputs={once} />;
}

/** The inputs behind each part of the document that others are worked out from. */
const INPUTS: Readonly<Record<string, (document: ValueDocument) => readonly InputDocument[]>> = {
  price: ({ price }) => [
    {
      name: 'close',
      value: price.amount,
      unit: price.currency,
      asOf: price.asOf,
      knownSince: price.asOf,
      quality: price.quality,
      source: price.source,
    },
  ],
  marketValue: ({ marketValue }) => marketValue?.inputs ?? [],
  ttm: ({ ttm }) => [...(ttm?.netProfit?.inputs ?? []), ...(ttm?.revenue?.inputs ?? [])],
  multiples: ({ multiples }) => multiples[0]?.inputs ?? [],
  guidance: ({ guidance }) =>
    guidance === null
      ? []
      : [guidance.low, guidance.high].map(({ amount, currency }, i) => ({
          name: `revenue ${guidance.year} ${i === 0 ? '(low)' : '(high)'}`,
          value: amount,
          unit: currency,
          asOf: guidance.knownSince,
          knownSince: guidance.knownSince,
          quality: 'outlook',
          source: guidance.source,
        })),
  assumptions: ({ assumptions, at }) =>
    Object.entries(assumptions).map(([name, value]) => ({
      name,
      value: Number(value),
      unit: '',
      asOf: at,
      knownSince: at,
      quality: 'assumed',
      source: 'docs/value.md',
    })),
};
