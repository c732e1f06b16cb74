/** Days on an axis, written as everywhere else. */

/** `09-12` */
export const monthDay = (day: Date): string => day.toISOString().slice(5, 10);

/** `2025-09` */
export const yearMonth = (day: Date): string => day.toISOString().slice(0, 7);
