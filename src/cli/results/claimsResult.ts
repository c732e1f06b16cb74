/** Claims of a text as table, JSON document and sheets: each with its verdict, the figure, its inputs and their sources. */
import {
  formatDay,
  VERDICTS,
  type Claim,
  type ClaimFigure,
  type ClaimRun,
  type Language,
  type Verdict,
} from '../../core/index.js';
import type { ExportRow, Result } from '../output.js';
import { joinParts, wrap } from '../table.js';
import { word, type WordKey } from '../words/words.js';
import { findingsJson, sourcesOf } from './shared.js';

export function claimsResult({ checked, provenance }: ClaimRun, language: Language): Result {
  const { text, written, claims, watch, findings } = checked;
  return {
    json: {
      written: { date: formatDay(written.written), known: written.known },
      text,
      counts: Object.fromEntries(
        VERDICTS.map((verdict) => [verdict, claims.filter((claim) => claim.verdict === verdict).length]),
      ),
      claims: claims.map(claimJson),
      watch: watch.map(({ day, what, quote, basis }) => ({
        date: formatDay(day),
        what: what.en,
        whatZh: what.zh,
        quote,
        basis,
      })),
      provenance,
      findings: findingsJson(findings),
    },
    sheets: [
      { name: 'claims', rows: claims.map(claimRow) },
      { name: 'inputs', rows: claims.flatMap(inputRows) },
      {
        name: 'watch',
        rows: watch.map(({ day, what, quote, basis }) => ({
          date: formatDay(day),
          what: what.en,
          quote,
          basis,
        })),
      },
    ],
    lines: linesOf({ checked, provenance }, language),
    findings,
  };
}

const orNull = (value: number | undefined): number | null =>
  value === undefined || Number.isNaN(value) ? null : value;

function claimJson(claim: Claim): Record<string, unknown> {
  const { figure, why, readings } = claim;
  return {
    quote: claim.quote,
    start: claim.start,
    end: claim.end,
    metric: claim.metric,
    entities: claim.entities,
    claimed: orNull(claim.claimed),
    claimedHigh: orNull(claim.claimedHigh),
    claimedUnit: claim.claimedUnit,
    claimedText: claim.claimedText,
    computed: orNull(figure?.value),
    computedHigh: orNull(figure?.high),
    figure: figure === undefined ? null : figureJson(figure),
    verdict: claim.verdict,
    slip: claim.slip ?? null,
    why: why.en,
    whyZh: why.zh,
    readings: readings.map((reading) => ({
      words: reading.words.en,
      wordsZh: reading.words.zh,
      figure: figureJson(reading.figure),
    })),
  };
}

function figureJson({ value, high, unit, asOf, from, text, inputs }: ClaimFigure): Record<string, unknown> {
  return {
    value: orNull(value),
    high: orNull(high),
    unit,
    asOf: formatDay(asOf),
    from: from === undefined ? null : formatDay(from),
    text: text.en,
    textZh: text.zh,
    inputs: inputs.map((input) => ({
      name: input.name.en,
      nameZh: input.name.zh,
      value: orNull(input.value),
      unit: input.unit,
      asOf: formatDay(input.asOf),
      knownSince: input.knownOn === undefined ? null : formatDay(input.knownOn),
      table: input.source.table,
      source: input.source.url ?? null,
    })),
  };
}

const claimRow = (claim: Claim): ExportRow => ({
  verdict: claim.verdict,
  quote: claim.quote,
  metric: claim.metric,
  entities: claim.entities.join(' '),
  claimed: claim.claimed,
  claimedUnit: claim.claimedUnit,
  computed: claim.figure?.value ?? Number.NaN,
  computedHigh: claim.figure?.high ?? Number.NaN,
  computedUnit: claim.figure?.unit ?? '',
  asOf: claim.figure === undefined ? '' : formatDay(claim.figure.asOf),
  slip: claim.slip ?? '',
  why: claim.why.en,
  source: sourcesOf(
    (claim.figure?.inputs ?? []).map(({ source }) => ({ source: source.url ?? source.table })),
  ),
});

const inputRows = ({ quote, figure }: Claim): ExportRow[] =>
  (figure?.inputs ?? []).map((input) => ({
    quote,
    input: input.name.en,
    value: input.value,
    unit: input.unit,
    asOf: formatDay(input.asOf),
    table: input.source.table,
    source: input.source.url ?? '',
  }));

const VERDICT_WORDS: Readonly<Record<Verdict, WordKey>> = {
  right: 'claimRight',
  'right-within-rounding': 'claimRounded',
  stale: 'claimStale',
  ambiguous: 'claimAmbiguous',
  wrong: 'claimWrong',
  'not-checkable': 'claimNotCheckable',
};

function linesOf({ checked }: ClaimRun, language: Language): string[] {
  const { claims, watch, written } = checked;
  const w = (key: WordKey): string => word(key, language);
  const counted = VERDICTS.flatMap((verdict) => {
    const count = claims.filter((claim) => claim.verdict === verdict).length;
    return count === 0 ? [] : [`${w(VERDICT_WORDS[verdict])} ${count}`];
  });
  return [
    ...joinParts([
      `${w('checkOf')} ${claims.length}`,
      `${w('writtenOn')} ${formatDay(written.written)}`,
      ...counted,
    ]),
    ...(claims.length === 0 ? [w('noClaims')] : []),
    ...claims.flatMap((claim) => ['', ...claimLines(claim, language)]),
    ...(watch.length === 0 ? [] : ['', w('watchNext')]),
    ...watch.flatMap(({ day, what, quote }) => wrap(`  ${formatDay(day)}  ${what[language]}: ${quote}`)),
  ];
}

function claimLines(claim: Claim, language: Language): string[] {
  const verdict = word(VERDICT_WORDS[claim.verdict], language);
  return [...wrap(`“${claim.quote}”`), ...wrap(`  ${verdict}: ${claim.why[language]}`, undefined, '    ')];
}
