/** A day to type: it is taken once it is one, or empty; what is no day stays as typed and says what was expected. */
import { useId, useState } from 'react';
import { ISO_DATE } from '../isoDate.js';
import { useWords } from '../words/useWords.js';

interface DayFieldProps {
  readonly label: string;
  readonly day: string;
  /** `undefined` when it was emptied. */
  readonly onDay: (day: string | undefined) => void;
}

export function DayField({ label, day, onDay }: DayFieldProps) {
  const { w } = useWords();
  const hint = useId();
  const [wrong, setWrong] = useState(false);
  const isDay = (text: string): boolean => text === '' || ISO_DATE.test(text);
  return (
    <label className="field inline">
      <span>{label}</span>
      <input
        className="input"
        inputMode="numeric"
        autoComplete="off"
        placeholder="YYYY-MM-DD"
        defaultValue={day}
        aria-invalid={wrong}
        aria-describedby={wrong ? hint : undefined}
        onChange={({ target: { value } }) => {
          const text = value.trim();
          if (isDay(text)) {
            setWrong(false);
            onDay(text === '' ? undefined : text);
          } else if (text.length >= 'YYYY-MM-DD'.length) setWrong(true);
        }}
        onBlur={({ target: { value } }) => setWrong(!isDay(value.trim()))}
      />
      {wrong && (
        <small className="wrong" id={hint}>
          {w('dayExpected')}
        </small>
      )}
    </label>
  );
}
