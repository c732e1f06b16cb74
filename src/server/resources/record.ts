/** The record of forecasts: what was published, what came, and how good it was; only read here. */
import { join } from 'node:path';
import { Type } from 'typebox';
import {
  carriedTotals,
  flowFan,
  formatDay,
  scoreRecord,
  securityId,
  type IndexData,
} from '../../core/index.js';
import { recordProvenance, recordScoreResult } from '../../cli/results/recordResult.js';
import { findingsJson, moneyJson } from '../../cli/results/shared.js';
import { readRecord } from '../../data/recordStore.js';
import { dayOfText, IndexParams, isoDate, optionalDay, SecurityOfReviewParams } from '../http/schemas.js';
import type { App } from '../http/schemaTypes.js';
import { tableRoute } from '../http/tables.js';
import type { Services } from '../services.js';

/** Unlike elsewhere nothing is left out by default: a record is there to be looked back on. */
const ENTRIES = { knownAt: Type.Optional(isoDate('only entries of evenings up to this one; default: all')) };

export function recordRoutes(app: App, services: Services): void {
  /** Entries that were written by the evening asked for. */
  const recorded = async ({ rulebook }: IndexData, knownAt: string | undefined) => {
    const { entries, torn } = await readRecord(join(services.folders.record, `${rulebook.id}.jsonl`));
    const until = optionalDay('knownAt', knownAt) ?? Infinity;
    return { entries: entries.filter((entry) => entry.knownAt <= until), torn };
  };
  tableRoute(app, services, {
    url: '/indices/:id/record',
    tag: 'record',
    summary:
      'Scores of the published forecasts of an index: Brier, log score, CRPS, coverage, calibration, misses',
    params: IndexParams,
    query: { effective: Type.Optional(isoDate('only this review')), ...ENTRIES },
    answer: async ({ id }, { effective, knownAt }) => {
      const data = await services.library.data(id);
      const { entries, torn } = await recorded(data, knownAt);
      const scores = scoreRecord(
        entries,
        data.levels,
        effective === undefined ? undefined : dayOfText('effective', effective),
      );
      return { ...recordScoreResult(data, scores, entries, torn, 'en'), compact: true };
    },
  });
  tableRoute(app, services, {
    url: '/indices/:id/reviews/:effective/fan/:security',
    tag: 'record',
    summary: 'How the forecast flow of one security moved over the evenings before a review, and what came',
    params: SecurityOfReviewParams,
    query: ENTRIES,
    answer: async ({ id, effective, security }, { knownAt }) => {
      const data = await services.library.data(id);
      const { entries } = await recorded(data, knownAt);
      return fanTable(data, entries, effective, security);
    },
  });
}

function fanTable(
  data: IndexData,
  entries: Parameters<typeof flowFan>[0],
  effective: string,
  security: string,
) {
  const day = dayOfText('effective', effective);
  const id = securityId(security.slice(0, 6));
  const { days, came, swap } = flowFan(entries, data.levels, day, id);
  // The fan is about the weight; one total for all its days keeps the money from moving for another reason.
  const published = swap === undefined ? data.assets : carriedTotals(data.assets, data.levels, swap);
  const assets = published.findLast(({ knownOn }) => knownOn < day);
  const amount = assets?.amount ?? 1;
  const rows = days.map(({ knownAt, quantiles: [p05, p25, p50, p75, p95] }) => ({
    date: formatDay(knownAt),
    p05: p05 * amount,
    p25: p25 * amount,
    p50: p50 * amount,
    p75: p75 * amount,
    p95: p95 * amount,
  }));
  const findings =
    assets === undefined
      ? [
          {
            code: 'assets_missing',
            subject: id,
            message: 'no total is published: flows are shares of the assets',
          },
        ]
      : [];
  return {
    json: {
      index: data.rulebook.id,
      effective,
      security: id,
      trackedAssets: assets === undefined ? null : moneyJson(assets.amount, data.rulebook.currency),
      days: rows,
      came: came === undefined ? null : came * amount,
      provenance: recordProvenance(data.rulebook.id),
      findings: findingsJson(findings),
    },
    sheets: [{ name: 'fan', rows }],
  };
}
