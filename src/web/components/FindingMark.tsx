/** A doubt that travels with numbers: a small mark that opens the sentence; and all of a result's doubts, folded by kind. */
import { Button } from 'react-aria-components/Button';
import { Dialog, DialogTrigger } from 'react-aria-components/Dialog';
import { Popover } from 'react-aria-components/Popover';
import { findingKind, findingText, type Finding } from '../../core/index.js';
import { useLanguage, useWords } from '../words/useWords.js';

interface FindingsProps {
  readonly findings: readonly Finding[];
}

export function FindingMark({ findings }: FindingsProps) {
  const { w } = useWords();
  if (findings.length === 0) return null;
  return (
    <DialogTrigger>
      <Button className="mark" aria-label={w('doubts', { n: findings.length })} excludeFromTabOrder>
        {'\u2022'}
      </Button>
      <Popover className="popover">
        <Dialog aria-label={w('findings')}>
          <FindingItems findings={findings} />
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}

function FindingItems({ findings }: FindingsProps) {
  const language = useLanguage();
  return (
    <ul className="findings">
      {findings.map((finding) => (
        <li key={`${finding.code} ${finding.subject} ${finding.message}`}>
          <code>{finding.code}</code> {finding.subject}: {findingText(finding, language)}
        </li>
      ))}
    </ul>
  );
}

/** Every doubt of a result behind one line that says how many of which kind. */
export function FindingsPanel({ findings }: FindingsProps) {
  const { w, language } = useWords();
  if (findings.length === 0) return null;
  const codes = [...new Set(findings.map(({ code }) => code))];
  const kinds = codes.map((kind) => {
    const count = findings.filter(({ code }) => code === kind).length;
    return count === 1 ? findingKind(kind, language) : `${findingKind(kind, language)} \u00d7 ${count}`;
  });
  return (
    <details className="panel findings-panel">
      <summary>
        <span className="mark-static">{'\u2022'}</span> {w('findings')} {findings.length}
        <span className="muted"> {kinds.join(' \u00b7 ')}</span>
      </summary>
      <div className="findings-scroll" tabIndex={0} role="region" aria-label={w('findings')}>
        <FindingItems findings={findings} />
      </div>
    </details>
  );
}

export const findingsOf = (findings: readonly Finding[], subject: string): readonly Finding[] =>
  findings.filter((finding) => finding.subject === subject);
