/** One claim with its verdict, the figure in its place, and every input with where it stands. */
import { valueWords } from '../../../core/index.js';
import type { ClaimDocument, ClaimInputDocument } from '../../api/claimTypes.js';
import { Link } from '../../components/Link.js';
import { hrefOf } from '../../state/route.js';
import { useWords } from '../../words/useWords.js';
import { VerdictMark } from './Verdicts.js';

interface EvidenceProps {
  readonly id: string;
  readonly claim: ClaimDocument;
  readonly chosen: boolean;
  readonly onChoose: () => void;
}

export function Evidence({ id, claim, chosen, onChoose }: EvidenceProps) {
  const { w, language } = useWords();
  const { quote, verdict, why, whyZh, figure, readings } = claim;
  const zh = language === 'zh';
  return (
    <article id={id} className={`panel evidence${chosen ? ' chosen' : ''}`}>
      <header>
        <VerdictMark verdict={verdict} />
        <button type="button" className="quote" aria-pressed={chosen} onClick={onChoose}>
          {quote}
        </button>
      </header>
      <p>{zh ? whyZh : why}</p>
      {readings.length > 0 && (
        <>
          <h3>{w('otherReadings')}</h3>
          <ul>
            {readings.map((reading) => (
              <li key={reading.words + reading.figure.text}>
                {zh ? reading.wordsZh : reading.words}
                {': '}
                {zh ? reading.figure.textZh : reading.figure.text}
              </li>
            ))}
          </ul>
        </>
      )}
      {figure !== null && figure.inputs.length > 0 && <Inputs inputs={figure.inputs} />}
    </article>
  );
}

function Inputs({ inputs }: { readonly inputs: readonly ClaimInputDocument[] }) {
  const { w, language } = useWords();
  return (
    <table className="inputs">
      <thead>
        <tr>
          <th scope="col">{w('inputWhat')}</th>
          <th scope="col" className="number">
            {w('inputValue')}
          </th>
          <th scope="col">{w('asOfDay')}</th>
          <th scope="col">{w('sourceOf')}</th>
        </tr>
      </thead>
      <tbody>
        {inputs.map((input) => (
          <tr key={`${input.name} ${input.asOf} ${input.value}`}>
            <td>{language === 'zh' ? input.nameZh : input.name}</td>
            <td className="number" title={input.value === null ? undefined : String(input.value)}>
              {input.value === null ? '–' : valueWords(input.value, input.unit)[language]}
            </td>
            <td>
              <time dateTime={input.asOf}>{input.asOf}</time>
              {input.knownSince !== null && input.knownSince !== input.asOf && (
                <span className="muted">
                  {' '}
                  {w('knownSinceDay')} {input.knownSince}
                </span>
              )}
            </td>
            <td>
              <Source input={input} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The page that printed it; else the table of the data set, with where that comes from. */
function Source({ input: { source, table } }: { readonly input: ClaimInputDocument }) {
  if (source === null || !/^https?:\/\//i.test(source)) return <Link href={hrefOf('/data')}>{table}</Link>;
  return (
    <a href={source} target="_blank" rel="noopener noreferrer">
      {new URL(source).hostname}
    </a>
  );
}
