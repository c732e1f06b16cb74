/** The claim checker as one function: text to plain text, sentences, tokens, frames, figures, verdicts. */
import type { Day } from '../base/brand.js';
import type { Finding } from '../base/finding.js';
import { formatDay } from '../calendar/day.js';
import { shiftSessions } from '../calendar/sessions.js';
import { judgementOf } from './figures/answers.js';
import type { AsOf } from './figures/candidates.js';
import type { Claim, FigureUnit, Span } from './claim.js';
import type { ClaimData } from './figures/claimData.js';
import { timeAt } from './time/dates.js';
import type { Clock } from './time/time.js';
import type { Frame } from './frames/frame.js';
import { framesOf } from './frames/frames.js';
import type { Context } from './text/pieces.js';
import { plainText } from './text/plainText.js';
import type { Quantity } from './text/quantities.js';
import { sentencesOf } from './text/sentences.js';
import { entityOf, tokensOf, type Token } from './text/tokens.js';
import { watchEntries, type WatchEntry } from './watchList.js';
import { CHINESE } from './words/chinese.js';
import { ENGLISH } from './words/english.js';
import type { WordRow } from './words/meaning.js';
import { phraseTable } from './words/phraseTable.js';
import { NO_CHIPMAKERS } from './words/names.js';

export interface Checked {
  /** As read: markup taken out; places of claims are places in it. */
  readonly text: string;
  readonly written: AsOf;
  readonly claims: readonly Claim[];
  readonly watch: readonly WatchEntry[];
  readonly findings: readonly Finding[];
}

type ClaimChecker = (source: string, written?: Day) => Checked;

/** More claims than anyone reads; a text of a million numbers is no news. */
const MOST_CLAIMS = 2_000;

/** The tables of words and names are made once for a data set. */
export function claimChecker(data: ClaimData): ClaimChecker {
  const named = (rows: readonly { readonly id: string; readonly names: readonly string[] }[]): WordRow[] =>
    rows.flatMap(({ id, names }) =>
      names
        .filter((name) => name !== '')
        .map((name): WordRow => [{ is: 'entity', id }, name.replaceAll('|', ' ')]),
    );
  const strangers = data.strangers.map((name): WordRow => [
    { is: 'unheld', what: 'entity' },
    name.replaceAll('|', ' '),
  ]);
  const phrases = phraseTable(ENGLISH, CHINESE, STANDING, named(data.entities), strangers);
  const indices = new Set(data.entities.filter(({ kind }) => kind === 'index').map(({ id }) => id));
  return (source, said) =>
    check(data, source, said, (text, lower, sentence) => tokensOf(text, lower, sentence, phrases), indices);
}

/** Words that stand for a name: who they mean is known from the sentences before. */
const STANDING: readonly WordRow[] = [
  [{ is: 'entity', id: '@index' }, 'the index|the gauge|the benchmark|该指数|这一指数|这只指数'],
  [{ is: 'entity', id: '@company' }, 'the company|the firm|公司|该公司|该股|其股价|公司股价'],
  [
    { is: 'entity', id: '@chipmaker' },
    'the chipmaker|the chip maker|the chip designer|the ai chipmaker|the chip stock',
  ],
];

type Tokenize = (text: string, lower: string, sentence: Span) => Token[];

function check(
  data: ClaimData,
  source: string,
  said: Day | undefined,
  tokenize: Tokenize,
  indices: ReadonlySet<string>,
): Checked {
  const { text, cut } = plainText(source);
  const lower = lowerCase(text);
  const sentences = sentencesOf(text).flatMap((span) => inParts(tokenize(text, lower, span)));
  const written = said === undefined ? dateOf(data, sentences) : { written: said, known: true };
  const clock: Clock = {
    written: written.written,
    sessionsBack: (day, count) => sessionsBack(data, day, count),
  };
  const company = (id: string): boolean => !indices.has(id) && !id.startsWith('@');
  const firstNamed = sentences.flatMap(({ tokens }) => subjectsIn(tokens)).find(company);
  let context: Context = {
    subject: undefined,
    index: undefined,
    metric: undefined,
    time: undefined,
    period: undefined,
  };
  const claims: Claim[] = [];
  const watch: WatchEntry[] = [];
  for (const { span, tokens } of sentences) {
    if (claims.length >= MOST_CLAIMS) break;
    const meant = tokens.map((token) => standIn(token, context, firstNamed, data.usual));
    const framed = framesOf(meant, clock, { ...context, subject: context.subject ?? firstNamed }, indices);
    for (const frame of framed.frames) {
      const judged = judgementOf(data, frame, written);
      if (judged !== undefined) claims.push(claimOf(text, frame, judged));
    }
    watch.push(...watchEntries(data, text, lower, span, meant, clock, framed.context.index));
    context = framed.context;
  }
  return {
    text,
    written,
    claims,
    watch: distinctWatch(watch),
    findings: findingsOf(written, said, cut, claims.length),
  };
}

