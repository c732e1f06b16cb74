/** A what-if as the parameters of its address, so that it can be sent as a link. */
import type { WhatIfRequest } from '../worker/runCase.js';

const PRICE = 'price.';
const CAP = 'cap.';

export function requestOf(query: URLSearchParams, effective: string): WhatIfRequest {
  return {
    effective,
    prices: numbersUnder(query, PRICE, 100),
    caps: numbersUnder(query, CAP, 1),
    assets: numberOf(query.get('assets'), MOST_ASSETS),
    knownAt: query.get('knownAt') ?? undefined,
    reading: query.get('reading') ?? undefined,
  };
}

/** Parameters to set, and those to take away as `undefined`. */
export const priceParameter = (id: string, factor: number): Readonly<Record<string, string | undefined>> => ({
  [PRICE + id]: factor === 1 ? undefined : String(factor),
});

export const capParameter = (id: string, limit: number): Readonly<Record<string, string | undefined>> => ({
  [CAP + id]: String(limit),
});

/** Takes back every change. */
export function nothingChanged(query: URLSearchParams): Record<string, undefined> {
  const changes = [...query.keys()].filter(
    (name) =>
      name.startsWith(PRICE) || name.startsWith(CAP) || ['assets', 'reading', 'knownAt'].includes(name),
  );
  return Object.fromEntries(changes.map((name) => [name, undefined]));
}

/** An amount the server takes. */
const MOST_ASSETS = 1e18;

function numbersUnder(query: URLSearchParams, prefix: string, most: number): Record<string, number> {
  const found = [...query].flatMap(([name, text]) => {
    const number = numberOf(text, most);
    return name.startsWith(prefix) && number !== undefined
      ? [[name.slice(prefix.length), number] as const]
      : [];
  });
  return Object.fromEntries(found);
}

/** A number above 0 that the server would take; anything else in an address changes nothing. */
function numberOf(text: string | null, most: number): number | undefined {
  const number = text === null || text === '' ? Number.NaN : Number(text);
  return number > 0 && number <= most ? number : undefined;
}
