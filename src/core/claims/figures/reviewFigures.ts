/** What a review of an index changed: how many securities came in, went out, or were replaced. */
import { addDays, formatDay } from '../../calendar/day.js';
import type { AsOf, Candidates } from './candidates.js';
import { notCheckable } from './candidates.js';
import type { ClaimData, ClaimReview } from './claimData.js';
import type { Frame } from '../frames/frame.js';
import { both, joined, metricWords, words } from './wording.js';

/** The review that a sentence is about: of the day or month it names, else the newest announced. */
function reviewMeant(
  reviews: readonly ClaimReview[],
  { time }: Frame,
  { written }: AsOf,
): ClaimReview | undefined {
  if (time?.kind === 'day') {
    const { day } = time;
    const onDay = reviews.find(({ announced, swap, effective }) =>
      [announced, swap, effective].includes(day),
    );
    if (onDay !== undefined) return onDay;
  }
  if (time?.kind === 'window') {
    const { from, to } = time;
    const end = time.name === 'month' ? addDays(from, 30) : to;
    return reviews.findLast(
      ({ announced, effective }) => effective >= from && announced <= (end > to ? end : to),
    );
  }
  return reviews.findLast(
    ({ announced, effective }) => announced <= written && addDays(effective, RECENT) >= written,
  );
}

/** Reviews come every quarter: an older one than this is not the one that is meant. */
const RECENT = 85;

export function countCandidates(data: ClaimData, frame: Frame, asOf: AsOf): Candidates {
  const index = frame.index ?? data.usual.index;
  const review = reviewMeant(
    data.reviews.filter((one) => one.index === index),
    frame,
    asOf,
  );
  if (review === undefined)
    return notCheckable(`no review of ${index} of that time is held`, `没有${index}当时的调整记录`);
  const { additions, deletions, announced, effective } = review;
  const metric = frame.metric ?? 'additions';
  const listed = metric === 'deletions' ? deletions : additions;
  if (metric === 'replacements' && additions.length !== deletions.length)
    return notCheckable(
      'as many came in as went out in no review of that time',
      '该次调整的调入与调出只数不等',
    );
  return {
    candidates: [
      {
        role: 'main',
        figure: {
          value: listed.length,
          unit: 'count',
          asOf: effective,
          text: joined(
            `${index}: `,
            metricWords(metric),
            ` ${listed.length}`,
            both(listed.length === 0 ? '' : ` (${listed.join(', ')})`),
            words(
              `, announced ${formatDay(announced)}, effective ${formatDay(effective)}`,
              `，公告日${formatDay(announced)}，生效日${formatDay(effective)}`,
            ),
          ),
          inputs: [
            {
              name: metricWords(metric),
              value: listed.length,
              unit: 'count',
              asOf: effective,
              knownOn: announced,
              source: { table: 'changes' },
            },
          ],
        },
      },
    ],
  };
}
