/**
 * Runs a review over simulated markets: `simulate` in one go, `runPart` for a part of the paths elsewhere, `drawsOf`
 * for the result of the parts. The parts of a run give the same draws to the last bit as the run in one go.
 */
import { assert } from '../base/errors.js';
import { controlledFlow } from './controls.js';
import type { Estimate, ForecastDraws, NameDraws, SimulateOptions } from './draws.js';
import { kernelOf, runBlock, type KernelParts, type Samples } from './kernel.js';
import type { ForecastPlan } from './plan.js';
import { BLOCK, KINDS, mergeTallies, SCALAR, SUM, type Tally } from './tally.js';

/** A run of whole blocks, as it comes back from where it was computed. */
export interface Part {
  /** Rows of the plan behind the names of the tallies; the same for every part of a run. */
  readonly rows: Int32Array;
  readonly linesKnown: boolean;
  /** Whether the caps are of the kind whose conditional probability is known. */
  readonly singleKnown: boolean;
  readonly tallies: readonly Tally[];
  readonly samples: Samples;
}

/** @throws Refusal when a cap cannot be met by the members of a path, or fat tails cannot be drawn */
export function simulate(
  plan: ForecastPlan,
  options: SimulateOptions,
  parts: KernelParts = {},
): ForecastDraws {
  return drawsOf(plan, options, [runPart(plan, options, 0, options.paths, parts)]);
}

/**
 * @param firstPath first of a block
 * @param onBlock called after every block; what it throws ends the run
 */
export function runPart(
  plan: ForecastPlan,
  { seed, samples: kept = true, paths: all }: SimulateOptions,
  firstPath: number,
  paths: number,
  parts: KernelParts = {},
  onBlock: (paths: number) => void = () => {},
): Part {
  assert(firstPath % BLOCK === 0 && paths > 0, 'a part has paths and starts with a block');
  const kernel = kernelOf(plan, seed, parts);
  const columnPerName = { length: kernel.columns.names };
  const samples: Samples = {
    firstPath,
    paths,
    // The first part takes in the others.
    room: firstPath === 0 ? all : paths,
    kept,
    flows: Array.from(columnPerName),
    shares: Array.from(columnPerName),
  };
  const tallies: Tally[] = [];
  for (let block = firstPath / BLOCK; block * BLOCK < firstPath + paths; block++) {
    const tally = runBlock(kernel, block, samples);
    tallies.push(tally);
    onBlock(tally.scalars[SCALAR.paths]);
  }
  const { rows, rules } = kernel.columns;
  return { rows, linesKnown: kernel.hasLines, singleKnown: rules !== undefined, tallies, samples };
}

/** @param parts all parts of the run, in the order of their paths */
export function drawsOf(
  plan: ForecastPlan,
  { seed, paths }: SimulateOptions,
  parts: readonly Part[],
): ForecastDraws {
  const { rows, linesKnown } = parts[0];
  const halves = mergeTallies(parts.flatMap(({ tallies }) => tallies));
  const run: Run = { plan, paths, halves, parts, linesKnown };
  const total = (which: number): number => halves[0].scalars[which] + halves[1].scalars[which];
  assert(total(SCALAR.paths) === paths, 'the parts are all paths of the run');
  return {
    paths,
    seed,
    names: [...rows.keys()]
      .toSorted((a, b) => rows[a] - rows[b])
      .map((name) => nameDraws(run, rows[name], name))
      .filter(({ incumbent, inPlain, in: chance }) => incumbent || inPlain.mean > 0 || chance.mean > 0),
    singleBinds: total(SCALAR.single) / paths,
    jointBinds: total(SCALAR.joint) / paths,
    turnoverOneWay: estimate(total(SCALAR.turnover), total(SCALAR.turnoverSquare), paths),
    seats: total(SCALAR.seats) / paths,
    pruned: plan.ids.length - rows.length,
  };
}

interface Run {
  readonly plan: ForecastPlan;
  readonly paths: number;
  readonly halves: readonly [Tally, Tally];
  readonly parts: readonly Part[];
  readonly linesKnown: boolean;
}

function nameDraws(run: Run, row: number, name: number): NameDraws {
  const { plan, paths, halves, parts } = run;
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
    capped: parts[0].singleKnown ? of(SUM.single, SUM.singleSquare) : cappedPlain,
    cappedPlain,
    weightAfter: at(SUM.weightAfter) / paths,
    flow: controlledFlow(halves, name),
    flowPlain: of(SUM.flow, SUM.flowSquare),
    shares: of(SUM.shares, SUM.sharesSquare),
    flowSamples: joined(run, Float64Array, ({ samples }) => samples.flows, name),
    shareSamples: joined(run, Float32Array, ({ samples }) => samples.shares, name),
  };
}

/** Mean and standard error of independent paths from their sum and the sum of their squares. */
function estimate(sum: number, squares: number, paths: number): Estimate {
  const mean = sum / paths;
  return { mean, error: Math.sqrt(Math.max(0, squares / paths - mean * mean) / (paths - 1)) };
}

/**
 * One column of the parts as one; empty when no part has it, 0 where a part has not. The parts let go of theirs, or a
 * large run would be in memory twice.
 */
function joined<Column extends Float64Array | Float32Array>(
  { paths, parts }: Run,
  Kind: new (length: number) => Column,
  columnsOf: (part: Part) => (Column | undefined)[],
  name: number,
): Column {
  const columns = parts.map((part) => {
    const column = columnsOf(part)[name];
    columnsOf(part)[name] = undefined;
    return column;
  });
  if (columns.every((column) => column === undefined)) return new Kind(0);
  const all = columns[0] ?? new Kind(paths);
  columns.forEach((column, i) => {
    if (i > 0 && column !== undefined) all.set(column, parts[i].samples.firstPath);
  });
  return all;
}
