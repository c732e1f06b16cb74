/** The head of the pages about a company: its name, the day, and the way to its price, report, quality, leaders and funds. */
import type { ReactNode } from 'react';
import { useCompanies } from '../../api/valueQueries.js';
import { Link } from '../../components/Link.js';
import { hrefOf } from '../../state/route.js';
import { useWords } from '../../words/useWords.js';

type ValueTab = 'value' | 'earnings' | 'quality' | 'leaders' | 'lookthrough';

interface ValueHeadProps {
  readonly tab: ValueTab;
  readonly company?: string;
  readonly title: ReactNode;
  readonly note: ReactNode;
}

/** The company that is opened first, and the report. */
export const FIRST = { company: '688256', period: '2025H1', fund: '588000' } as const;

export function ValueHead({ tab, company = FIRST.company, title, note }: ValueHeadProps) {
  const { w } = useWords();
  const held = useCompanies().data?.companies ?? [];
  // A company without reports of its own, such as one known by a vendor's multiple, shows those of the first.
  const reported = held.find(({ id, periods }) => id === company && periods.length > 0)?.id ?? FIRST.company;
  const period =
    reported === FIRST.company
      ? FIRST.period
      : (held.find(({ id }) => id === reported)?.periods.at(-1) ?? FIRST.period);
  const tabs: readonly (readonly [ValueTab, string, string])[] = [
    ['value', w('valueTab'), `/value/${company}`],
    ['earnings', w('earningsTab'), `/earnings/${reported}/${period}`],
    ['quality', w('qualityTab'), `/quality/${reported}/${period}`],
    ['leaders', w('leadersTab'), '/leaders'],
    ['lookthrough', w('fundsTab'), `/lookthrough/${FIRST.fund}`],
  ];
  return (
    <header className="page-head">
      <div className="title-line">
        <h1>{title}</h1>
        <nav className="pills" aria-label={w('valuePages')}>
          {tabs.map(([id, name, path]) => (
            <Link key={id} href={hrefOf(path)} aria-current={id === tab ? 'page' : undefined}>
              {name}
            </Link>
          ))}
        </nav>
      </div>
      <p className="muted">{note}</p>
    </header>
  );
}
