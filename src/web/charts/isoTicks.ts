/** Days on an axis, written as everywhere else. */

/** `09-12` */
export const monthDay = (day: Date): string => day.toISOString().slice(5, 10);

/** Whole weeks or months between ticks so that labels of `room` pixels stand free on an axis of `width`. */
export function tickEvery(
  unit: 'weeks' | 'months',
  days: readonly Date[],
  { width, room }: { readonly width: number; readonly room: number },
): string {
  const span = days.length === 0 ? 0 : days[days.length - 1].getTime() - days[0].getTime();
  const units = span / (unit === 'weeks' ? 7 * DAY_MS : 30.44 * DAY_MS);
  return `${Math.max(1, Math.ceil((units * room) / Math.max(room, width)))} ${unit}`;
}

const DAY_MS = 86_400_000;

/** `2025-09` */
export const yearMonth = (day: Date): string => day.toISOString().slice(0, 7);
