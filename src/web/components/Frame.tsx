/** What stands around every page: the bar of pages, the search, the knowledge date, language, theme, the keys. */
import { lazy, Suspense, useEffect, useState, type ReactNode } from 'react';
import { useIndices } from '../api/queries.js';
import { setPreferences, usePreferences } from '../state/preferences.js';
import { changedQuery, hrefOf, navigate, useRoute } from '../state/route.js';
import type { WordKey } from '../words/en.js';
import { useWords } from '../words/useWords.js';
import { KeysDialog } from './KeysDialog.js';
import { Link } from './Link.js';
import { useKeys, type PageKey } from './useKeys.js';
import { ISO_DATE } from '../isoDate.js';

const loadSearch = () => import('./SearchDialog.js');
const SearchDialog = lazy(async () => ({ default: (await loadSearch()).SearchDialog }));

const PAGES: readonly PageKey[] = [
  { path: '/', key: 'today', letter: 't', icon: 'M4 5h16v15H4zM4 10h16M9 3v4M15 3v4' },
  {
    path: '/indices',
    key: 'indices',
    letter: 'i',
    icon: 'M4 4h9v9H4zM15 4h5v5h-5zM15 11h5v9h-5zM4 15h9v5H4z',
  },
  { path: '/securities', key: 'securities', letter: 's', icon: 'M4 18l5-6 4 3 7-9M4 21h16' },
  { path: '/flows', key: 'flows', letter: 'f', icon: 'M3 7c8 0 8 10 18 10M3 17c8 0 8-10 18-10' },
  { path: '/impact', key: 'impact', letter: 'm', icon: 'M3 6h6l4 10 3-5h5M3 20h18' },
  {
    path: '/schedule',
    key: 'schedule',
    letter: 'h',
    icon: 'M4 20v-5h3v5zM10 20V9h3v11zM16 20V4h3v16zM3 20h18',
  },
  {
    path: '/rehearsal',
    key: 'rehearsal',
    letter: 'e',
    icon: 'M4 12c5-8 11-8 16-8M4 12c5 0 11 0 16 0M4 12c5 8 11 8 16 8',
  },
  { path: '/tca', key: 'tca', letter: 'c', icon: 'M4 4v16h16M8 16v-5h3v5M11 11V7h3v4M14 7h3v5' },
  { path: '/study', key: 'study', letter: 'u', icon: 'M12 3v18M4 16l5-3 3 2 4-8 4-2' },
  { path: '/what-if', key: 'whatIf', letter: 'w', icon: 'M5 4v16M12 4v16M19 4v16M3 9h4M10 15h4M17 8h4' },
  { path: '/trade', key: 'trade', letter: 'o', icon: 'M4 8h14l-4-4M20 16H6l4 4' },
  { path: '/value', key: 'valueTab', letter: 'v', icon: 'M4 20h16M7 20V9M12 20V4M17 20v-8M5 6l4-2' },
  { path: '/claims', key: 'claims', letter: 'l', icon: 'M4 5h16v11H10l-5 4v-4H4zM8 9h8M8 12h5' },
  { path: '/rulebooks', key: 'rulebooks', letter: 'r', icon: 'M5 4h14v16H5zM9 9h6M9 13h6' },
  {
    path: '/data',
    key: 'data',
    letter: 'd',
    icon: 'M5 6c0-3 14-3 14 0v12c0 3-14 3-14 0zM5 6c0 3 14 3 14 0M5 12c0 3 14 3 14 0',
  },
];

type Open = 'search' | 'keys' | undefined;

