/** Which security, around which day, against what: the questions of a study, kept in the address. */
import type { CalendarDocument, Named } from '../../api/types.js';
import { LabelledSlider } from '../../components/LabelledSlider.js';
import { REVIEW_DATES } from '../../words/fieldWords.js';
import { useWords } from '../../words/useWords.js';
import { ISO_DATE } from '../../isoDate.js';

type Review = CalendarDocument['reviews'][number];

export interface StudyWish {
  readonly security: string;
  readonly event: string;
  readonly from: number;
  readonly to: number;
  readonly estimation: number;
  readonly benchmark: (typeof BENCHMARKS)[number];
  /** Effective date of the review whose forced trade is told from the rest. */
  readonly effective: string;
}

const BENCHMARKS = ['index', 'ex-self', 'peers'] as const;
const USUAL = { from: -5, to: 20, estimation: 120 } as const;
const RANGES = { from: [-30, 0], to: [0, 60], estimation: [20, 250] } as const;

interface Default {
  readonly security: string;
  readonly review: Review;
}

/** The event is the swap close of the review unless the address names another day. */
export function wishOf(wanted: URLSearchParams, { security, review }: Default): StudyWish {
  const number = (name: keyof typeof RANGES): number => {
    const given = Number(wanted.get(name) ?? Number.NaN);
    const [low, high] = RANGES[name];
    return Number.isInteger(given) && given >= low && given <= high ? given : USUAL[name];
  };
  const event = wanted.get('event') ?? '';
  return {
    security,
    event: ISO_DATE.test(event) ? event : review.swap,
    from: number('from'),
    to: number('to'),
    estimation: number('estimation'),
    benchmark: BENCHMARKS.find((name) => name === wanted.get('benchmark')) ?? 'index',
    effective: review.effective,
  };
}

interface StudyControlsProps {
  readonly wish: StudyWish;
  readonly reviews: readonly Review[];
  readonly members: readonly Named[];
  readonly change: (change: Readonly<Record<string, string | undefined>>) => void;
}

/** Days of a review that a price may move on. */
const EVENTS = REVIEW_DATES.filter(({ name }) => name !== 'cutoff');

export function StudyControls({ wish, reviews, members, change }: StudyControlsProps) {
  const { w, name } = useWords();
  const review = reviews.find(({ effective }) => effective === wish.effective) ?? reviews[0];
  const listed = members.some(({ id }) => id === wish.security)
    ? members
    : [{ id: wish.security, name: wish.security, nameEn: wish.security }, ...members];
  const set = (key: keyof typeof RANGES, value: number): void =>
    change({ [key]: value === USUAL[key] ? undefined : String(value) });
  return (
    <section className="panel controls" aria-label={w('study')}>
      <header className="panel-head">
        <h2>{w('question')}</h2>
        <span className="grow" />
        <button
          type="button"
          className="button small"
          onClick={() =>
            change({
              event: undefined,
              from: undefined,
              to: undefined,
              estimation: undefined,
              benchmark: undefined,
            })
          }
        >
          {w('reset')}
        </button>
      </header>
      <label className="field">
        <span>{w('security')}</span>
        <select
          className="input"
          value={wish.security}
          onChange={(event) => change({ security: event.target.value })}
        >
          {listed.map((one) => (
            <option key={one.id} value={one.id}>
              {name(one)} {one.id}
            </option>
          ))}
        </select>
      </label>
      <label className="field">
        <span>{w('review')}</span>
        <select
          className="input"
          value={review.effective}
          onChange={(event) => change({ effective: event.target.value, event: undefined })}
        >
          {reviews.map(({ effective }) => (
            <option key={effective} value={effective}>
              {effective}
            </option>
          ))}
        </select>
      </label>
      <EventDay
        key={wish.event}
        event={wish.event}
        onChange={(event) => change({ event: event === review.swap ? undefined : event })}
      />
      <div className="pills events" role="group" aria-label={w('eventDay')}>
        {EVENTS.map(({ name: date, key }) => (
          <button
            key={date}
            type="button"
            className="button small"
            aria-pressed={review[date] === wish.event}
            title={review[date]}
            onClick={() => change({ event: date === 'swap' ? undefined : review[date] })}
          >
            {w(key)}
          </button>
        ))}
      </div>
      <label className="field">
        <span>{w('benchmark')}</span>
        <select
          className="input"
          value={wish.benchmark}
          onChange={({ target: { value } }) => change({ benchmark: value === 'index' ? undefined : value })}
        >
          <option value="index">{w('benchmarkIndex')}</option>
          <option value="ex-self">{w('benchmarkExSelf')}</option>
          <option value="peers">{w('benchmarkPeers')}</option>
        </select>
      </label>
      {(['from', 'to', 'estimation'] as const).map((key) => (
        <LabelledSlider
          key={key}
          label={w(key === 'from' ? 'windowFrom' : key === 'to' ? 'windowTo' : 'estimationDays')}
          value={wish[key]}
          range={RANGES[key]}
          step={1}
          base={USUAL[key]}
          shown={String(wish[key]).replace('-', '\u2212')}
          onChange={(value) => set(key, value)}
        />
      ))}
    </section>
  );
}

interface EventDayProps {
  readonly event: string;
  readonly onChange: (event: string) => void;
}

/** Taken when it is a date; what is being typed stays. */
function EventDay({ event, onChange }: EventDayProps) {
  const { w } = useWords();
  return (
    <label className="field">
      <span>{w('eventDay')}</span>
      <input
        className="input"
        inputMode="numeric"
        autoComplete="off"
        maxLength={10}
        pattern={ISO_DATE.source}
        defaultValue={event}
        onChange={({ target: { value } }) => {
          if (ISO_DATE.test(value) && value !== event) onChange(value);
        }}
      />
    </label>
  );
}
