/** What an order would cost before it is placed, as lines, a JSON document and a sheet. */
import {
  formatDay,
  marketKindsOn,
  replayFinding,
  totalFees,
  yuanOf,
  type Account,
  type Language,
  type OrderPreview,
  type OrderRequest,
} from '../../core/index.js';
import type { Result } from '../output.js';
import { renderTable } from '../table.js';
import { word, type WordKey } from '../words/words.js';
import { accountProvenance, clockJson, clockRow, left, right } from './ordersResult.js';
import { cny, cnyJson, conditionText } from './orderWords.js';
import { findingsJson } from './shared.js';

export function previewResult(
  name: string,
  account: Account,
  request: OrderRequest,
  preview: OrderPreview,
  language: Language,
): Result {
  const w = (key: WordKey): string => word(key, language);
  const { session, rules, range, previousClose, objections, nearest, fees, impact } = preview;
  const { security, side, quantity, limit, condition } = request;
  const findings = [replayFinding(account.fills), ...preview.findings];
  const total = totalFees(fees);
  const rows: readonly (readonly [WordKey, number, string])[] = [
    ['price', yuanOf(preview.at), cny(preview.at)],
    ['value', yuanOf(preview.value), cny(preview.value)],
    ['stamp', yuanOf(fees.stamp), cny(fees.stamp)],
    ['transfer', yuanOf(fees.transfer), cny(fees.transfer)],
    ['commission', yuanOf(fees.commission), cny(fees.commission)],
    ['passedOn', yuanOf(preview.passedOn), cny(preview.passedOn)],
    ['fees', yuanOf(total), cny(total)],
    ['cashAfter', yuanOf(preview.cashAfter), cny(preview.cashAfter)],
    ['sharesAfter', preview.sharesAfter, String(preview.sharesAfter)],
    ...(impact === undefined
      ? []
      : ([
          ['participation', impact.participation, `${(impact.participation * 100).toFixed(3)} %`],
          ['impactCost', impact.cost * 1e4, (impact.cost * 1e4).toFixed(2)],
          ['impactPeak', impact.peak * 1e4, (impact.peak * 1e4).toFixed(2)],
        ] as const)),
  ];
  return {
    json: {
      account: name,
      day: formatDay(account.day),
      clock: clockJson(account),
      session: formatDay(session),
      order: {
        security,
        side,
        quantity,
        limit: limit === undefined ? null : yuanOf(limit),
        when: conditionText(condition),
        kind: request.kind ?? null,
        during: request.during ?? null,
        peak: request.peak ?? null,
      },
      accepted: objections.length === 0,
      objections: objections.map(({ code, message }) => ({
        code,
        message: message.en,
        messageZh: message.zh,
      })),
      nearest:
        nearest === undefined
          ? null
          : {
              quantity: nearest.quantity,
              limit: nearest.limit === undefined ? null : yuanOf(nearest.limit),
            },
      rules: {
        board: rules.board,
        from: rules.from,
        least: rules.sizes.least,
        step: rules.sizes.step,
        most: limit === undefined ? rules.sizes.marketOrder : rules.sizes.limitOrder,
        lowest: range === undefined ? null : yuanOf(range.lowest),
        highest: range === undefined ? null : yuanOf(range.highest),
        previousClose: yuanOf(previousClose),
        lastPrice: preview.now === undefined ? null : yuanOf(preview.now),
        source: rules.source.en,
        sourceZh: rules.source.zh,
        confidence: rules.confidence,
        kinds: marketKindsOn(rules),
        afterHours: rules.afterHours,
      },
      price: yuanOf(preview.at),
      value: cnyJson(preview.value),
      fees: {
        stamp: cnyJson(fees.stamp),
        transfer: cnyJson(fees.transfer),
        commission: cnyJson(fees.commission),
        passedOn: cnyJson(preview.passedOn),
        total: cnyJson(total),
      },
      cashAfter: cnyJson(preview.cashAfter),
      sharesAfter: preview.sharesAfter,
      impact:
        impact === undefined
          ? null
          : {
              model: 'square-root',
              adv20Shares: impact.advShares,
              participation: impact.participation,
              costBps: impact.cost * 1e4,
              peakBps: impact.peak * 1e4,
              band: impact.band.map((cost) => cost * 1e4),
            },
      provenance: accountProvenance(account),
      findings: findingsJson(findings),
    },
    sheets: [{ name: 'preview', rows: rows.map(([what, amount]) => ({ what, amount })) }],
    get lines() {
      return [
        `${w(side)} ${quantity} ${security}, ${w('session')} ${clockRow(account) ?? formatDay(session)}`,
        ...objections.map(({ message }) => `${w('objection')}: ${message[language]}`),
        '',
        ...renderTable(
          [left(w('what')), right(w('amount'))],
          rows.map(([key, , shown]) => [w(key), shown]),
        ),
      ];
    },
    findings,
  };
}
