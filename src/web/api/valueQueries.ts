/** Hooks of the documents about prices, reports, leaders and funds. */
import type { Parameters } from './client.js';
import { useDocument, useIndices, useKnownAt, type Asked } from './queries.js';
import type {
  CompaniesDocument,
  EarningsDocument,
  HoldersDocument,
  LeadersDocument,
  LookThroughDocument,
  ValueDocument,
} from './valueTypes.js';

/** The day in the address, else the last close held; undefined until that is known. */
export function useValueDay(): string | undefined {
  const known = useKnownAt();
  const latest = useIndices().data?.knownAt;
  return known ?? latest;
}

export const useCompanies = (): Asked<CompaniesDocument> => useDocument('/companies');

export const useValue = (company: string, at: string | undefined): Asked<ValueDocument> =>
  useDocument(`/companies/${company}/value`, { at }, { enabled: at !== undefined });

export const useEarnings = (
  company: string,
  period: string,
  at: string | undefined,
): Asked<EarningsDocument> => useDocument(`/companies/${company}/earnings/${period}`, { at });

export const useLeaders = (parameters: Parameters, enabled: boolean): Asked<LeadersDocument> =>
  useDocument('/leaders', parameters, { enabled });

export const useLookThrough = (fund: string, at: string | undefined): Asked<LookThroughDocument> =>
  useDocument(`/funds/${fund}/lookthrough`, { at }, { enabled: at !== undefined });

export const useHolders = (
  security: string,
  at: string | undefined,
  before: string | undefined,
): Asked<HoldersDocument> =>
  useDocument(`/securities/${security}/funds`, { at, before }, { enabled: at !== undefined });

interface Funds {
  readonly funds: readonly { readonly id: string; readonly nameEn: string; readonly nameZh: string }[];
}

export const useFunds = (): Asked<Funds> => useDocument('/funds');
