/** Top of every page about one review: which one, its dates, the way to the one before and after, to its other pages. */
import type { CalendarDocument, Dates } from '../api/types.js';
import { hrefOf, useRoute } from '../state/route.js';
import { REVIEW_DATES } from '../words/fieldWords.js';
import { useWords } from '../words/useWords.js';
import { Link } from './Link.js';

/** Pages about one review; all but the first two are about one security of it too. */
export type ReviewPageName = 'review' | 'flows' | 'impact' | 'schedule' | 'rehearsal' | 'whatIf';

interface ReviewHeadProps {
  readonly index: string;
  readonly title: string;
  readonly effective: string;
  readonly page: ReviewPageName;
  readonly calendar: CalendarDocument | undefined;
  readonly previous: string | undefined;
  readonly next: string | undefined;
  readonly knownAt: string | undefined;
}

const PATHS = {
  review: (index: string, effective: string) => `/indices/${index}/reviews/${effective}`,
  flows: (index: string, effective: string) => `/flows/${index}/${effective}`,
  impact: (index: string, effective: string) => `/impact/${index}/${effective}`,
  schedule: (index: string, effective: string) => `/schedule/${index}/${effective}`,
  rehearsal: (index: string, effective: string) => `/rehearsal/${index}/${effective}`,
  whatIf: (index: string, effective: string) => `/what-if/${index}/${effective}`,
} satisfies Record<ReviewPageName, (index: string, effective: string) => string>;

const PAGE_NAMES = Object.keys(PATHS) as ReviewPageName[];

export const reviewPath = PATHS.review;
export const flowsPath = PATHS.flows;
export const impactPath = PATHS.impact;
export const schedulePath = PATHS.schedule;

export function ReviewHead({
  index,
  title,
  effective,
  page,
  calendar,
  previous,
  next,
  knownAt,
}: ReviewHeadProps) {
  const { w } = useWords();
  const { query } = useRoute();
  const reading = query.get('reading') ?? undefined;
  // The name that is looked at goes along.
  const security = query.get('security') ?? query.get('why') ?? undefined;
  const about = (one: ReviewPageName): Readonly<Record<string, string | undefined>> =>
    one === 'review' ? { why: security } : one === 'flows' ? {} : { security };
  const dates = calendar?.reviews.find((review) => review.effective === effective);
  const to = (date: string): string => hrefOf(PATHS[page](index, date), about(page));
  return (
    <header className="page-head">
      <div className="title-line">
        <h1>
          <Link href={hrefOf(`/indices/${index}`)} className="quiet">
            {title}
          </Link>{' '}
          <span className="light">{w('reviewOf', { date: effective })}</span>
        </h1>
        <nav className="pills" aria-label={w('pagesOfReview')}>
          {PAGE_NAMES.map((one) => (
            <Link
              key={one}
              href={hrefOf(PATHS[one](index, effective), { reading, ...about(one) })}
              aria-current={one === page ? 'page' : undefined}
            >
              {w(one)}
            </Link>
          ))}
          <Link href={hrefOf(`/rulebooks/${index}`, { review: effective })}>{w('rulebook')}</Link>
        </nav>
        <span className="grow" />
        <span className="pills">
          {previous !== undefined && (
            <Link href={to(previous)} aria-keyshortcuts="[" data-key="[" title={previous}>
              {'\u2190'} {w('previousReview')}
            </Link>
          )}
          {next !== undefined && (
            <Link href={to(next)} aria-keyshortcuts="]" data-key="]" title={next}>
              {w('nextReview')} {'\u2192'}
            </Link>
          )}
        </span>
      </div>
      {dates !== undefined && <DateStrip dates={dates} knownAt={knownAt} left={dates.sessionsLeft} />}
    </header>
  );
}

interface DateStripProps {
  readonly dates: Dates;
  readonly knownAt: string | undefined;
  readonly left?: Readonly<Record<string, number | null>>;
}

/** The dates by name, those that have passed dimmed, with the trading sessions to those to come. */
export function DateStrip({ dates, knownAt, left = {} }: DateStripProps) {
  const { w } = useWords();
  return (
    <ol className="dates">
      {REVIEW_DATES.map(({ name, key }) => {
        const sessions = left[name];
        return (
          <li key={name} className={knownAt !== undefined && dates[name] <= knownAt ? 'past' : ''}>
            <span className="muted">{w(key)}</span>
            <span className="date">{dates[name]}</span>
            {sessions !== null && sessions !== undefined && (
              <span className="countdown">{w('sessionsLeft', { n: sessions })}</span>
            )}
          </li>
        );
      })}
      {knownAt !== undefined && (
        <li className="known">
          <span className="muted">{w('knownAt')}</span>
          <span className="date">{knownAt}</span>
        </li>
      )}
    </ol>
  );
}
