/** Which review a page shows, as known when: the address says, and the calendar where it says nothing. */
import { useCalendar, useKnownAt, type Asked } from '../api/queries.js';
import type { Parameters } from '../api/client.js';
import type { CalendarDocument } from '../api/types.js';
import { useRoute } from '../state/route.js';

interface ReviewAsked {
  readonly calendar: Asked<CalendarDocument>;
  /** `knownAt` only where it must be said: a review whose swap close is still to come is seen with the last close. */
  readonly known: Parameters | undefined;
  /** The day of knowledge, said or not: the swap close unless something earlier. */
  readonly knownAt: string | undefined;
  readonly previous: string | undefined;
  readonly next: string | undefined;
}

export function useReviewAsked(index: string, effective: string): ReviewAsked {
  const calendar = useCalendar(index);
  const asked = useKnownAt();
  const reading = useRoute().query.get('reading') ?? undefined;
  const reviews = calendar.data?.reviews ?? [];
  const at = reviews.findIndex((review) => review.effective === effective);
  const open = calendar.data !== undefined && at >= 0 && reviews[at].swap > calendar.data.knownAt;
  const knownAt = asked ?? (open ? calendar.data?.knownAt : undefined);
  const settled = asked !== undefined || calendar.data !== undefined || calendar.error !== null;
  return {
    calendar,
    known: settled ? { knownAt, reading } : undefined,
    knownAt: knownAt ?? reviews[at]?.swap,
    previous: reviews[at - 1]?.effective,
    next: at < 0 ? undefined : reviews[at + 1]?.effective,
  };
}
