/**
 * Runs a review over simulated markets: `simulate` in one go, `runPart` for a part of the paths elsewhere, `drawsOf`
 * for the result of the parts. The parts of a run give the same draws to the last bit as the run in one go.
 */
import { assert } from '../base/errors.js';
import { commonRules } from '../weighting/commonCaps.js';
import { controlledFlow } from './controls.js';
import type { Estimate, ForecastDraws, NameDraws, SimulateOptions } from './draws.js';
import { kernelOf, runBlock, type KernelParts, type Samples } from './kernel.js';
import type { ForecastPlan } from './plan.js';
import { prepare, type Prepared } from './prepare.js';
import { quantilesOf, type QuantileWork } from './quantiles.js';
import { BLOCK, KINDS, mergeTallies, SCALAR, SUM, type Tally } from './tally.js';

/** A run of whole blocks, as it comes back from where it was computed. */
export interface Part {
  /** Rows of the plan behind the names of the tallies; the same for every part of a run. */
  readonly rows: Int32Array;
  readonly tallies: readonly Tally[];
  readonly samples: Samples;
}

/** Flow and shares of all paths of a run, one column per name that ever traded. */
export type SampleColumns = Pick<Samples, 'flows' | 'shares'>;

/** Quantiles by name, none for who never traded. */
export interface Quantiles {
  readonly flows: readonly (readonly number[])[];
  readonly shares: readonly (readonly number[])[];
}

/** @throws Refusal when a cap cannot be met by the members of a path, or fat tails cannot be drawn */
export function simulate(
  plan: ForecastPlan,
  options: SimulateOptions,
  { pruned, ...parts }: KernelParts & { readonly pruned?: boolean | undefined } = {},
): ForecastDraws {
  const prepared = prepare(plan, pruned);
  const part = runPart(prepared, options, { firstPath: 0, paths: options.paths }, parts);
  const { samples } = part;
  const quantiles: Quantiles = {
    flows: samples.flows.map((column) => spreadOf(column, options.flowQuantiles)),
    shares: samples.shares.map((column) => spreadOf(column, options.shareQuantiles)),
  };
  return drawsOf(prepared, options, [part], options.samples === false ? undefined : samples, quantiles);
}

/** Whether a run has to keep what every path was. */
export const keepsSamples = ({ samples = true, flowQuantiles, shareQuantiles }: SimulateOptions): boolean =>
  samples || flowQuantiles !== undefined || shareQuantiles !== undefined;

export function spreadOf(
  column: Float64Array | Float32Array | undefined,
  probabilities: readonly number[] = [],
  work?: QuantileWork,
): readonly number[] {
  if (column === undefined || probabilities.length === 0) return [];
  return quantilesOf(column, probabilities, work);
}

/** Paths of a part, the first one that of a block, and where its samples go. */
type PartOfRun = Pick<Samples, 'firstPath' | 'paths' | 'room'>;

/** @param onBlock called after every block; what it throws ends the run */
export function runPart(
  prepared: Prepared,
  options: SimulateOptions,
  part: PartOfRun,
  parts: KernelParts = {},
  onBlock: (paths: number) => void = () => {},
): Part {
  const { firstPath, paths } = part;
  assert(firstPath % BLOCK === 0 && paths > 0, 'a part has paths and starts with a block');
  const kernel = kernelOf(prepared, options.seed, parts);
  const { names, rows } = kernel.columns;
  const columnPerName = { length: names };
  const samples: Samples = {
    ...part,
    kept: keepsSamples(options),
    flows: Array.from(columnPerName, () => undefined),
    shares: Array.from(columnPerName, () => undefined),
  };
  const tallies: Tally[] = [];
  for (let block = firstPath / BLOCK; block * BLOCK < firstPath + paths; block++) {
    const tally = runBlock(kernel, block, samples);
    tallies.push(tally);
    onBlock(tally.scalars[SCALAR.paths]);
  }
  return { rows, tallies, samples };
}

/** @param parts all parts of the run, in the order of their paths; of their samples nothing is read */
export function drawsOf(
  { plan, rows: wholeRows, of, linesKnown }: Prepared,
  { seed, paths }: SimulateOptions,
  parts: readonly Pick<Part, 'rows' | 'tallies'>[],
  samples: SampleColumns | undefined,
  quantiles: Quantiles,
): ForecastDraws {
  const { rows } = parts[0];
  const halves = mergeTallies(parts.flatMap(({ tallies }) => tallies));
  const singleKnown = commonRules(plan.caps) !== undefined;
  const run: Run = { plan, paths, halves, linesKnown, singleKnown, samples, quantiles };
  const total = (which: number): number => halves[0].scalars[which] + halves[1].scalars[which];
  assert(total(SCALAR.paths) === paths, 'the parts are all paths of the run');
  const nameOf = new Map(Array.from(rows, (row, name) => [row, name] as const));
  return {
    paths,
    seed,
    names: Array.from(wholeRows, (row, i) => nameDraws(run, i, nameOf.get(row) as number)).filter(
      ({ incumbent, inPlain, in: chance }) => incumbent || inPlain.mean > 0 || chance.mean > 0,
    ),
    singleBinds: total(SCALAR.single) / paths,
    jointBinds: total(SCALAR.joint) / paths,
    turnoverOneWay: estimate(total(SCALAR.turnover), total(SCALAR.turnoverSquare), paths),
    seats: total(SCALAR.seats) / paths,
    pruned: of - rows.length,
  };
}

interface Run {
  readonly plan: ForecastPlan;
  readonly paths: number;
  readonly halves: readonly [Tally, Tally];
  readonly linesKnown: boolean;
  /** Whether the caps are of the kind whose conditional probability is known. */
  readonly singleKnown: boolean;
  readonly samples: SampleColumns | undefined;
  readonly quantiles: Quantiles;
}

function nameDraws(run: Run, row: number, name: number): NameDraws {
  const { plan, paths, halves, samples, quantiles } = run;
  const at = (which: number): number =>
    halves[0].sums[name * KINDS + which] + halves[1].sums[name * KINDS + which];
  const of = (which: number, square: number): Estimate => estimate(at(which), at(square), paths);
  const inPlain = of(SUM.member, SUM.member);
  const conditional = of(SUM.conditional, SUM.conditionalSquare);
  // Who was not ranked, because it is in or out on every path, keeps its plain estimate.
  const certain = conditional.mean === 0 && inPlain.mean === 1;
  const cappedPlain = of(SUM.capped, SUM.capped);
  return {
    id: plan.ids[row],
    incumbent: plan.incumbent[row] === 1,
    in: run.linesKnown && !certain ? conditional : inPlain,
    inPlain,
    capped: run.singleKnown ? of(SUM.single, SUM.singleSquare) : cappedPlain,
    cappedPlain,
    weightAfter: at(SUM.weightAfter) / paths,
    flow: controlledFlow(halves, name),
    flowPlain: of(SUM.flow, SUM.flowSquare),
    shares: of(SUM.shares, SUM.sharesSquare),
    flowSamples: samples?.flows[name] ?? new Float64Array(0),
    shareSamples: samples?.shares[name] ?? new Float32Array(0),
    flowQuantiles: quantiles.flows[name],
    shareQuantiles: quantiles.shares[name],
  };
}

/** Mean and standard error of independent paths from their sum and the sum of their squares. */
function estimate(sum: number, squares: number, paths: number): Estimate {
  const mean = sum / paths;
  return { mean, error: Math.sqrt(Math.max(0, squares / paths - mean * mean) / (paths - 1)) };
}
