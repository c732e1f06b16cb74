/**
 * Runs a review over simulated markets: `simulate` in one go, `runPart` for a part of the paths elsewhere, `drawsOf`
 * for the result of the parts. The parts of a run give the same draws to the last bit as the run in one go.
 */
import { assert } from '../base/errors.js';
import { controlledFlow } from './controls.js';
import type { CapDraws, Estimates, ForecastDraws, SimulateOptions } from './draws.js';
import { kernelOf, runBlock, type KernelParts, type Samples } from './kernel.js';
import type { ForecastPlan } from './plan.js';
import { quantilesOf } from './quantiles.js';
import { BLOCK, kindsOf, mergeTallies, SCALAR, SUM, type Tally } from './tally.js';

/** A run of whole blocks, as it comes back from where it was computed. */
export interface Part {
  /** Rows of the plan behind the names of the tallies; the same for every part of a run. */
  readonly rows: Int32Array;
  readonly linesKnown: boolean;
  readonly tallies: readonly Tally[];
  readonly samples: Samples;
}

/** @throws Refusal when a cap cannot be met by the members of a path, or fat tails cannot be drawn */
export function simulate(
  plan: ForecastPlan,
  options: SimulateOptions,
  parts: KernelParts = {},
): ForecastDraws {
  return drawsOf(plan, options, [runPart(plan, options.seed, 0, options.paths, parts)]);
}

/**
 * @param firstPath first of a block
 * @param onBlock called after every block; what it throws ends the run
 */
export function runPart(
  plan: ForecastPlan,
  seed: number,
  firstPath: number,
  paths: number,
  parts: KernelParts = {},
  onBlock: (paths: number) => void = () => {},
): Part {
  assert(firstPath % BLOCK === 0 && paths > 0, 'a part has paths and starts with a block');
  const kernel = kernelOf(plan, seed, parts);
  const samples: Samples = { firstPath, paths, flows: Array.from({ length: kernel.columns.names }) };
  const tallies: Tally[] = [];
  for (let block = firstPath / BLOCK; block * BLOCK < firstPath + paths; block++) {
    const tally = runBlock(kernel, block, samples);
    tallies.push(tally);
    onBlock(tally.scalars[SCALAR.paths]);
  }
  return { rows: kernel.columns.rows, linesKnown: kernel.hasLines, tallies, samples };
}

/** @param parts all parts of the run, in the order of their paths */
export function drawsOf(
  plan: ForecastPlan,
  { seed, paths }: SimulateOptions,
  parts: readonly Part[],
): ForecastDraws {
  const { rows, linesKnown } = parts[0];
  const halves = mergeTallies(parts.flatMap(({ tallies }) => tallies));
  const run: Run = { plan, rows, paths, halves };
  assert(scalar(run, SCALAR.paths) === paths, 'the parts are all paths of the run');
  const plain = estimates(run, SUM.member, SUM.member);
  const turnoverMean = scalar(run, SCALAR.turnover) / paths;
  return {
    ids: plan.ids,
    paths,
    seed,
    inIndex: plain,
    inIndexConditional: linesKnown ? conditionalIn(run, plain) : plain,
    capped: estimates(run, SUM.capped, SUM.capped),
    caps: plan.caps.map(({ id }, k) => capDraws(run, id, k)),
    flow: estimates(run, SUM.flow, SUM.flowSquare),
    flowControlled: controlled(run),
    sharesMean: meanOf(run, SUM.shares),
    weightAfterMean: meanOf(run, SUM.weightAfter),
    flowQuantiles: (row, probabilities) => quantilesOf(flowsOf(run, parts, row), probabilities),
    turnoverMean,
    turnoverStandardError: errorOf(scalar(run, SCALAR.turnoverSquare), turnoverMean, paths),
    seatsMean: scalar(run, SCALAR.seats) / paths,
  };
}

interface Run {
  readonly plan: ForecastPlan;
  readonly rows: Int32Array;
  readonly paths: number;
  readonly halves: readonly [Tally, Tally];
}

const scalar = ({ halves }: Run, which: number): number =>
  halves[0].scalars[which] + halves[1].scalars[which];

/** Sum of one kind by row of the plan. */
function sumsOf({ plan, rows, halves }: Run, which: number): Float64Array {
  const all = new Float64Array(plan.ids.length);
  const kinds = kindsOf(plan.caps.length);
  rows.forEach((row, i) => {
    const at = i * kinds + which;
    all[row] = halves[0].sums[at] + halves[1].sums[at];
  });
  return all;
}

const meanOf = (run: Run, which: number): Float64Array =>
  sumsOf(run, which).map((total) => total / run.paths);

/** Mean and standard error of independent paths from their sum and the sum of their squares. */
function estimates(run: Run, which: number, square: number): Estimates {
  const mean = meanOf(run, which);
  const standardError = sumsOf(run, square).map((squares, row) => errorOf(squares, mean[row], run.paths));
  return { mean, standardError };
}

const errorOf = (squares: number, mean: number, paths: number): number =>
  Math.sqrt(Math.max(0, squares / paths - mean * mean) / (paths - 1));

/** Names that were not ranked, because they are in or out on every path, keep their plain estimate. */
function conditionalIn(run: Run, plain: Estimates): Estimates {
  const found = estimates(run, SUM.conditional, SUM.conditionalSquare);
  const certain = (row: number): boolean => found.mean[row] === 0 && plain.mean[row] === 1;
  return {
    mean: found.mean.map((mean, row) => (certain(row) ? 1 : mean)),
    standardError: found.standardError,
  };
}

function capDraws(run: Run, id: CapDraws['id'], k: number): CapDraws {
  const triggered = scalar(run, SCALAR.triggered + k) / run.paths;
  const bound = estimates(run, SUM.bound + k, SUM.bound + k);
  const singleKnown = k === 0 && sumsOf(run, SUM.single).some((total) => total > 0);
  return {
    id,
    triggered,
    triggeredStandardError: errorOf(triggered * run.paths, triggered, run.paths),
    bound,
    boundConditional: singleKnown ? estimates(run, SUM.single, SUM.singleSquare) : bound,
  };
}

function controlled(run: Run): Estimates {
  const { plan, rows, halves } = run;
  const mean = new Float64Array(plan.ids.length);
  const standardError = new Float64Array(plan.ids.length);
  rows.forEach((row, i) => {
    const found = controlledFlow(halves, kindsOf(plan.caps.length), i);
    mean[row] = found.mean;
    standardError[row] = found.standardError;
  });
  return { mean, standardError };
}

/** Flow of a row on every path. */
function flowsOf({ rows, paths }: Run, parts: readonly Part[], row: number): Float64Array {
  const name = rows.indexOf(row);
  if (name >= 0 && parts.length === 1 && parts[0].samples.flows[name] !== undefined) {
    return parts[0].samples.flows[name];
  }
  const all = new Float64Array(paths);
  for (const { samples } of parts) {
    const flows = name < 0 ? undefined : samples.flows[name];
    if (flows !== undefined) all.set(flows, samples.firstPath);
  }
  return all;
}
