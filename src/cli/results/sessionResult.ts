/** A replayed day: its bar, half hour by half hour, and every minute in the exports. */
import {
  contentHash,
  ENGINE_VERSION,
  formatDay,
  type IndexData,
  type Language,
  type SessionRun,
} from '../../core/index.js';
import { percent, shareCount } from '../format.js';
import type { Result } from '../output.js';
import { joinParts, renderTable, type Column } from '../table.js';
import { word, type WordKey } from '../words/words.js';
import { findingsJson, namingOf } from './shared.js';

export function sessionResult(data: IndexData, run: SessionRun, language: Language): Result {
  const { request, bar, path, session, halfHours, findings } = run;
  const w = (key: WordKey): string => word(key, language);
  const naming = namingOf(data, language);
  const minutes = Array.from(path.clocks, (clock, i) => ({
    time: timeOf(clock),
    price: path.prices[i] / 100,
    volume: path.volumes[i],
  }));
  const right = (key: WordKey): Column => ({ title: w(key), align: 'right' });
  const price = (fen: number): string => (fen / 100).toFixed(2);
  return {
    json: {
      security: request.security,
      date: formatDay(request.day),
      bar: {
        open: bar.open / 100,
        high: bar.high / 100,
        low: bar.low / 100,
        close: bar.close / 100,
        volume: bar.volume,
      },
      onTheBook: {
        open: session.open / 100,
        high: session.high / 100,
        low: session.low / 100,
        close: session.close / 100,
        volume: session.volume,
        closingVolume: session.closingVolume,
        trades: session.tape.count,
      },
      minutes,
      provenance: {
        data: contentHash([
          request.security,
          formatDay(request.day),
          bar.open,
          bar.high,
          bar.low,
          bar.close,
          bar.volume,
        ]),
        rulebook: `${session.day.name}@${session.day.board?.from ?? ''}`,
        reading: {},
        engine: ENGINE_VERSION,
        seed: request.seed,
      },
      findings: findingsJson(findings),
    },
    sheets: [{ name: 'minutes', rows: minutes }],
    lines: [
      ...joinParts([
        `${w('replayedDay')} ${naming.code(request.security)} ${naming.name(request.security)} ${formatDay(request.day)}`,
        `${price(bar.open)} ${price(bar.high)} ${price(bar.low)} ${price(bar.close)}`,
        `${shareCount(bar.volume, language).slice(1)}`,
        `${w('closingVolumePart')} ${percent(session.closingVolume / session.volume)}`,
        `${w('seedOf')} ${request.seed}`,
      ]),
      '',
      ...renderTable(
        [
          { title: w('halfHour'), align: 'left' },
          right('openPrice'),
          right('highPrice'),
          right('lowPrice'),
          right('lastPrice'),
          right('tradedShares'),
        ],
        halfHours.map((half) => [
          timeOf(half.from),
          price(half.open),
          price(half.high),
          price(half.low),
          price(half.last),
          shareCount(half.volume, language).slice(1),
        ]),
      ),
    ],
    findings,
  };
}

/** `14:57`. */
function timeOf(clock: number): string {
  const minutes = Math.floor(clock / 60_000);
  return [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0')).join(':');
}
