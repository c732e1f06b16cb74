/** A slider with its name, its value in the reader's units, and the value it had before. */
import { Label } from 'react-aria-components/Label';
import { Slider, SliderOutput, SliderThumb, SliderTrack } from 'react-aria-components/Slider';

interface LabelledSliderProps {
  readonly label: string;
  readonly value: number;
  readonly range: readonly [low: number, high: number];
  readonly step: number;
  readonly shown: string;
  /** Where it stood before anything was changed. */
  readonly base: number;
  readonly onChange: (value: number) => void;
}

export function LabelledSlider({ label, value, range, step, shown, base, onChange }: LabelledSliderProps) {
  const [low, high] = range;
  const part = (at: number): string => `${(100 * (at - low)) / (high - low)}%`;
  return (
    <Slider className="slider" value={value} minValue={low} maxValue={high} step={step} onChange={onChange}>
      <div className="slider-head">
        <Label>{label}</Label>
        <SliderOutput className={value === base ? 'slider-value' : 'slider-value moved'}>
          {shown}
        </SliderOutput>
      </div>
      <SliderTrack className="slider-track">
        <span className="slider-base" style={{ left: part(base) }} />
        <SliderThumb className="slider-thumb" aria-valuetext={shown} />
      </SliderTrack>
    </Slider>
  );
}
