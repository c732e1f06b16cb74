/**
 * All that is wrong with a message at once, each with the reason a Reject gives for it (SessionRejectReason, Volume 2,
 * session test cases 14a to 14i). What the standard allows and order entry does not act on stands apart: to ignore it
 * would be to trade on other terms than were asked for.
 */
import { FIELDS, FIRST_USER_TAG, LAST_TAG, TAG } from './tags.js';
import {
  GROUPS,
  HEADER,
  isSessionType,
  isStandardType,
  MESSAGES,
  type MessageDefinition,
} from './messages.js';
import { parseDate, parseTimestamp } from './timestamp.js';
import type { FixField, FixMessage } from './wire.js';

/** SessionRejectReason (373). */
export const REJECT = {
  invalidTag: 0,
  missing: 1,
  notInMessage: 2,
  undefinedTag: 3,
  noValue: 4,
  wrongValue: 5,
  wrongFormat: 6,
  compId: 9,
  sendingTime: 10,
  invalidType: 11,
  repeated: 13,
  order: 14,
  groupOrder: 15,
  groupCount: 16,
} as const;

interface FixIssue {
  readonly reason: number;
  readonly tag: number;
  /** What is wrong, with the value and what was expected. */
  readonly text: string;
}

export interface Checked {
  readonly issues: readonly FixIssue[];
  /** Tags of the standard that order entry does not act on. */
  readonly unsupported: readonly number[];
}

export function checkMessage(message: FixMessage): Checked {
  const { type, fields } = message;
  if (!isStandardType(type)) {
    return {
      issues: [issue(REJECT.invalidType, TAG.MsgType, `${shown(type)} is no MsgType`)],
      unsupported: [],
    };
  }
  const definition = MESSAGES.get(type);
  // A message nobody answers here: only what the session itself needs is looked at.
  if (definition === undefined) return { issues: missing(fields, HEADER), unsupported: [] };
  const members = new Set([
    ...HEADER.required,
    ...HEADER.optional,
    ...definition.required,
    ...definition.optional,
  ]);
  const { issues: ofGroups, inGroups } = groupIssues(fields, members);
  const unsupported = fields
    .filter(([tag], i) => !inGroups.has(i) && !FIELDS.has(tag) && tag >= 1 && tag <= LAST_TAG)
    .map(([tag]) => tag);
  const single = fields.map((field, i) => ({ field, inGroup: inGroups.has(i) }));
  const foreign = isSessionType(type)
    ? unsupported.map((tag) => issue(REJECT.notInMessage, tag, `tag ${tag} is not in ${definition.name}`))
    : [];
  return {
    issues: [
      ...fields.flatMap(valueIssues),
      ...single.slice(1).flatMap(({ field, inGroup }) => memberIssues(field, inGroup, members, definition)),
      ...foreign,
      ...repeated(single),
      ...headerAfterBody(fields),
      ...ofGroups,
      ...missing(fields, HEADER),
      ...missing(fields, definition),
    ],
    unsupported: isSessionType(type) ? [] : [...new Set(unsupported)],
  };
}

const issue = (reason: number, tag: number, text: string): FixIssue => ({ reason, tag, text });

const LONGEST_SHOWN = 40;
const shown = (value: string): string =>
  value.length <= LONGEST_SHOWN ? `'${value}'` : `'${value.slice(0, LONGEST_SHOWN)}...'`;

const nameOf = (tag: number): string => FIELDS.get(tag)?.name ?? `tag ${tag}`;

function valueIssues([tag, value]: FixField): FixIssue[] {
  if (tag === 0) return [issue(REJECT.invalidTag, 0, `${shown(value)} is no tag=value`)];
  const field = FIELDS.get(tag);
  if (value === '') return [issue(REJECT.noValue, tag, `${nameOf(tag)} has no value`)];
  if (field === undefined) return [];
  const expected = FORMATS[field.type];
  if (!expected.fits(value)) {
    return [issue(REJECT.wrongFormat, tag, `${field.name} is ${shown(value)}, expected ${expected.what}`)];
  }
  if (field.values === undefined || field.values.includes(value)) return [];
  const values = field.values.join(' ');
  return [issue(REJECT.wrongValue, tag, `${field.name} is ${shown(value)}, expected one of ${values}`)];
}

const matches =
  (pattern: RegExp) =>
  (value: string): boolean =>
    pattern.test(value);
