/**
 * Nominal types. A security's code and an index's code are both strings, a day and a row are both numbers;
 * branding keeps the compiler from letting one stand in for the other.
 */
declare const brand: unique symbol;

export type Branded<T, Name extends string> = T & { readonly [brand]: Name };

/** The exchange's code of a security, for instance `688256`. */
export type SecurityId = Branded<string, 'SecurityId'>;

/** Kebab-case id of an index and its rulebook, for instance `star-50`. */
export type IndexId = Branded<string, 'IndexId'>;

/** Calendar day as whole days since 1970-01-01. See `calendar/day.ts`. */
export type Day = Branded<number, 'Day'>;

export const securityId = (code: string): SecurityId => code as SecurityId;
export const indexId = (id: string): IndexId => id as IndexId;