/** Names that are not only what another one is compared with: "passed Moutai". */
const subjectsIn = (tokens: readonly Token[]): string[] =>
  tokens.flatMap((token, i) => {
    const compared =
      tokens[i - 1]?.meanings.some((one) => one.is === 'event' && one.event === 'passed') === true;
    return compared ? [] : (entityOf(token) ?? []);
  });

/** No sentence is longer; what is, is taken in parts, so that the work grows with the text and no faster. */
const MOST_TOKENS = 160;

function inParts(tokens: readonly Token[]): Tokenized[] {
  const parts: Tokenized[] = [];
  for (let at = 0; at < tokens.length; at += MOST_TOKENS) {
    const part = tokens.slice(at, at + MOST_TOKENS);
    parts.push({ span: { start: part[0].start, end: part[part.length - 1].end }, tokens: part });
  }
  return parts;
}

/** Lower case with every character in its place: a few letters grow when they are made small. */
function lowerCase(text: string): string {
  const lower = text.toLowerCase();
  return lower.length === text.length
    ? lower
    : Array.from({ length: text.length }, (_, i) =>
        text[i].toLowerCase().length === 1 ? text[i].toLowerCase() : text[i],
      ).join('');
}

function standIn(
  token: Token,
  context: Context,
  firstNamed: string | undefined,
  usual: ClaimData['usual'],
): Token {
  const id = entityOf(token);
  if (id === undefined || !id.startsWith('@')) return token;
  const named = context.subject ?? firstNamed;
  const meant =
    id === '@index'
      ? (context.index ?? usual.index)
      : id === '@chipmaker' && named !== undefined && NO_CHIPMAKERS.has(named)
        ? usual.security
        : named;
  const rest = token.meanings.filter((one) => one.is !== 'entity');
  return { ...token, meanings: meant === undefined ? rest : [{ is: 'entity', id: meant }, ...rest] };
}

interface Tokenized {
  readonly span: Span;
  readonly tokens: readonly Token[];
}

/**
 * The day the text was written: a date alone in its first lines, else the latest day it names that is not a day to come.
 * Where it names none, the last day of the data stands in, and is said to.
 */
function dateOf(data: ClaimData, sentences: readonly Tokenized[]): AsOf {
  const last = lastOf(data);
  const clock: Clock = { written: last, sessionsBack: (day, count) => sessionsBack(data, day, count) };
  const named = sentences.map(({ span, tokens }) => ({
    span,
    days: daysIn(tokens, clock),
    toCome: tokens.some((token) =>
      token.meanings.some((one) => one.is === 'event' && one.event === 'effective'),
    ),
  }));
  const dateline = named
    .slice(0, 3)
    .find(({ span, days }) => days.length === 1 && days[0].full && span.end - span.start <= DATELINE);
  if (dateline !== undefined) return { written: dateline.days[0].day, known: true };
  const past = named.filter(({ toCome }) => !toCome).flatMap(({ days }) => days);
  const all = past.length > 0 ? past : named.flatMap(({ days }) => days);
  if (all.length === 0) return { written: last, known: false };
  return { written: Math.max(...all.map(({ day }) => day)) as Day, known: true };
}

/** `BEIJING, Sept 12, 2025 (Reuters)`: longer lines say more than when they were written. */
const DATELINE = 48;

