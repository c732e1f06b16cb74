/** Trading ahead of a forced trade, as table, JSON document and sheets. */
import { formatDay, provenanceOf, type AheadRun, type IndexData, type Language } from '../../core/index.js';
import { money, percent, points, shareCount } from '../format.js';
import type { Result } from '../output.js';
import { joinParts, renderTable, type Column } from '../table.js';
import { word, type WordKey } from '../words/words.js';
import { datesJson, findingsJson, headingLines, moneyJson, namingOf } from './shared.js';

const bps = (fraction: number): number => fraction * 1e4;
const signed = (fraction: number): string => `${fraction > 0 ? '+' : ''}${bps(fraction).toFixed(1)}`;

export function aheadResult(data: IndexData, run: AheadRun, language: Language): Result {
  const { impact, crowding, moves, findings } = run;
  const { trade, review } = impact;
  const w = (key: WordKey): string => word(key, language);
  const naming = namingOf(data, language);
  const crowd = crowding.map((row) => ({ aheadOfFlow: row.aheadOfFlow, gainBps: bps(row.gain) }));
  const atMoves = moves.map(({ move, flowShares, flowValue, gain }) => ({
    move,
    flowShares,
    flowValue,
    gainBps: bps(gain),
  }));
  const unit = w('basisPoints');
  return {
    json: {
      security: trade.id,
      index: review.methodology.rulebook.id,
      dates: datesJson(review),
      knownAt: formatDay(review.knownAt),
      side: trade.side,
      shares: run.shares,
      flow: { shares: trade.shares, value: moneyJson(trade.value, data.rulebook.currency) },
      gainBps: bps(run.gain),
      band: run.band.map(bps),
      feesBps: bps(run.fees),
      breakEven: run.breakEven,
      sessionsLeft: run.sessionsLeft,
      priceRiskBps: bps(run.priceRisk),
      crowding: crowd,
      moves: atMoves.map((row) => ({ ...row, flowValue: moneyJson(row.flowValue, data.rulebook.currency) })),
      provenance: provenanceOf(review),
      findings: findingsJson(findings),
    },
    sheets: [
      { name: 'crowding', rows: crowd },
      { name: 'moves', rows: atMoves },
    ],
    lines: [
      ...headingLines(review, language),
      ...joinParts([
        `${w('aheadOf')} ${naming.code(trade.id)} ${naming.name(trade.id)} ${money(trade.value, language, true)}`,
        `${w(trade.side === 'buy' ? 'buys' : 'sells')} ${shareCount(run.shares, language).slice(1)}`,
        `${w('gainPerShare')} ${signed(run.gain)} ${unit} (${run.band.map(signed).join(' .. ')})`,
        `${w('partFees')} ${bps(run.fees).toFixed(1)} ${unit}`,
        `${w('priceRisk')} ${run.sessionsLeft} ${w('sessions')}: ${bps(run.priceRisk).toFixed(0)} ${unit}`,
      ]),
      '',
      ...renderTable(
        [right(w('aheadOverFlow')), right(`${w('gainPerShare')} ${unit}`)],
        crowding.map(({ aheadOfFlow, gain }) => [aheadOfFlow.toFixed(2), signed(gain)]),
      ),
      `${w('breakEven')} ${run.breakEven.toFixed(2)}`,
      '',
      ...renderTable(
        [right(w('priceMove')), right(w('shares')), right(w('value')), right(`${w('gainPerShare')} ${unit}`)],
        moves.map(({ move, flowShares, flowValue, gain }) => [
          move === 0 ? percent(0) : points(move),
          flowShares === 0 ? '0' : shareCount(flowShares, language),
          money(flowValue, language, true),
          signed(gain),
        ]),
      ),
    ],
    findings,
  };
}

const right = (title: string): Column => ({ title, align: 'right' });
