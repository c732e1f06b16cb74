/** The report that a page is about, and the choice of another one. */
import { withPeriodWords } from '../../../core/index.js';
import { useCompanies } from '../../api/valueQueries.js';
import { hrefOf, navigate } from '../../state/route.js';
import { useWords } from '../../words/useWords.js';

interface PeriodChoiceProps {
  readonly page: 'earnings' | 'quality';
  readonly company: string;
  readonly period: string;
}

/** Reports that were not out on the knowledge date are listed too; the server refuses them with the day they came out. */
export function PeriodChoice({ page, company, period }: PeriodChoiceProps) {
  const { w } = useWords();
  const held = useCompanies().data?.companies.find(({ id }) => id === company)?.periods ?? [];
  const listed = held.includes(period) ? held : [period, ...held];
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
            {withPeriodWords(one)}
          </option>
        ))}
      </select>
    </label>
  );
}
