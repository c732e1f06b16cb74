/** Larger or smaller, faster or slower, and along which of the two the costs are drawn. */
import { LabelledSlider } from '../../components/LabelledSlider.js';
import { percent } from '../../format.js';
import { useWords } from '../../words/useWords.js';
import { LENGTHS, SIZES, type OrderWish, type Varied } from './orderVaried.js';

const STEP = 0.05;
const LENGTH_STEP = 0.25;

interface OrderSlidersProps {
  /** The order over a day's volume, as it is. */
  readonly participation: number;
  readonly wish: OrderWish;
  readonly over: Varied;
  readonly change: (change: Readonly<Record<string, string | undefined>>) => void;
}

export function OrderSliders({ participation, wish, over, change }: OrderSlidersProps) {
  const { w } = useWords();
  const set = (key: 'size' | 'days', value: number): void =>
    change({ [key]: value === 1 ? undefined : String(Number(value.toFixed(2))) });
  return (
    <>
      <LabelledSlider
        label={w('orderSize')}
        value={wish.size}
        range={SIZES}
        step={STEP}
        base={1}
        shown={`${percent(participation * wish.size, 0)} ${w('ofDayVolume')} (${
          wish.size === 1 ? w('asItIs') : `\u00d7${wish.size.toFixed(2)}`
        })`}
        onChange={(value) => set('size', value)}
      />
      <LabelledSlider
        label={w('orderDays')}
        value={wish.days}
        range={LENGTHS}
        step={LENGTH_STEP}
        base={1}
        shown={w(wish.days === 1 ? 'oneDay' : 'dayCount', { n: wish.days })}
        onChange={(value) => set('days', value)}
      />
      <label className="field">
        <span>{w('curveOver')}</span>
        <select
          className="input"
          value={over}
          onChange={(event) => change({ over: event.target.value === 'days' ? 'days' : undefined })}
        >
          <option value="size">{w('orderSize')}</option>
          <option value="days">{w('orderDays')}</option>
        </select>
      </label>
    </>
  );
}
