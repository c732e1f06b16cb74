/**
 * Quadratic programmes solved by HiGHS (University of Edinburgh), compiled to WebAssembly. It takes programmes as text in the LP
 * format of CPLEX; that is written here and nowhere else.
 */
import { Bug, type QuadraticProgram, type SolveProgram } from '../core/index.js';

/** Loads the solver, a few megabytes: only for those who ask. */
export async function quadraticSolver(): Promise<SolveProgram> {
  const { default: loaded } = await import('highs');
  // Its types are those of the CommonJS build, in which the loader is one `default` deeper than in the module imported here.
  const load = loaded as unknown as typeof loaded.default;
  const highs = await load();
  return (program) => {
    const { Status: status, Columns: columns } = highs.solve(lpText(program), { output_flag: false });
    if (status !== 'Optimal') throw new Bug(`a programme with a solution was not solved: ${status}`);
    return Float64Array.from(program.quadratic, (_, i) => Number(columns[`x${i}`]?.Primal));
  };
}

function lpText({ quadratic, lower, upper, rows }: QuadraticProgram): string {
  const squares = quadratic.flatMap((q, i) => (q === 0 ? [] : [`${2 * q} x${i} ^2`]));
  const terms = (coefficients: readonly number[]): string =>
    coefficients.flatMap((c, i) => (c === 0 ? [] : [`${c} x${i}`])).join(' + ');
  return [
    'Minimize',
    `cost: [ ${squares.join(' + ')} ] / 2`,
    'Subject To',
    ...rows.map(({ coefficients, equals }, i) => `r${i}: ${terms(coefficients)} = ${equals}`),
    'Bounds',
    ...quadratic.map((_, i) => `${lower[i]} <= x${i} <= ${upper[i]}`),
    'End',
  ].join('\n');
}
