/** The report that a page is about, and the choice of another one. */
import { navigate, hrefOf } from '../../state/route.js';
import { useWords } from '../../words/useWords.js';

/** Reports that can be chosen; those that were not out on the knowledge date are refused by the server. */
const PERIODS = ['2024H1', '20249M', '2024FY', '2025Q1', '2025H1', '20259M', '2025FY'] as const;

interface PeriodChoiceProps {
  readonly page: 'earnings' | 'quality';
  readonly company: string;
  readonly period: string;
}

export function PeriodChoice({ page, company, period }: PeriodChoiceProps) {
  const { w } = useWords();
  const listed: readonly string[] = PERIODS.some((one) => one === period) ? PERIODS : [period, ...PERIODS];
  return (
    <label className="field inline">
      <span>{w('reportPeriod')}</span>
      <select
        className="input"
        value={period}
        onChange={(event) => navigate(hrefOf(`/${page}/${company}/${event.target.value}`))}
      >
        {listed.map((one) => (
          <option key={one} value={one}>
            {one}
          </option>
        ))}
      </select>
    </label>
  );
}
