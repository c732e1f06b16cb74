/** What was sent over FIX and what was answered; sessions and refusals. */
import {
  ENGINE_VERSION,
  formatDay,
  yuanOf,
  type GatewayAnswer,
  type Language,
  type OrderReport,
} from '../../core/index.js';
import type { FixRefusal, KeptSession } from '../../data/fixStore.js';
import type { Result } from '../output.js';
import { renderTable, type Column } from '../table.js';
import { word, type WordKey } from '../words/words.js';

const right = (title: string): Column => ({ title, align: 'right' });
const left = (title: string): Column => ({ title, align: 'left' });

export interface SentRow {
  readonly id: string;
  readonly action: string;
  readonly answer: GatewayAnswer;
  /** Of an order: how it stands by the last report. */
  readonly report: OrderReport | undefined;
}

const provenance = { data: null, rulebook: null, reading: {}, engine: ENGINE_VERSION };

const answerWord = (answer: GatewayAnswer): 'refused' | 'again' | 'taken' =>
  answer.taken ? (answer.again ? 'again' : 'taken') : 'refused';

const ANSWER_WORDS = { refused: 'refusedAnswer', again: 'againAnswer', taken: 'takenAnswer' } as const;

export function sentResult(sent: readonly SentRow[], language: Language): Result {
  const w = (key: WordKey): string => word(key, language);
  const rows = sent.map(({ id, action, answer, report }) => ({
    id,
    action,
    answer: answerWord(answer),
    order: report?.orderId ?? null,
    state: report?.state ?? null,
    filled: report?.filled ?? null,
    price: report?.averagePrice ?? null,
    text: answer.taken ? (report?.reason ?? null) : answer.text,
  }));
  const columns = [
    left(w('requestId')),
    left(w('action')),
    left(w('answer')),
    left(w('orderNumber')),
    left(w('state')),
    right(w('filledShares')),
    right(w('execPrice')),
  ];
  const refused = rows.filter(({ answer }) => answer === 'refused');
  return {
    json: { requests: rows, refused: refused.length, provenance, findings: [] },
    sheets: [{ name: 'requests', rows }],
    lines: [
      ...renderTable(
        columns,
        rows.map((row) => [
          row.id,
          row.action,
          w(ANSWER_WORDS[row.answer]),
          row.order ?? '',
          row.state === null ? '' : w(row.state),
          row.filled === null ? '' : String(row.filled),
          row.price === null ? '' : row.price.toFixed(2),
        ]),
      ),
      ...refused.map(({ id, text }) => `${id}: ${text}`),
    ],
    findings: [],
  };
}

/** Every report, in the order they came. */
export function reportsResult(reports: readonly OrderReport[], language: Language): Result {
  const w = (key: WordKey): string => word(key, language);
  const rows = reports.map(({ kind, day, orderId, clientId, other, terms, state, filled, last, reason }) => ({
    date: formatDay(day),
    report: kind,
    id: clientId ?? null,
    other: other ?? null,
    order: orderId,
    security: terms.security,
    side: terms.side,
    quantity: terms.quantity,
    state,
    filled,
    price: last === undefined ? null : yuanOf(last.price),
    reason: reason ?? null,
  }));
  const columns = [
    left(w('date')),
    left(w('report')),
    left(w('requestId')),
    left(w('orderNumber')),
    left(w('code')),
    left(w('side')),
    right(w('shares')),
    right(w('filledShares')),
    right(w('execPrice')),
  ];
  return {
    json: { reports: rows, provenance, findings: [] },
    sheets: [{ name: 'reports', rows }],
    lines: renderTable(
      columns,
      rows.map((row) => [
        row.date,
        w(REPORT_WORDS[row.report]),
        row.id ?? '',
        row.order,
        row.security,
        w(row.side),
        String(row.quantity),
        String(row.filled),
        row.price === null ? '' : row.price.toFixed(2),
      ]),
    ),
    findings: [],
  };
}

const REPORT_WORDS: Readonly<Record<OrderReport['kind'], WordKey>> = {
  new: 'newReport',
  armed: 'armedReport',
  triggered: 'triggeredReport',
  reduced: 'reducedReport',
  filled: 'filled',
  cancelled: 'cancelled',
  replaced: 'replacedReport',
  expired: 'expired',
  status: 'state',
};

export function sessionsResult(
  sessions: readonly (KeptSession & { readonly id: string })[],
  refusals: readonly FixRefusal[],
  language: Language,
): Result {
  const w = (key: WordKey): string => word(key, language);
  const rows = sessions.map(({ id, epoch, nextIn, nextOut }) => ({
    session: id,
    nextIn,
    nextOut,
    resets: epoch - 1,
  }));
  const refused = refusals.map(({ at, ...rest }) => ({ at: timeText(at), ...rest }));
  return {
    json: { sessions: rows, refusals: refused, provenance, findings: [] },
    sheets: [
      { name: 'sessions', rows },
      { name: 'refusals', rows: refused },
    ],
    lines: [
      ...renderTable(
        [left(w('fixSession')), right(w('nextIn')), right(w('nextOut')), right(w('resets'))],
        rows.map((row) => [row.session, String(row.nextIn), String(row.nextOut), String(row.resets)]),
      ),
      '',
      ...(refused.length === 0
        ? [w('noRefusals')]
        : [
            w('theRefusals'),
            ...renderTable(
              [left(w('time')), left(w('fixSession')), left(w('refusalCode')), left(w('reason'))],
              refused.map(({ at, session, code, text }) => [at, session, code, text]),
            ),
          ]),
    ],
    findings: [],
  };
}

/** ISO, UTC, to the second. */
export const timeText = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`;