export function Frame({ children }: { readonly children: ReactNode }) {
  const { w } = useWords();
  const [open, setOpen] = useState<Open>();
  const { path } = useRoute();
  useKeys(PAGES, { search: () => setOpen('search'), keys: () => setOpen('keys') });
  // The search opens at once when it is asked for.
  useEffect(() => {
    const soon = setTimeout(() => void loadSearch(), 1_200);
    return () => clearTimeout(soon);
  }, []);
  const close = (): void => setOpen(undefined);
  return (
    <div className="frame">
      <a href="#content" className="skip">
        {w('skip')}
      </a>
      <nav className="bar" aria-label={w('pages')}>
        {PAGES.map(({ path: to, key, icon, letter }) => (
          <Link
            key={to}
            href={hrefOf(to)}
            aria-current={isIn(to, path) ? 'page' : undefined}
            title={`${w(key)} (g ${letter})`}
          >
            <svg viewBox="0 0 24 24" aria-hidden="true">
              <path d={icon} />
            </svg>
            <span>{w(key)}</span>
          </Link>
        ))}
      </nav>
      <header className="top">
        <button type="button" className="search-button" onClick={() => setOpen('search')}>
          <svg viewBox="0 0 24 24" aria-hidden="true">
            <path d="M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM15.5 15.5L20 20" />
          </svg>
          <span>{w('searchHint')}</span>
          <kbd>{'/'}</kbd>
        </button>
        <span className="grow" />
        <KnowledgeDate />
        <LanguageSwitch />
        <ThemeSwitch />
        <button
          type="button"
          className="button small keys-button"
          onClick={() => setOpen('keys')}
          aria-label={w('keys')}
        >
          {'?'}
        </button>
      </header>
      <main id="content" tabIndex={-1}>
        {children}
      </main>
      <Suspense fallback={null}>{open === 'search' && <SearchDialog onClose={close} />}</Suspense>
      {open === 'keys' && <KeysDialog pages={PAGES} onClose={close} />}
    </div>
  );
}

/** Pages that are reached from the one about a price. */
const VALUE_PAGES: ReadonlySet<string> = new Set(['earnings', 'quality', 'leaders', 'lookthrough']);

function isIn(page: string, path: readonly string[]): boolean {
  const [first = ''] = path;
  return page === `/${first}` || (page === '/value' && VALUE_PAGES.has(first));
}

/** The whole workbench goes back in time with it. */
function KnowledgeDate() {
  const { w } = useWords();
  const asked = useRoute().query.get('knownAt') ?? '';
  const lastClose = useIndices().data?.knownAt ?? '';
  const [typed, setTyped] = useState({ asked, text: asked });
  // The address was changed by something else.
  if (typed.asked !== asked) setTyped({ asked, text: asked });
  const go = (text: string): void => {
    setTyped({ asked, text });
    if (text !== '' && !ISO_DATE.test(text)) return;
    navigate(changedQuery({ knownAt: text === '' ? undefined : text }));
  };
  return (
    <div className={asked === '' ? 'known-at' : 'known-at past'}>
      <label htmlFor="known-at">{w('asKnownOn')}</label>
      <input
        id="known-at"
        inputMode="numeric"
        autoComplete="off"
        size={11}
        maxLength={10}
        placeholder={lastClose}
        aria-invalid={typed.text !== '' && !ISO_DATE.test(typed.text)}
        title={w('asKnownOnHint')}
        className="input small"
        value={typed.text}
        onChange={(event) => go(event.target.value)}
      />
      {asked !== '' && (
        <button type="button" className="button small" onClick={() => go('')}>
          {w('latest')}
        </button>
      )}
    </div>
  );
}

function LanguageSwitch() {
  const { language, w } = useWords();
  const other = language === 'en' ? 'zh' : 'en';
  const choose = (): void => {
    setPreferences({ language: other });
    navigate(changedQuery({ lang: undefined }), 'replace');
  };
  return (
    <button
      type="button"
      className="button small"
      onClick={choose}
      lang={other === 'zh' ? 'zh-CN' : 'en'}
      title={w('otherLanguage')}
    >
      {other === 'zh' ? '中文' : 'English'}
    </button>
  );
}

function ThemeSwitch() {
  const { theme, rising } = usePreferences();
  const { w } = useWords();
  const themes = ['system', 'light', 'dark'] as const;
  const words: Readonly<Record<(typeof themes)[number], WordKey>> = {
    system: 'themeSystem',
    light: 'themeLight',
    dark: 'themeDark',
  };
  return (
    <>
      <select
        className="input small"
        aria-label={w('theme')}
        value={theme}
        onChange={(event) => setPreferences({ theme: event.target.value as (typeof themes)[number] })}
      >
        {themes.map((one) => (
          <option key={one} value={one}>
            {w(words[one])}
          </option>
        ))}
      </select>
      <button
        type="button"
        className="button small"
        onClick={() => setPreferences({ rising: rising === 'red' ? 'green' : 'red' })}
        title={w('risingHint')}
      >
        <span className="rise">{'\u25b2'}</span>
        <span className="fall">{'\u25bc'}</span>
        <span className="unseen">{w(rising === 'red' ? 'risingRed' : 'risingGreen')}</span>
      </button>
    </>
  );
}
