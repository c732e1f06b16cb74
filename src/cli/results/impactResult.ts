/** Impact of an order, model beside model, as table, JSON document and sheets. */
import type {
  EvidenceRow,
  Finding,
  Impact,
  ImpactModelName,
  ImpactRun,
  IndexData,
  Language,
  Liquidity,
  Order,
} from '../../core/index.js';
import { evidenceLike, formatDay, reversalPath } from '../../core/index.js';
import { money, percent, points, shareCount } from '../format.js';
import type { ExportRow, Result } from '../output.js';
import { joinParts, renderTable, wrap, type Column } from '../table.js';
import { word, type WordKey } from '../words/words.js';
import { datesJson, findingsJson, headingLines, moneyJson, namingOf } from './shared.js';

export interface ImpactView {
  readonly order: Order;
  readonly liquidity: Liquidity;
  readonly rows: readonly Impact[];
  readonly findings: readonly Finding[];
  readonly provenance: object;
  /** Model asked for; the square root leads when none was. */
  readonly model: ImpactModelName | undefined;
  /** Where the order comes from; absent for an order of one's own. */
  readonly forced?: { readonly run: ImpactRun; readonly data: IndexData };
  /** What such events did elsewhere. */
  readonly evidence?: readonly EvidenceRow[];
}

/** Names printed of those that move together; the JSON has all. */
const PRINTED = 8;

export function impactResult(view: ImpactView, language: Language): Result {
  const { order, liquidity, provenance, model, forced, evidence } = view;
  const rows = model === undefined ? view.rows : view.rows.filter((row) => row.model === model);
  const findings =
    model === undefined
      ? view.findings
      : view.findings.filter(
          ({ subject }) => subject === model || !view.rows.some((row) => row.model === subject),
        );
  const value = forced?.run.trade.value;
  // Other models say themselves what stays, or say nothing of the way there.
  const ofLaw = rows.some((row) => row.model.startsWith('square-root'));
  return {
    json: {
      ...jsonOf(rows[0]),
      order: {
        shares: order.shares,
        days: order.days,
        participation: Math.abs(order.shares) / liquidity.advShares,
      },
      liquidity: {
        advShares: liquidity.advShares,
        volatility: liquidity.volatility,
        sharesOutstanding: Number.isNaN(liquidity.sharesOutstanding) ? null : liquidity.sharesOutstanding,
        spread: Number.isNaN(liquidity.spread) ? null : liquidity.spread,
        lambda: liquidity.lambda ?? null,
      },
      models: rows.map((row) => ({
        ...jsonOf(row),
        ...(forced && {
          costValue: moneyJson(row.cost * Math.abs(forced.run.trade.value), forced.data.rulebook.currency),
        }),
      })),
      ...(ofLaw && { reversal: reversalPath(REVERSAL_SESSIONS) }),
      ...(forced && forcedJson(forced)),
      ...(evidence && { evidence }),
      provenance,
      findings: findingsJson(findings),
    },
    sheets: [
      { name: 'models', rows: rows.map((row) => sheetRow(row, value)) },
      ...(forced ? [{ name: 'together', rows: forced.run.book.map((row) => ({ ...row })) }] : []),
      ...(evidence ? [{ name: 'evidence', rows: evidence.map(evidenceRow) }] : []),
    ],
    lines: [
      ...headLines(view, language),
      '',
      ...modelLines(rows, value, language),
      ...(ofLaw ? ['', ...reversalLines(language)] : []),
      ...(forced && model === undefined && forced.run.book.length > 0
        ? ['', ...bookLines(forced, language)]
        : []),
      ...(evidence && model === undefined ? ['', ...evidenceLines(evidence, language)] : []),
    ],
    findings,
  };
}

/** Sessions after the last trade at which the rest of the peak is said. */
const REVERSAL_SESSIONS = [1, 5, 10, 20];

const bps = (fraction: number): number => fraction * 1e4;

function jsonOf({ model, temporary, permanent, peak, cost, band }: Impact): Record<string, unknown> {
  return {
    model,
    temporaryBps: bps(temporary),
    permanentBps: bps(permanent),
    peakBps: bps(peak),
    costBps: bps(cost),
    band: band.map(bps),
  };
}

function forcedJson({ run, data }: NonNullable<ImpactView['forced']>): Record<string, unknown> {
  const { currency } = data.rulebook;
  return {
    security: run.trade.id,
    index: run.review.methodology.rulebook.id,
    dates: datesJson(run.review),
    knownAt: formatDay(run.review.knownAt),
    measuredOn: formatDay(run.measuredOn),
    side: run.trade.side,
    value: moneyJson(run.trade.value, currency),
    together: run.book.map(({ id, value, eventReturn, laterReturn }) => ({
      id,
      value: moneyJson(value, currency),
      eventReturn,
      laterReturn,
    })),
  };
}

function sheetRow(row: Impact, value: number | undefined): ExportRow {
  const { model, temporary, permanent, peak, cost, band } = row;
  return {
    model,
    temporaryBps: bps(temporary),
    permanentBps: bps(permanent),
    peakBps: bps(peak),
    costBps: bps(cost),
    bandLowBps: bps(band[0]),
    bandHighBps: bps(band[1]),
    costValue: value === undefined ? null : cost * Math.abs(value),
  };
}

