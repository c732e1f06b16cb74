/** One security netted over all indices of which a trade is known, as table, JSON document and sheet. */
import {
  enhancedLeg,
  flowsOf,
  formatDay,
  net,
  provenanceOf,
  Refusal,
  type EnhancedFunds,
  type Finding,
  type IndexData,
  type Language,
  type Leg,
  type Netted,
  type ReviewRun,
  type SecurityId,
} from '../../core/index.js';
import type { PublishedLeg } from '../../data/legs.js';
import { daysToTrade, money, shareCount } from '../format.js';
import type { Result } from '../output.js';
import { renderTable, wrap, type Column } from '../table.js';
import { word, type WordKey } from '../words/words.js';
import { findingsJson, headingLines, moneyJson, namingOf } from './shared.js';

interface NetView {
  readonly security: SecurityId;
  /** Printed trades in it, of any review. */
  readonly printed: readonly PublishedLeg[];
  readonly enhanced?: EnhancedFunds | undefined;
}

/** @throws Refusal `no_legs` */
export function netResult(data: IndexData, run: ReviewRun, view: NetView, language: Language): Result {
  const { security: id, enhanced } = view;
  const { effective } = run.dates;
  const naming = namingOf(data, language);
  const flows = flowsOf(data, run);
  const trade = flows.trades.find((one) => one.id === id);
  const printed = view.printed.filter((leg) => leg.effective === effective && leg.knownOn <= run.knownAt);
  if (trade === undefined && printed.length === 0) {
    throw new Refusal(
      'no_legs',
      `no index in the data set trades ${id} at the review of ${formatDay(effective)}`,
      { id },
    );
  }
  const row = run.snapshots.atSwap.securities.findIndex((security) => security.id === id);
  const price = run.snapshots.atSwap.price[row];
  const passive: Leg[] =
    trade === undefined
      ? []
      : [
          {
            index: data.rulebook.id,
            value: trade.value,
            shares: trade.shares,
            basis: 'computed',
            trackers: `${flows.assets.scope}, feeders ${flows.assets.feeders}`,
            source: flows.assets.source,
          },
        ];
  const legs: Leg[] = [
    ...passive,
    ...(enhanced === undefined ? [] : passive.map((leg) => enhancedLeg(leg, flows.assets.amount, enhanced))),
    ...printed.map((leg) => ({
      index: leg.index,
      value: leg.value,
      shares: leg.value / price,
      basis: 'published' as const,
      trackers: 'as printed',
      source: leg.source,
    })),
  ];
  const netted = net(legs, run.snapshots.atSwap.adv20Value[row]);
  const findings: Finding[] = [
    ...printed.map((leg) => ({ code: 'leg_published', subject: leg.index, message: leg.note })),
    ...enhancedFindings(id, enhanced),
    {
      code: 'legs_incomplete',
      subject: id,
      message: 'indices without data here and segregated accounts are not in the sum',
    },
    ...flows.findings,
  ];
  const { currency } = data.rulebook;
  return {
    json: {
      security: id,
      effective: formatDay(effective),
      legs: legs.map((leg) => ({ ...leg, value: moneyJson(leg.value, currency) })),
      net: {
        shares: netted.shares,
        value: moneyJson(netted.value, currency),
        daysToTrade: netted.daysToTrade,
      },
      provenance: provenanceOf(run),
      findings: findingsJson(findings),
    },
    sheets: [{ name: 'legs', rows: legs.map((leg) => ({ ...leg })) }],
    lines: [
      ...headingLines(run, language),
      `${naming.code(id)} ${naming.name(id)}`,
      '',
      ...legTable(netted, language),
    ],
    findings,
  };
}

function enhancedFindings(subject: string, enhanced: EnhancedFunds | undefined): Finding[] {
  return enhanced === undefined
    ? [
        {
          code: 'enhanced_unknown',
          subject,
          message: 'no assets of enhanced index funds are in the data; --enhanced and --fraction add them',
        },
      ]
    : [
        {
          code: 'enhanced_assumed',
          subject,
          message: `enhanced funds are taken to trade ${Number((100 * enhanced.fraction).toPrecision(6))} % of the passive trade; their assets and this share are those of the request`,
        },
      ];
}

const BASIS: Readonly<Record<Leg['basis'], WordKey>> = {
  computed: 'computed',
  published: 'figure',
  assumed: 'assumed',
};

function legTable(netted: Netted, language: Language): string[] {
  const keys: readonly WordKey[] = ['leg', 'basis', 'shares', 'value', 'days'];
  const row = (
    name: string,
    basis: string,
    of: { shares: number; value: number },
    days: string,
  ): string[] => [name, basis, shareCount(of.shares, language), money(of.value, language, true), days];
  return [
    ...renderTable(
      keys.map((key, i): Column => ({ title: word(key, language), align: i < 2 ? 'left' : 'right' })),
      [
        ...netted.legs.map((leg) => row(leg.index, word(BASIS[leg.basis], language), leg, '')),
        row(word('net', language), '', netted, daysToTrade(netted.daysToTrade)),
      ],
    ),
    ...netted.legs.flatMap((leg) => wrap(`${leg.index}: ${leg.trackers}; ${leg.source}`, 98, '    ')),
  ];
}
