/** `net --security ID --effective D`: what all indices and their trackers force in one security, netted. */
import {
  enhancedLeg,
  flowsOf,
  formatDay,
  InputError,
  net,
  provenanceOf,
  Refusal,
  securityId,
  type EnhancedFunds,
  type Finding,
  type Leg,
  type Netted,
} from '../../core/index.js';
import { publishedLegs } from '../../data/legs.js';
import { amountArgument, argumentError, numberArgument, type Context } from '../context.js';
import { daysToTrade, money, shareCount } from '../format.js';
import { emit } from '../output.js';
import { headingLines, findingsJson, moneyJson, namingOf } from '../results/shared.js';
import { openSession, runSession, type ReviewOptions } from '../session.js';
import { renderTable, wrap, type Column } from '../table.js';
import { word, type WordKey } from '../words/words.js';

export interface NetOptions extends ReviewOptions {
  readonly security: string;
  readonly enhanced?: string;
  readonly fraction?: string;
}

/** The index whose basket is in the bundle; legs of others are printed ones. */
const COMPUTED = 'star-50';

export async function netCommand(options: NetOptions, context: Context): Promise<void> {
  const enhanced = enhancedOf(options);
  const session = await openSession(COMPUTED, options, context);
  const { data, effective, knownAt } = session;
  const id = securityId(options.security.replace(/\.(SH|SZ)$/i, ''));
  const naming = namingOf(data, context.language);
  if (!data.market.securities.some((security) => security.id === id)) {
    throw new InputError('unknown_security', `${options.security} is not in the data set`, [
      {
        code: 'unknown_security',
        path: '--security',
        value: options.security,
        expected: 'a code such as 688256',
      },
    ]);
  }
  const run = runSession(session);
  const flows = flowsOf(data, run);
  const trade = flows.trades.find((one) => one.id === id);
  const printed = (await publishedLegs(context.bundleFolder, id)).filter(
    (leg) => leg.effective === effective && leg.knownOn <= knownAt,
  );
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
            index: COMPUTED,
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
  await emit(
    {
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
        ...headingLines(run, context.language),
        `${naming.code(id)} ${naming.name(id)}`,
        '',
        ...legTable(netted, context),
      ],
      findings,
    },
    context,
  );
}

/** @throws InputError `invalid_argument` when one is given without the other */
function enhancedOf({ enhanced, fraction }: NetOptions): EnhancedFunds | undefined {
  if (enhanced === undefined && fraction === undefined) return undefined;
  if (enhanced === undefined) throw argumentError('--enhanced', '', 'their assets, such as 12bn');
  if (fraction === undefined)
    throw argumentError('--fraction', '', 'a share of the passive trade, such as 0.8');
  return {
    assets: amountArgument('--enhanced', enhanced),
    fraction: numberArgument('--fraction', fraction, 0, 1),
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

function legTable(netted: Netted, { language }: Context): string[] {
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