function headLines({ order, liquidity, forced }: ImpactView, language: Language): string[] {
  const w = (key: WordKey): string => word(key, language);
  const { advShares, volatility, sharesOutstanding, spread } = liquidity;
  const count = (shares: number): string => shareCount(shares, language).slice(1);
  const naming = forced && namingOf(forced.data, language);
  const whose =
    forced && naming
      ? `${naming.code(forced.run.trade.id)} ${naming.name(forced.run.trade.id)} ${money(forced.run.trade.value, language, true)}, `
      : '';
  return [
    ...(forced ? headingLines(forced.run.review, language) : []),
    ...joinParts([
      `${w('order')} ${whose}${shareCount(order.shares, language)} = ` +
        `${percent(Math.abs(order.shares) / advShares)} % ${w('ofVolume')}`,
      `${w('tradedOver')} ${order.days}`,
    ]),
    ...joinParts([
      `${w('liquidity')} ${w('volumeDay')} ${count(advShares)}`,
      `${w('volatility')} ${percent(volatility)} %`,
      ...(Number.isNaN(sharesOutstanding) ? [] : [`${w('sharesOutstanding')} ${count(sharesOutstanding)}`]),
      ...(Number.isNaN(spread) ? [] : [`${w('spread')} ${bps(spread).toFixed(1)} ${w('basisPoints')}`]),
    ]),
  ];
}

function modelLines(rows: readonly Impact[], value: number | undefined, language: Language): string[] {
  const unit = word('basisPoints', language);
  const right = (key: WordKey, of = ` ${unit}`): Column => ({
    title: word(key, language) + of,
    align: 'right',
  });
  return renderTable(
    [
      { title: word('model', language), align: 'left' },
      right('temporary'),
      right('permanent'),
      right('peak'),
      right('cost'),
      right('band'),
      ...(value === undefined ? [] : [right('inMoney', '')]),
    ],
    rows.map(({ model, temporary, permanent, peak, cost, band }) => [
      model,
      ...[temporary, permanent, peak, cost].map((size) => bps(size).toFixed(1)),
      `${bps(band[0]).toFixed(0)} - ${bps(band[1]).toFixed(0)}`,
      ...(value === undefined ? [] : [money(cost * Math.abs(value), language)]),
    ]),
  );
}

/** `What is left of the peak ... 1: 90 % (85 - 91), ...`. */
function reversalLines(language: Language): string[] {
  const whole = (fraction: number): string => (fraction * 100).toFixed(0);
  const said = reversalPath(REVERSAL_SESSIONS).map(
    ({ session, left, band }) => `${session}: ${whole(left)} % (${band.map(whole).join(' - ')})`,
  );
  return wrap(`${word('reversal', language)} ${said.join(', ')}`);
}

/** Names that the trades of all names together move most. */
function bookLines({ run, data }: NonNullable<ImpactView['forced']>, language: Language): string[] {
  const naming = namingOf(data, language);
  const right = (key: WordKey): Column => ({ title: word(key, language), align: 'right' });
  return [
    ...wrap(word('movedTogether', language)),
    ...renderTable(
      [
        { title: word('code', language), align: 'left' },
        { title: word('member', language), align: 'left', maxWidth: 24, shrinks: true },
        right('value'),
        right('eventReturn'),
        right('laterReturn'),
      ],
      run.book
        .slice(0, PRINTED)
        .map(({ id, value, eventReturn, laterReturn }) => [
          naming.code(id),
          naming.name(id),
          money(value, language, true),
          points(eventReturn),
          points(laterReturn),
        ]),
    ),
  ];
}

function evidenceRow({ years, after, note, ...row }: EvidenceRow): ExportRow {
  return {
    ...row,
    from: years[0],
    to: years[1],
    afterPercent: after?.percent ?? null,
    afterSessions: after?.sessions ?? null,
    noteEn: note?.en ?? '',
    noteZh: note?.zh ?? '',
  };
}

/** Of the index whose reviews can be run, ISO 3166. */
const MARKET = 'CN';

/** Whole samples with a number for what came after, and changes of weight alone; the JSON has all. */
function evidenceLines(rows: readonly EvidenceRow[], language: Language): string[] {
  const w = (key: WordKey): string => word(key, language);
  const right = (key: WordKey): Column => ({ title: w(key), align: 'right' });
  const told = evidenceLike(rows, MARKET).filter(
    ({ after, event, note }) => (after !== undefined && note === undefined) || event.startsWith('weight'),
  );
  const cited = new Map(told.map(({ citation, confidence }) => [citation, confidence]));
  return [
    ...wrap(w('seenElsewhere')),
    ...renderTable(
      [
        { title: w('index'), align: 'left' },
        { title: w('event'), align: 'left' },
        { title: w('years'), align: 'left' },
        right('effectPercent'),
        right('afterwards'),
        { title: w('source'), align: 'left' },
      ],
      told.map(({ index, event, years, effect, after, note, cite }) => [
        index,
        w(EVENT_WORDS[event]),
        [...new Set(years.map((year) => year ?? ''))].join('-'),
        effect === null ? '-' : signedPercent(effect),
        after ? signedPercent(after.percent) : (note?.[language].split(/[;；,，]/)[0] ?? '-'),
        cite,
      ]),
    ),
    ...[...cited].flatMap(([citation, confidence]) =>
      wrap(`${citation} (${w(CONFIDENCE_WORDS[confidence])})`),
    ),
  ];
}

const EVENT_WORDS: Readonly<Record<EvidenceRow['event'], WordKey>> = {
  addition: 'addition',
  deletion: 'deletion',
  'weight-up': 'weightUp',
  'weight-down': 'weightDown',
};

const CONFIDENCE_WORDS: Readonly<Record<EvidenceRow['confidence'], WordKey>> = {
  source: 'readInSource',
  secondary: 'readElsewhere',
  memory: 'fromMemory',
};

const signedPercent = (percentage: number): string => `${percentage > 0 ? '+' : ''}${percentage.toFixed(2)}`;
