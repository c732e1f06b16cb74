/**
 * A number that can be asked where it comes from: its formula and every input with source and day. All documents about
 * what a price implies are made of these, so that no page has to know how a number came about.
 */
import type { Day } from '../base/brand.js';
import type { Words } from '../base/words.js';
import { formatDay } from '../calendar/day.js';
import { formatPeriod } from '../statements/fiscalPeriod.js';
import type { StatementFact } from '../statements/statement.js';
import type { Composed } from '../statements/trailing.js';

export interface FigureInput {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** The day or period it describes. */
  readonly asOf: string;
  /** ISO day from which it could be known. */
  readonly knownSince: string;
  /** `reported`, `rounded`, `derived`, `observed`, `assumed`. */
  readonly quality: string;
  readonly source: string;
}

export interface Figure {
  readonly id: string;
  /** Undefined where it has no meaning; `why` says why. */
  readonly value: number | undefined;
  /** `x` for multiples, `fraction`, `CNY`, `years`. */
  readonly unit: string;
  readonly formula: string;
  readonly inputs: readonly FigureInput[];
  readonly why?: Words;
  /** The line of a report it waits for. */
  readonly missing?: string;
}

/** How numbers of a document follow from others of the same document, which have sources of their own. */
export interface Derivation {
  readonly formula: string;
  /** Keys of the document. */
  readonly from: readonly string[];
}

/** The reported figures that a sum is made of. */
export const inputsOf = ({ terms }: Composed): FigureInput[] =>
  terms.map(({ sign, fact }) => {
    const { name, ...rest } = factInput(fact);
    return { name: `${sign < 0 ? '- ' : ''}${name}`, ...rest };
  });

/** A figure of a report. */
export const factInput = (fact: StatementFact): FigureInput => ({
  name: `${fact.metric} ${formatPeriod(fact.period)}`,
  value: fact.value,
  unit: fact.unit,
  asOf: formatPeriod(fact.period),
  knownSince: formatDay(fact.usableFrom),
  quality: fact.quality,
  source: fact.source,
});

/** One input that is no report: a price, a count of shares, a choice of the reader. */
export const input = (
  name: string,
  value: number,
  unit: string,
  day: Day,
  quality: string,
  source: string,
): FigureInput => ({ name, value, unit, asOf: formatDay(day), knownSince: formatDay(day), quality, source });
