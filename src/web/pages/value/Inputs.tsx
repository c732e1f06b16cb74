/** What a number is made of: every input with its day and its source, one click away. */
import { useState, type ReactNode } from 'react';
import { figureWord, formulaWord, inputWord, withPeriodWords } from '../../../core/index.js';
import { exact, money, plain } from '../../format.js';
import { useWords, type Words } from '../../words/useWords.js';

export interface Input {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly asOf: string;
  readonly knownSince: string;
  readonly quality: string;
  readonly source: string;
}

interface InputsProps {
  readonly title: string;
  readonly formula?: string;
  readonly inputs: readonly Input[];
  readonly children?: ReactNode;
}

export function Inputs({ title, formula, inputs, children }: InputsProps) {
  const words = useWords();
  const { w, language } = words;
  return (
    <aside className="panel why" aria-label={w('why')} aria-live="polite">
      <header className="panel-head">
        <h2>
          {w('why')}: {title}
        </h2>
        {formula !== undefined && <code>{formulaWord(formula, language)}</code>}
      </header>
      {children}
      <ul className="findings">
        {inputs.map((one) => (
          <li key={`${one.name} ${one.asOf}`}>
            {inputWord(one.name, language)} <strong title={exact(one.value)}>{amountOf(one, words)}</strong>{' '}
            <span className="muted">
              {one.asOf !== one.knownSince &&
                !one.name.includes(one.asOf) &&
                `${withPeriodWords(one.asOf)}, `}
              {w('knownSince', { date: one.knownSince })}, {qualityOf(one.quality, words)}
            </span>{' '}
            <Source source={one.source} />
          </li>
        ))}
      </ul>
    </aside>
  );
}

/** The same, shown when it is asked for. */
export function FoldedInputs(props: Omit<InputsProps, 'children'>) {
  const { w } = useWords();
  const [open, setOpen] = useState(false);
  return (
    <details className="folded" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="muted">
        {w('why')}: {props.title}
      </summary>
      {open && <Inputs {...props} />}
    </details>
  );
}

const amountOf = ({ value, unit }: Input, { language }: Words): string => {
  if (unit === 'CNY' || unit === 'USD')
    return Math.abs(value) >= 1e5 ? `${money(value, language)} ${unit}` : `${plain(value, 2)} ${unit}`;
  if (unit === 'pct') return `${plain(value, 2)} %`;
  return plain(value, value % 1 === 0 ? 0 : 4);
};

const QUALITIES: Readonly<Record<string, { readonly en: string; readonly zh: string }>> = {
  reported: { en: 'as printed', zh: '原文' },
  rounded: { en: 'printed in round numbers', zh: '约数' },
  derived: { en: 'worked out', zh: '推算' },
  observed: { en: 'observed', zh: '实际成交' },
  reconstructed: { en: 'rebuilt', zh: '重建' },
  assumed: { en: 'assumed', zh: '假设' },
  outlook: { en: 'the company’s outlook', zh: '公司指引' },
  vendor: { en: 'as a vendor printed it', zh: '数据商所列' },
};

const qualityOf = (quality: string, { of }: Words): string => {
  const words = QUALITIES[quality];
  return words === undefined ? quality : of(words);
};

/** The page a figure was read on; a table of the data set else. */
export function Source({ source }: { readonly source: string }) {
  const { w } = useWords();
  if (!/^https?:\/\//.test(source)) return <code>{source}</code>;
  return (
    <a href={source} target="_blank" rel="noreferrer noopener" title={source}>
      {w('source')}
    </a>
  );
}

export const sourcesOf = (inputs: readonly Pick<Input, 'source'>[]): string[] => [
  ...new Set(inputs.map(({ source }) => source)),
];

/** Each source of a row of a table once; what was read there on pointing at it. */
export function Sources({ inputs }: { readonly inputs: readonly Input[] }) {
  const { language } = useWords();
  return sourcesOf(inputs).map((source) => (
    <span
      key={source}
      title={inputs
        .filter((one) => one.source === source)
        .map(
          ({ name, value, asOf }) => `${inputWord(name, language)} ${exact(value)}, ${withPeriodWords(asOf)}`,
        )
        .join('; ')}
    >
      <Source source={source} />{' '}
    </span>
  ));
}

/** A name for a figure or line in the reader's language. */
export const nameOf = (id: string, { language }: Words): string => figureWord(id, language);

/** A multiple: 520.1x, 4,417x. */
export const times = (value: number | null | undefined): string =>
  value === null || value === undefined ? '\u2013' : `${plain(value, Math.abs(value) >= 1000 ? 0 : 1)}\u00d7`;
