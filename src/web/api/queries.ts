/** One hook per document. While a newer one is on its way the older stays on the screen. */
import { keepPreviousData, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { useRoute } from '../state/route.js';
import { getJson, type ApiFailure, type Parameters } from './client.js';
import type { ImpactDocument, ScheduleDocument, StudyDocument } from './tradingTypes.js';
import type {
  AlertBody,
  CalendarDocument,
  DataDocument,
  FanDocument,
  FlowsDocument,
  IndexDocument,
  IndicesDocument,
  JobDocument,
  LevelsDocument,
  NetDocument,
  PricesDocument,
  ReadingsDocument,
  RecordDocument,
  ReviewDocument,
  RulebookDocument,
  RulebooksDocument,
  SecurityDocument,
  SecurityHead,
  StoredDocument,
  WatchlistBody,
} from './types.js';

export type Asked<T> = UseQueryResult<T, ApiFailure>;

interface Options {
  readonly enabled?: boolean;
}

export function useDocument<T>(path: string, parameters: Parameters = {}, options: Options = {}): Asked<T> {
  return useQuery<T, ApiFailure>({
    queryKey: [path, parameters],
    queryFn: ({ signal }) => getJson<T>(path, parameters, signal),
    placeholderData: keepPreviousData,
    ...options,
  });
}

/** The day in the address; `undefined` for the latest data. */
export const useKnownAt = (): string | undefined => useRoute().query.get('knownAt') ?? undefined;

export const useIndices = (): Asked<IndicesDocument> => useDocument('/indices', { knownAt: useKnownAt() });

export const useIndex = (id: string): Asked<IndexDocument> =>
  useDocument(`/indices/${id}`, { knownAt: useKnownAt() });

export const useCalendar = (id: string, options?: Options): Asked<CalendarDocument> =>
  useDocument(`/indices/${id}/calendar`, { knownAt: useKnownAt() }, options);

export const useReview = (id: string, effective: string, known: Parameters): Asked<ReviewDocument> =>
  useDocument(`/indices/${id}/reviews/${effective}`, known);

export const useFlows = (
  id: string,
  effective: string,
  known: Parameters,
  options?: Options,
): Asked<FlowsDocument> => useDocument(`/indices/${id}/reviews/${effective}/flows`, known, options);

export const useNet = (
  id: string,
  effective: string,
  security: string,
  known: Parameters,
): Asked<NetDocument> => useDocument(`/indices/${id}/reviews/${effective}/net/${security}`, known);

export const useImpact = (
  id: string,
  effective: string,
  security: string,
  known: Parameters,
): Asked<ImpactDocument> => useDocument(`/indices/${id}/reviews/${effective}/impact/${security}`, known);

export const useSchedule = (
  id: string,
  effective: string,
  security: string,
  parameters: Parameters,
): Asked<ScheduleDocument> =>
  useDocument(`/indices/${id}/reviews/${effective}/schedule/${security}`, parameters);

/** A study looks back: it takes no knowledge date. */
export const useStudy = (
  id: string,
  security: string,
  parameters: Parameters,
  options?: Options,
): Asked<StudyDocument> => useDocument(`/indices/${id}/study/${security}`, parameters, options);

export const useReadings = (id: string, effective: string, known: Parameters): Asked<ReadingsDocument> =>
  useDocument(`/indices/${id}/reviews/${effective}/readings`, known);

export const useLevels = (id: string): Asked<LevelsDocument> => useDocument(`/indices/${id}/levels`);

export const useRulebook = (id: string): Asked<RulebookDocument> => useDocument(`/rulebooks/${id}`);

export const useRulebooks = (): Asked<RulebooksDocument> => useDocument('/rulebooks');

export const useSearch = (query: string): Asked<{ securities: readonly SecurityHead[] }> =>
  useDocument('/securities', { query, limit: 12 }, { enabled: query !== '' });

/** Every security there is. */
export const useUniverse = (): Asked<{ securities: readonly SecurityHead[] }> =>
  useDocument('/securities', { limit: 10_000 });

export const useSecurity = (id: string): Asked<SecurityDocument> =>
  useDocument(`/securities/${id}`, { knownAt: useKnownAt() });

export const usePrices = (id: string): Asked<PricesDocument> =>
  useDocument(`/securities/${id}/prices`, { to: useKnownAt() });

export const useData = (): Asked<DataDocument> => useDocument('/data');

export const useWatchlists = (): Asked<{ watchlists: readonly StoredDocument<WatchlistBody>[] }> =>
  useDocument('/watchlists');

export const useAlerts = (): Asked<{ alerts: readonly StoredDocument<AlertBody>[] }> =>
  useDocument('/alerts');

export const useJobs = (): Asked<{ jobs: readonly JobDocument[] }> => useDocument('/jobs');

export const useJob = (id: string | undefined): Asked<JobDocument> =>
  useDocument(`/jobs/${id ?? ''}`, {}, { enabled: id !== undefined });

export const useRecord = (id: string, effective: string, knownAt: string): Asked<RecordDocument> =>
  useDocument(`/indices/${id}/record`, { effective, knownAt });

/** How the forecast of one security's flow moved, from the record. */
export const useFan = (
  id: string,
  effective: string,
  security: string | undefined,
  knownAt: string,
): Asked<FanDocument> =>
  useDocument(
    `/indices/${id}/reviews/${effective}/fan/${security ?? ''}`,
    { knownAt },
    { enabled: security !== undefined },
  );
