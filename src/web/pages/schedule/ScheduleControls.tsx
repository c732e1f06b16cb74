/** What a schedule is asked for with: method, sessions, limits. */
import { SCHEDULE_METHODS } from '../../../core/index.js';
import type { FlowsDocument } from '../../api/types.js';
import { LabelledSlider } from '../../components/LabelledSlider.js';
import { percent } from '../../format.js';
import { useWords } from '../../words/useWords.js';
import { SecurityChoice } from '../ForcedTrade.js';

/** Parameters of the server, as the address has them. */
interface ScheduleWish {
  readonly method: string;
  readonly days: number;
  readonly after: number;
  readonly participation: number;
  readonly auction: number;
  readonly risk: number;
}

/** Those of the command line. */
const USUAL: ScheduleWish = {
  method: 'profile',
  days: 3,
  after: 0,
  participation: 1,
  auction: 0.1,
  risk: 10_000,
};

const RANGES = { days: [1, 20], after: [0, 20], participation: [0.05, 1], auction: [0.02, 0.5] } as const;

/** What the address does not say, or says out of range, is as usual. */
export function wishOf(wanted: URLSearchParams): ScheduleWish & Readonly<Record<string, string | number>> {
  const number = (name: keyof typeof RANGES): number => {
    const given = Number(wanted.get(name) ?? Number.NaN);
    const [low, high] = RANGES[name];
    return given >= low && given <= high ? given : USUAL[name];
  };
  const risk = Number(wanted.get('risk') ?? Number.NaN);
  return {
    method: SCHEDULE_METHODS.find((method) => method === wanted.get('method')) ?? USUAL.method,
    days: Math.round(number('days')),
    after: Math.round(number('after')),
    participation: number('participation'),
    auction: number('auction'),
    risk: risk >= 0 && risk <= 1e12 ? risk : USUAL.risk,
  };
}

interface ScheduleControlsProps {
  readonly flows: FlowsDocument;
  readonly chosen: string;
  readonly wish: ScheduleWish;
  readonly change: (change: Readonly<Record<string, string | undefined>>) => void;
}

export function ScheduleControls({ flows, chosen, wish, change }: ScheduleControlsProps) {
  const { w } = useWords();
  const set = (name: keyof typeof RANGES, value: number): void =>
    change({ [name]: value === USUAL[name] ? undefined : String(Number(value.toFixed(2))) });
  const slider = (name: keyof typeof RANGES, label: string, step: number, shown: string) => (
    <LabelledSlider
      label={label}
      value={wish[name]}
      range={RANGES[name]}
      step={step}
      base={USUAL[name]}
      shown={shown}
      onChange={(value) => set(name, value)}
    />
  );
  return (
    <section className="panel controls" aria-label={w('schedule')}>
      <header className="panel-head">
        <h2>{w('schedule')}</h2>
        <span className="grow" />
        <button
          type="button"
          className="button small"
          onClick={() => change(Object.fromEntries(Object.keys(USUAL).map((name) => [name, undefined])))}
        >
          {w('reset')}
        </button>
      </header>
      <SecurityChoice flows={flows} chosen={chosen} onChoose={(id) => change({ security: id })} />
      <label className="field">
        <span>{w('method')}</span>
        <select
          className="input"
          value={wish.method}
          onChange={({ target: { value } }) => change({ method: value === USUAL.method ? undefined : value })}
        >
          {SCHEDULE_METHODS.map((method) => (
            <option key={method} value={method}>
              {method}
            </option>
          ))}
        </select>
      </label>
      {slider('days', w('sessionsBefore'), 1, String(wish.days))}
      {slider('after', w('sessionsAfterSwap'), 1, String(wish.after))}
      {slider('participation', w('participationLimit'), 0.05, percent(wish.participation, 0))}
      {slider('auction', w('auctionShare'), 0.02, percent(wish.auction, 0))}
      <p className="muted note">{w('scheduleNote')}</p>
    </section>
  );
}