const COUNT = { fits: matches(/^\d{1,9}$/), what: 'a whole number of at most 9 digits' };
const TEXT = { fits: matches(/^[\x20-\xff]{1,4096}$/), what: 'at most 4096 printable characters' };

/** How each type is written (Volume 1, "Data Types"). A float has no exponent, and there is no word for a number that is none. */
const FORMATS = {
  int: { fits: matches(/^-?\d{1,9}$/), what: 'a whole number of at most 9 digits' },
  length: COUNT,
  seqnum: COUNT,
  count: COUNT,
  float: { fits: matches(/^-?(?:\d{1,20}(?:\.\d{0,15})?|\.\d{1,15})$/), what: 'a decimal number' },
  char: { fits: matches(/^[\x20-\x7e]$/), what: 'one character' },
  boolean: { fits: matches(/^[YN]$/), what: 'Y or N' },
  string: TEXT,
  timestamp: {
    fits: (value: string) => parseTimestamp(value) !== undefined,
    what: 'YYYYMMDD-HH:MM:SS or YYYYMMDD-HH:MM:SS.sss, UTC',
  },
  date: { fits: (value: string) => parseDate(value) !== undefined, what: 'YYYYMMDD' },
} as const;

function memberIssues(
  [tag]: FixField,
  inGroup: boolean,
  members: ReadonlySet<number>,
  { name }: MessageDefinition,
): FixIssue[] {
  if (inGroup || members.has(tag) || tag === 0) return [];
  if (FIELDS.has(tag)) return [issue(REJECT.notInMessage, tag, `${nameOf(tag)} is not in ${name}`)];
  if (tag <= LAST_TAG) return [];
  return tag < FIRST_USER_TAG
    ? [issue(REJECT.invalidTag, tag, `tag ${tag} is not in FIX 4.4`)]
    : [issue(REJECT.undefinedTag, tag, `no meaning was agreed on for tag ${tag}`)];
}

function repeated(fields: readonly { readonly field: FixField; readonly inGroup: boolean }[]): FixIssue[] {
  const seen = new Set<number>();
  return fields.flatMap(({ field: [tag], inGroup }) => {
    if (inGroup || tag === 0) return [];
    if (!seen.has(tag)) {
      seen.add(tag);
      return [];
    }
    return [issue(REJECT.repeated, tag, `${nameOf(tag)} is there more than once`)];
  });
}

const HEADER_TAGS = new Set([TAG.MsgType, ...HEADER.required, ...HEADER.optional]);
const FRAME_TAGS = new Set<number>([TAG.BeginString, TAG.BodyLength, TAG.CheckSum]);

function headerAfterBody(fields: readonly FixField[]): FixIssue[] {
  const firstOfBody = fields.findIndex(([tag]) => !HEADER_TAGS.has(tag));
  return fields.flatMap(([tag], i) =>
    FRAME_TAGS.has(tag) || (HEADER_TAGS.has(tag) && firstOfBody >= 0 && i > firstOfBody)
      ? [issue(REJECT.order, tag, `${nameOf(tag)} is out of place`)]
      : [],
  );
}

/** Which fields belong to entries of groups, and what is wrong with the groups. */
function groupIssues(
  fields: readonly FixField[],
  members: ReadonlySet<number>,
): { readonly issues: readonly FixIssue[]; readonly inGroups: ReadonlySet<number> } {
  const inGroups = new Set<number>();
  const issues: FixIssue[] = [];
  fields.forEach(([counter, count], i) => {
    const group = members.has(counter) ? GROUPS.get(counter) : undefined;
    if (group === undefined) return;
    let entries = 0;
    let last = Number.POSITIVE_INFINITY;
    let at = i + 1;
    for (; at < fields.length && group.includes(fields[at][0]); at++) {
      const place = group.indexOf(fields[at][0]);
      inGroups.add(at);
      if (place === 0) entries++;
      else if (place <= last || entries === 0) {
        issues.push(
          issue(REJECT.groupOrder, fields[at][0], `${nameOf(fields[at][0])} is out of order in its group`),
        );
      }
      last = place;
    }
    if (entries === Number(count)) return;
    issues.push(
      issue(REJECT.groupCount, counter, `${nameOf(counter)} is ${shown(count)}, but ${entries} follow`),
    );
  });
  return { issues, inGroups };
}

const missing = (fields: readonly FixField[], { name, required }: MessageDefinition): FixIssue[] =>
  required
    .filter((tag) => !fields.some(([found]) => found === tag))
    .map((tag) => issue(REJECT.missing, tag, `${name} needs ${nameOf(tag)}`));
