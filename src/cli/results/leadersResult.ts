/** Leaderboards as table, JSON document and sheets. */
import {
  formatDay,
  type DocumentedPass,
  type Language,
  type LeadersRun,
  type Pass,
  type Words,
} from '../../core/index.js';
import { money, points } from '../format.js';
import type { Result } from '../output.js';
import { joinParts, renderTable, wrap, type Column } from '../table.js';
import { word, type WordKey } from '../words/words.js';
import { findingsJson, moneyJson, sourcesOf } from './shared.js';

/** Names of securities by code. */
export type Names = (id: string) => Words;

export function leadersResult(run: LeadersRun, names: Names, language: Language): Result {
  const { request, leaders, passes, returns, findings } = run;
  return {
    json: {
      by: request.by,
      at: formatDay(request.at),
      from: formatDay(request.from),
      leaders: leaders.map(({ id, value, day, inputs }, i) => ({
        rank: i + 1,
        id,
        name: names(id),
        value: moneyJson(value, 'CNY'),
        asOf: formatDay(day),
        inputs,
      })),
      passes: passes.map((pass) => passJson(pass, run, names)),
      against: request.by === 'index' ? request.against : null,
      returns: returns.map(({ from, to, over, ...row }) => ({
        ...row,
        from: formatDay(from),
        to: formatDay(to),
        over: over ?? null,
      })),
      provenance: run.provenance,
      findings: findingsJson(findings),
    },
    sheets: [
      request.by === 'index'
        ? {
            name: 'returns',
            rows: returns.map(({ id, from, to, return: gained, closes, over, inputs }) => ({
              id,
              from: formatDay(from),
              to: formatDay(to),
              firstClose: closes[0],
              lastClose: closes[1],
              return: gained,
              over: over ?? Number.NaN,
              source: sourcesOf(inputs),
            })),
          }
        : {
            name: 'leaders',
            rows: leaders.map(({ id, value, day, inputs }) => ({
              id,
              name: names(id).en,
              value,
              asOf: formatDay(day),
              source: sourcesOf(inputs),
            })),
          },
      {
        name: 'passes',
        rows: passes.map(({ day, challenger, holder, intraday, atClose }) => ({
          day: formatDay(day),
          high: challenger.high,
          close: challenger.close,
          otherLow: holder.low,
          otherHigh: holder.high,
          otherClose: holder.close,
          intraday,
          atClose,
          source: BARS,
        })),
      },
    ],
    lines: request.by === 'index' ? returnLines(run, language) : leaderLines(run, names, language),
    findings,
  };
}

/** Table of open, high, low and close. */
const BARS = 'bars.parquet';

const passJson = (
  { day, challenger, holder, intraday, atClose, documented }: Pass,
  run: LeadersRun,
  names: Names,
) => ({
  day: formatDay(day),
  challenger: { id: run.challenger, name: names(run.challenger), ...challenger, source: BARS },
  holder: { id: run.holder, name: names(run.holder), ...holder, source: BARS },
  intraday,
  atClose,
  documented: documented.map(({ what, source }: DocumentedPass) => ({ what, source })),
});

const left = (title: string): Column => ({ title, align: 'left' });
const right = (title: string): Column => ({ title, align: 'right' });

function leaderLines(run: LeadersRun, names: Names, language: Language): string[] {
  const w = (key: WordKey): string => word(key, language);
  const { request, leaders, passes } = run;
  const title = request.by === 'price' ? 'leadersByPrice' : 'leadersByCap';
  const rows = leaders.map(({ id, value, day }, i) => [
    String(i + 1),
    id,
    names(id)[language],
    request.by === 'price' ? value.toFixed(2) : money(value, language),
    formatDay(day),
  ]);
  return [
    `${w(title)}, ${formatDay(request.at)}`,
    '',
    ...renderTable([right('#'), left(w('code')), left(w('name')), right('CNY'), left(w('close'))], rows),
    ...(passes.length > 0 ? passLines(run, names, language) : []),
  ];
}

/** Days shown in the terminal; all are in the export. */
const SHOWN = 8;

function passLines({ passes, challenger, holder }: LeadersRun, names: Names, language: Language): string[] {
  const w = (key: WordKey): string => word(key, language);
  const rows = passes
    .slice(0, SHOWN)
    .map((pass) => [
      formatDay(pass.day),
      pass.challenger.high.toFixed(2),
      pass.challenger.close.toFixed(2),
      `${pass.holder.low.toFixed(2)}-${pass.holder.high.toFixed(2)}`,
      pass.holder.close.toFixed(2),
      intradayWord(pass.intraday, language),
      pass.atClose ? w('yes') : w('no'),
    ]);
  return [
    '',
    `${w('passes')}: ${challenger} ${names(challenger)[language]}, ${holder} ${names(holder)[language]}`,
    ...renderTable(
      [
        left(w('date')),
        right(`${challenger} ${w('highest')}`),
        right(w('close')),
        right(holder),
        right(w('close')),
        left(w('intraday')),
        left(w('aboveAtClose')),
      ],
      rows,
    ),
    ...passes.flatMap(({ day, documented }) =>
      documented.flatMap(({ what }) => wrap(`  ${formatDay(day)} ${w('documentedAs')}: ${what}`)),
    ),
  ];
}

const INTRADAY: Readonly<Record<Pass['intraday'], Readonly<Record<Language, string>>>> = {
  certain: { en: 'certain', zh: '确定' },
  possible: { en: 'possible', zh: '可能' },
  no: { en: 'no', zh: '否' },
};

const intradayWord = (intraday: Pass['intraday'], language: Language): string => INTRADAY[intraday][language];

function returnLines({ request, returns }: LeadersRun, language: Language): string[] {
  const w = (key: WordKey): string => word(key, language);
  return [
    ...joinParts([
      `${w('leadersByReturn')} ${formatDay(request.from)} - ${formatDay(request.at)}`,
      `${w('over')} ${request.against}`,
    ]),
    '',
    ...renderTable(
      [left(w('index')), left(w('fromDay')), left(w('toDay')), right('%'), right(`${w('over')} pp`)],
      returns.map(({ id, from, to, return: gained, over }) => [
        id,
        formatDay(from),
        formatDay(to),
        points(gained),
        over === undefined ? '-' : points(over),
      ]),
    ),
  ];
}
