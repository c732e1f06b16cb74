/** A schedule as `schedule --json` prints it, as the parts of an order: one per session, in the shares asked for. */
import { readFile } from 'node:fs/promises';
import { Type } from 'typebox';
import { Value } from 'typebox/value';
import { InputError, parseDay, type Day, type OrderSlice } from '../core/index.js';
import { ioError } from '../data/files.js';
import { argumentError } from './context.js';

const Schedule = Type.Object({
  slices: Type.Array(Type.Object({ date: Type.String(), shares: Type.Number() }), { minItems: 1 }),
});

/** @throws InputError for a file that is none */
export async function readSchedule(file: string, quantity: number): Promise<readonly OrderSlice[]> {
  let document: unknown;
  try {
    document = JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw ioError(error, file);
  }
  if (!Value.Check(Schedule, document)) {
    const issue = { code: 'no_schedule', path: '--schedule', file, expected: 'what schedule --json prints' };
    throw new InputError('no_schedule', `${file} is no schedule`, [issue]);
  }
  const bySession = new Map<Day, number>();
  for (const { date, shares } of document.slices) {
    const day = parseDay(date);
    if (day === undefined) throw argumentError('--schedule', date, 'dates as YYYY-MM-DD');
    bySession.set(day, (bySession.get(day) ?? 0) + Math.abs(shares));
  }
  return slicesOfShares(
    [...bySession].map(([session, shares]) => ({ session, shares })),
    quantity,
  );
}

/** Whole hundreds in proportion, and what is left in the last session. */
function slicesOfShares(
  parts: readonly { readonly session: Day; readonly shares: number }[],
  quantity: number,
): readonly OrderSlice[] {
  const total = parts.reduce((sum, { shares }) => sum + shares, 0);
  let left = quantity;
  return parts.flatMap(({ session, shares }, i) => {
    const part = i === parts.length - 1 ? left : Math.floor((quantity * shares) / total / 100) * 100;
    left -= part;
    return part > 0 ? [{ session, quantity: part }] : [];
  });
}
