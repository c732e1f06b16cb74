/** Search over everything that has a page: securities by code, names and pinyin initials; indices by code and name. */
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { Dialog } from 'react-aria-components/Dialog';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { useIndices, useSearch } from '../api/queries.js';
import { hrefOf, navigate } from '../state/route.js';
import { useWords } from '../words/useWords.js';
import { Failure } from './Loaded.js';

interface Hit {
  readonly href: string;
  readonly code: string;
  readonly title: string;
  readonly note: string;
}

const MOST_INDICES = 4;

export function SearchDialog({ onClose }: { readonly onClose: () => void }) {
  const { w } = useWords();
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(0);
  const list = useId();
  const { hits, error, settled, ms } = useHits(query.trim());
  const active = Math.min(at, hits.length - 1);
  const open = (hit: Hit | undefined): void => {
    if (hit === undefined) return;
    navigate(hrefOf(hit.href));
    onClose();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && hits.length > 0) {
      event.preventDefault();
      setAt((active + step + hits.length) % hits.length);
    } else if (event.key === 'Enter') open(hits[active]);
  };
  return (
    <ModalOverlay className="overlay" isOpen isDismissable onOpenChange={onClose}>
      <Modal className="modal search-modal">
        <Dialog aria-label={w('search')} className="dialog">
          <input
            className="search-input"
            role="combobox"
            aria-expanded={hits.length > 0}
            aria-controls={list}
            aria-activedescendant={hits.length > 0 ? `${list}${active}` : undefined}
            aria-label={w('search')}
            placeholder={w('searchHint')}
            // A dialog that was asked for by a key takes the next keys.
            ref={(input) => input?.focus()}
            value={query}
            onKeyDown={onKeyDown}
            onChange={(event) => {
              setQuery(event.target.value);
              setAt(0);
            }}
          />
          {error !== null && <Failure failure={error} />}
          <div role="listbox" id={list} aria-label={w('results')} className="hits" data-ms={ms}>
            {hits.map((hit, i) => (
              <div
                key={hit.href}
                id={`${list}${i}`}
                role="option"
                aria-selected={i === active}
                className={i === active ? 'hit active' : 'hit'}
                onClick={() => open(hit)}
                onMouseMove={() => setAt(i)}
              >
                <code>{hit.code}</code>
                <span className="hit-title">{hit.title}</span>
                <span className="muted">{hit.note}</span>
              </div>
            ))}
          </div>
          <p className="muted search-foot" role="status">
            {query.trim() === '' ? w('searchExamples') : settled && hits.length === 0 ? w('noHits') : ''}
          </p>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

function useHits(query: string) {
  const { w, name, otherName, of } = useWords();
  const { data, error, isPlaceholderData } = useSearch(query);
  const indices = useIndices().data?.indices ?? [];
  const wanted = plainText(query);
  const found = indices
    .filter(({ id, code, names }) =>
      [id, code ?? '', names.en, names.zh].some((text) => plainText(text).includes(wanted)),
    )
    .slice(0, MOST_INDICES)
    .map((index): Hit => ({
      href: index.reviews ? `/indices/${index.id}` : `/rulebooks/${index.id}`,
      code: index.code ?? index.id,
      title: of(index.names),
      note: index.reviews ? w('index') : w('rulesOnly'),
    }));
  const securities = (data?.securities ?? []).map((security): Hit => ({
    href: `/securities/${security.id}`,
    code: security.code,
    title: name(security),
    note: [otherName(security), security.pinyin].filter((text) => text !== '').join(' \u00b7 '),
  }));
  const ms = useAnswerTime(query, data, isPlaceholderData);
  // Few indices, many securities: an index that answers is the rarer hit.
  const hits = query === '' ? [] : [...found, ...securities];
  return { hits, error, settled: data !== undefined && !isPlaceholderData, ms };
}

/** `STAR 50`, `star-50` and `star50` are one word. */
const plainText = (text: string): string => text.toLowerCase().replace(/[\s-]+/g, '');

/** From the last key to the answer on the screen, milliseconds. */
function useAnswerTime(query: string, data: unknown, waiting: boolean): number | undefined {
  const asked = useRef({ query: '', atMs: 0 });
  const [ms, setMs] = useState<number>();
  if (asked.current.query !== query) asked.current = { query, atMs: performance.now() };
  useEffect(() => {
    if (data === undefined || waiting) return;
    setMs(performance.now() - asked.current.atMs);
  }, [data, waiting]);
  return ms;
}
