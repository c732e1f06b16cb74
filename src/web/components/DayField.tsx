/** A day to type: it is taken once it is one, or empty. */
import { ISO_DATE } from '../isoDate.js';

interface DayFieldProps {
  readonly label: string;
  readonly day: string;
  /** `undefined` when it was emptied. */
  readonly onDay: (day: string | undefined) => void;
}

export function DayField({ label, day, onDay }: DayFieldProps) {
  return (
    <label className="field inline">
      <span>{label}</span>
      <input
        className="input"
        inputMode="numeric"
        autoComplete="off"
        maxLength={10}
        placeholder="YYYY-MM-DD"
        defaultValue={day}
        onChange={({ target: { value } }) => {
          if (value === '' || ISO_DATE.test(value)) onDay(value === '' ? undefined : value);
        }}
      />
    </label>
  );
}