function daysIn(tokens: readonly Token[], clock: Clock): { readonly day: Day; readonly full: boolean }[] {
  const days: { day: Day; full: boolean }[] = [];
  for (let at = 0; at < tokens.length;) {
    const found = timeAt(tokens, at, clock);
    if (
      found?.time.kind === 'day' &&
      !tokens[at].meanings.some((one) => one.is === 'relative' || one.is === 'weekday')
    )
      days.push({ day: found.time.day, full: found.time.yearWritten });
    const { time } = found ?? {};
    if (time?.kind === 'closes' && time.to !== clock.written) days.push({ day: time.to, full: false });
    // `the week to September 5`, but not `last week`.
    if (time?.kind === 'window' && time.name === 'week' && (found?.tokens ?? 0) > 1)
      days.push({ day: time.to, full: false });
    at += found?.tokens ?? 1;
  }
  return days;
}

function lastOf(data: ClaimData): Day {
  const series = data.series.get(data.usual.security);
  return (
    series === undefined
      ? data.calendar.days[data.calendar.days.length - 1]
      : series.days[series.days.length - 1]
  ) as Day;
}

/** The session that many sessions before a day; the day itself outside the calendar. */
function sessionsBack(data: ClaimData, day: Day, count: number): Day {
  const { days } = data.calendar;
  if (day <= days[count] || day > days[days.length - 1]) return day;
  return shiftSessions(data.calendar, day, -count);
}

function claimOf(text: string, frame: Frame, judged: NonNullable<ReturnType<typeof judgementOf>>): Claim {
  const { quantity } = frame;
  const { verdict, slip, figure, why, readings } = judged;
  return {
    start: frame.start,
    end: frame.end,
    quote: text.slice(frame.start, frame.end),
    metric: frame.metric ?? frame.event ?? 'price',
    entities: [
      frame.metric === 'weight' || frame.metric === 'flow' ? frame.company : frame.entity,
      frame.other,
      ...(INDEXED.has(frame.metric ?? '') ? [frame.index] : []),
    ].filter((id, i, all): id is string => id !== undefined && all.indexOf(id) === i),
    claimed:
      quantity === undefined
        ? Number.NaN
        : (frame.sign === -1 && (quantity.unit === 'fraction' || quantity.unit === 'points') ? -1 : 1) *
          quantity.value,
    ...(quantity?.high !== undefined && { claimedHigh: quantity.high }),
    claimedUnit: quantity === undefined ? 'words' : claimedUnit(quantity, figure?.unit),
    claimedText:
      quantity === undefined ? text.slice(frame.start, frame.end) : text.slice(quantity.start, quantity.end),
    ...(figure && { figure }),
    verdict,
    ...(slip && { slip }),
    why,
    readings,
  };
}

/** Metrics whose claims are about an index as well. */
const INDEXED: ReadonlySet<string> = new Set([
  'weight',
  'topFive',
  'topTen',
  'cap',
  'topFiveCap',
  'members',
  'trackedAssets',
  'flow',
]);

function claimedUnit({ unit }: Quantity, of: FigureUnit | undefined): FigureUnit {
  switch (unit) {
    case 'none':
      return of ?? 'count';
    case 'CNY':
    case 'USD':
      return of === `${unit} per share` ? of : unit;
    case 'HKD':
      return 'count';
    default:
      return unit;
  }
}

/** The same day for the same reason once, in order. */
function distinctWatch(entries: readonly WatchEntry[]): WatchEntry[] {
  const seen = new Map(entries.map((entry) => [`${entry.day} ${entry.what.en}`, entry]));
  return [...seen.values()].toSorted((a, b) => a.day - b.day || a.start - b.start);
}

function findingsOf(written: AsOf, said: Day | undefined, cut: number, claims: number): Finding[] {
  const day = formatDay(written.written);
  return [
    ...(written.known
      ? said === undefined
        ? [
            {
              code: 'text_date_read',
              subject: day,
              message: `taken as written on ${day}, the date it names; say another with --date`,
            },
          ]
        : []
      : [
          {
            code: 'text_date_assumed',
            subject: day,
            message: `the text names no day it was written on; held against the data up to ${day}, say the day with --date`,
          },
        ]),
    ...(cut > 0
      ? [
          {
            code: 'text_cut',
            subject: 'text',
            message: `${cut} characters at the end were not read; it is longer than is taken at once`,
          },
        ]
      : []),
    ...(claims >= MOST_CLAIMS
      ? [
          {
            code: 'claims_cut',
            subject: 'text',
            message: `the first ${claims} claims were checked; there are more`,
          },
        ]
      : []),
  ];
}
