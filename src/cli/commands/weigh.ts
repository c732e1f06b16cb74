/** `weigh RULEBOOK --date D --input F.csv`: weights under a rulebook's caps, from market values in a file. */
import {
  applyCaps,
  capsOf,
  contentHash,
  ENGINE_VERSION,
  OCCASIONS,
  readingChoice,
  resolveRulebook,
  startOf,
  type CapContext,
  type CapOutcome,
  type CapResult,
  type Finding,
  type Methodology,
  type Occasion,
} from '../../core/index.js';
import { refuseIssues, type Encoding } from '../../data/csv.js';
import { loadRulebook } from '../../data/rulebooks.js';
import { readWeighInput, type WeighRow } from '../../data/weighInput.js';
import { argumentError, dayArgument, type Context } from '../context.js';
import { percent } from '../format.js';
import { emit, type Result } from '../output.js';
import { findingsJson } from '../results/shared.js';
import { renderTable } from '../table.js';
import { word } from '../words/words.js';

export interface WeighOptions {
  readonly date: string;
  readonly input: string;
  readonly occasion?: string;
  readonly reading?: string;
  readonly encoding?: string;
}

interface Weighed {
  readonly id: string;
  readonly issuer: string | null;
  readonly uncapped: number;
  readonly weight: number;
  readonly cappingFactor: number;
  readonly boundBy: readonly string[];
}

export async function weighCommand(name: string, options: WeighOptions, context: Context): Promise<void> {
  const date = dayArgument('--date', options.date);
  if (options.occasion !== undefined && !OCCASIONS.includes(options.occasion as Occasion)) {
    throw argumentError('--occasion', options.occasion, `one of ${OCCASIONS.join(', ')}`);
  }
  const rulebook = await loadRulebook(name, context.rulebookFolder);
  const methodology = resolveRulebook(
    rulebook,
    date,
    options.reading === undefined ? {} : readingChoice(rulebook, options.reading),
    options.occasion as Occasion | undefined,
  );
  const read = refuseIssues(options.input, await readWeighInput(options.input, encodingOf(options.encoding)));
  const rows = read.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const values = Float64Array.from(rows, (row) => row.marketCap);
  const caps = applyCaps(values, capsOf(methodology), capContext(methodology, rows));
  const weights = rows
    .map((row, i): Weighed => ({
      id: row.id,
      issuer: row.issuer ?? null,
      uncapped: caps.uncapped[i],
      weight: caps.weights[i],
      cappingFactor: caps.factors[i],
      boundBy: caps.outcomes.filter((outcome) => outcome.bound.includes(i)).map((outcome) => outcome.id),
    }))
    .toSorted((a, b) => b.weight - a.weight || b.uncapped - a.uncapped || (a.id < b.id ? -1 : 1));
  const provenance = {
    data: contentHash([rows.map((row) => row.id), values]),
    rulebook: `${rulebook.id}@${rulebook.version}`,
    reading: methodology.readings,
    engine: ENGINE_VERSION,
  };
  const findings = weighFindings(methodology, caps, rows);
  await emit(weighResult(rows, weights, caps.outcomes, findings, provenance, context), context);
}

/** Issuers, groups and weights in force as far as the file gives them. */
function capContext(methodology: Methodology, rows: readonly WeighRow[]): CapContext {
  const { level, from } = startOf(methodology);
  const inForce = rows.every((row) => row.weightInForce !== undefined)
    ? Float64Array.from(rows, (row) => row.weightInForce ?? 0)
    : undefined;
  return {
    level,
    start: from,
    issuers: rows.map((row) => row.issuer ?? ''),
    groups: rows.map((row) => row.group ?? ''),
    ...(inForce === undefined ? {} : { inForce }),
  };
}

function weighResult(
  rows: readonly WeighRow[],
  weights: readonly Weighed[],
  outcomes: readonly CapOutcome[],
  findings: readonly Finding[],
  provenance: object,
  { language }: Context,
): Result {
  const rules = outcomes.map((outcome) => ({
    id: outcome.id,
    triggered: outcome.triggered,
    detail: `${JSON.stringify(outcome.rule)} bound ${outcome.bound.length}, ${outcome.rounds} rounds`,
    bound: outcome.bound.map((row) => rows[row].id),
    rounds: outcome.rounds,
  }));
  const table = renderTable(
    [
      { title: word('code', language), align: 'left', maxWidth: 40, shrinks: true },
      { title: word('uncapped', language), align: 'right' },
      { title: word('weight', language), align: 'right' },
      { title: word('factor', language), align: 'right' },
      { title: word('boundBy', language), align: 'left', shrinks: true },
    ],
    weights.map((w) => [
      w.id,
      percent(w.uncapped),
      percent(w.weight),
      w.cappingFactor.toFixed(4),
      w.boundBy.join(', '),
    ]),
  );
  return {
    json: { weights, rules, provenance, findings: findingsJson(findings) },
    sheets: [
      {
        name: 'weights',
        rows: weights.map((w) => ({
          id: w.id,
          issuer: w.issuer ?? '',
          uncapped: w.uncapped,
          weight: w.weight,
          capping_factor: w.cappingFactor,
          bound_by: w.boundBy.join(' '),
        })),
      },
    ],
    lines: table,
    findings,
  };
}

/** What the weights rest on without proof, and what the rules could not do with the file given. */
function weighFindings(methodology: Methodology, caps: CapResult, rows: readonly WeighRow[]): Finding[] {
  const { weighting, caps: capClauses } = methodology.clauses;
  const open = [...weighting, ...capClauses]
    .filter(({ confidence }) => confidence === 'unverified' || confidence === 'inferred')
    .map(({ id, confidence, note, en }) => ({
      code: `clause_${confidence}`,
      subject: id,
      message: note ?? en,
    }));
  const kept: Finding[] = caps.keptInForce
    ? [
        {
          code: 'kept_in_force',
          subject: 'weighting.start',
          message: 'every limit holds on the weights in force, so they stay as they are',
        },
      ]
    : [];
  const idle = capClauses
    .filter(({ rule }) => rule.kind === 'group-target' && rule.targets === undefined)
    .map(({ id }) => ({
      code: 'group_targets_missing',
      subject: id,
      message: 'shares of the groups in the reference are not given; the rule was not applied',
    }));
  const { level } = startOf(methodology);
  const alone = level === 'issuer' && rows.every((row) => row.issuer === undefined);
  const issuers: Finding[] = alone
    ? [
        {
          code: 'issuers_missing',
          subject: 'weighting.start',
          message:
            'the rules weigh issuers, but the file has no issuer column; each security stands for itself',
        },
      ]
    : [];
  return [...kept, ...issuers, ...idle, ...open];
}

export function encodingOf(asked: string | undefined): Encoding {
  if (asked === undefined || asked === 'utf-8' || asked === 'gb18030') return asked ?? 'utf-8';
  throw argumentError('--encoding', asked, 'utf-8 or gb18030');
}
