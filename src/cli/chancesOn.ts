/**
 * Chances as orders wait for them: of a name to be in or out from the newest recorded forecast of an evening; of a cap, which
 * the record does not hold, from a few simulated markets of that evening, of the same review.
 */
import { setImmediate } from 'node:timers/promises';
import {
  planForecast,
  Refusal,
  sessionsBetween,
  simulate,
  type Condition,
  type Day,
  type IndexData,
  type RecordEntry,
  type RecordedForecast,
  type SecurityId,
  type TradedMarket,
} from '../core/index.js';
import { wasmParts } from '../data/wasmKernel.js';
import { assetsOf } from './commands/forecast.js';

type ChanceOn = NonNullable<TradedMarket['chanceOn']>;

interface Evenings {
  readonly conditions: readonly (Condition | undefined)[];
  /** First and last session after whose close they are looked at. */
  readonly from: Day;
  readonly to: Day;
}

const PATHS = 2048;
const SEED = 1;
/** A quarter of a second each. */
const MOST_EVENINGS = 80;

/**
 * @param entries of the record of the index
 * @returns nothing when no condition is on a chance
 * @throws Refusal `too_many_evenings` for the chance of a cap over more than a few months
 */
export async function chancesOn(
  data: IndexData,
  entries: () => Promise<readonly RecordEntry[]>,
  { conditions, from, to }: Evenings,
): Promise<Pick<TradedMarket, 'chanceOn'>> {
  const kinds = conditions.flatMap((condition) => (condition?.kind === 'chance' ? [condition.of] : []));
  if (kinds.length === 0) return {};
  const forecasts = (await entries()).filter((entry) => entry.kind === 'forecast');
  const capped = kinds.includes('capped') ? await cappedOn(data, forecasts, from, to) : undefined;
  const chanceOn: ChanceOn = (of, security, session) => {
    if (of === 'capped') return capped?.get(session)?.get(security);
    const forecast = newest(forecasts, session);
    if (forecast === undefined) return undefined;
    const within = chanceIn(data, forecast, security, session);
    return of === 'in' ? within : 1 - within;
  };
  return { chanceOn };
}

/** Of a review still to come; of one evening the entry that came into the record last. */
function newest(forecasts: readonly RecordedForecast[], session: Day): RecordedForecast | undefined {
  let best: RecordedForecast | undefined;
  for (const forecast of forecasts) {
    if (forecast.knownAt > session || forecast.effective <= session) continue;
    if (best === undefined || forecast.knownAt >= best.knownAt) best = forecast;
  }
  return best;
}

/** A name that is not listed was certain to stay what it is. */
function chanceIn(data: IndexData, { chances }: RecordedForecast, id: SecurityId, session: Day): number {
  const listed = chances.find((chance) => chance.id === id)?.p;
  if (listed !== undefined) return listed;
  const list = data.members.findLast(({ firstDay }) => firstDay <= session);
  return list?.ids.includes(id) === true ? 1 : 0;
}

/** What was simulated once is not again while the data are the same. */
const simulated = new WeakMap<IndexData, Map<Day, ReadonlyMap<SecurityId, number>>>();

async function cappedOn(
  data: IndexData,
  forecasts: readonly RecordedForecast[],
  from: Day,
  to: Day,
): Promise<ReadonlyMap<Day, ReadonlyMap<SecurityId, number>>> {
  const held = simulated.get(data) ?? new Map<Day, ReadonlyMap<SecurityId, number>>();
  simulated.set(data, held);
  const evenings = sessionsBetween(data.market.calendar, from, to).flatMap((session) => {
    const forecast = newest(forecasts, session);
    return forecast === undefined ? [] : [{ session, effective: forecast.effective }];
  });
  if (evenings.length > MOST_EVENINGS) {
    throw new Refusal(
      'too_many_evenings',
      `the chance of a cap is simulated evening by evening, ${MOST_EVENINGS} at most, not ${evenings.length}; name an earlier last day`,
      { evenings: evenings.length, most: MOST_EVENINGS },
    );
  }
  for (const { session, effective } of evenings) {
    if (held.has(session)) continue;
    held.set(session, cappedChances(data, effective, session));
    // Others are answered in between.
    await setImmediate();
  }
  return held;
}

function cappedChances(data: IndexData, effective: Day, knownAt: Day): ReadonlyMap<SecurityId, number> {
  // Chances do not need a total of assets.
  const assets = assetsOf(data, 1, knownAt);
  const { plan } = planForecast(data, { effective, knownAt, readings: {}, paths: PATHS, seed: SEED, assets });
  const { names } = simulate(plan, { paths: PATHS, seed: SEED }, wasmParts(plan));
  return new Map(names.map(({ id, capped }) => [id, capped.mean]));
}
