/** Parts that the schemas of several routes share. */
import { Type } from 'typebox';
import { parseDay, type Day } from '../../core/index.js';
import { inputError } from './failures.js';

export const STRICT = { additionalProperties: false } as const;

export const isoDate = (description: string) => Type.String({ format: 'date', description });

export const IndexParams = Type.Object(
  { id: Type.String({ maxLength: 40, description: 'index id or provider code: star-50, 000688' }) },
  STRICT,
);

export const ReviewParams = Type.Object(
  { ...IndexParams.properties, effective: isoDate('effective date of the review') },
  STRICT,
);

export const KNOWN_AT = {
  knownAt: Type.Optional(isoDate('use only what was known on that day; default: the last close held')),
};

export const REVIEW_QUERY = {
  knownAt: Type.Optional(isoDate('use only what was known on that day; default: the swap close')),
  reading: Type.Optional(
    Type.String({ minLength: 1, maxLength: 60, description: 'reading of an ambiguous clause' }),
  ),
};

export const Amount = Type.Number({
  exclusiveMinimum: 0,
  maximum: 1e18,
  description: 'tracked assets, currency units',
});

export const Encoding = Type.Enum(['utf-8', 'gb18030'], {
  description: 'utf-8 unless told otherwise; never guessed',
});

/** Ids that a client chooses: they become keys, never names of files. */
export const ClientId = Type.String({
  pattern: '^[A-Za-z0-9_-]{1,64}$',
  description: 'chosen by the client',
});

export const SecurityCode = Type.String({
  pattern: '^[0-9]{6}(\\.(SH|SZ|BJ))?$',
  description: '688256 or 688256.SH',
});

export const SecurityOfReviewParams = Type.Object(
  { ...ReviewParams.properties, security: SecurityCode },
  STRICT,
);

/** The day of a text that its schema has already called a date. */
export function dayOfText(name: string, text: string): Day {
  const day = parseDay(text);
  if (day !== undefined) return day;
  throw inputError('invalid_argument', `${name} cannot be used`, {
    path: name,
    value: text,
    expected: 'an existing date as YYYY-MM-DD',
  });
}

export const optionalDay = (name: string, text: string | undefined): Day | undefined =>
  text === undefined ? undefined : dayOfText(name, text);
