/** Addresses to pages. Every page is fetched when it is first opened, except what the frame itself needs. */
import { lazy, Suspense, useEffect, type ComponentType } from 'react';
import { Boundary } from './components/Boundary.js';
import { Frame } from './components/Frame.js';
import { Empty } from './components/Loaded.js';
import { applyAppearance, usePreferences } from './state/preferences.js';
import { useRoute } from './state/route.js';
import { useLanguage, useWords } from './words/useWords.js';

interface PageProps {
  readonly parts: readonly string[];
}

const page = <Name extends string>(
  load: () => Promise<Readonly<Record<Name, ComponentType<PageProps>>>>,
  name: Name,
) => lazy(async () => ({ default: (await load())[name] }));

/** First match wins; `:` stands for any part. */
const PAGES = [
  { pattern: '', Page: page(() => import('./pages/TodayPage.js'), 'TodayPage') },
  { pattern: 'indices', Page: page(() => import('./pages/IndicesPage.js'), 'IndicesPage') },
  { pattern: 'indices/:', Page: page(() => import('./pages/IndexPage.js'), 'IndexPage') },
  { pattern: 'indices/:/reviews/:', Page: page(() => import('./pages/ReviewPage.js'), 'ReviewPage') },
  { pattern: 'securities', Page: page(() => import('./pages/SecuritiesPage.js'), 'SecuritiesPage') },
  { pattern: 'securities/:', Page: page(() => import('./pages/security/SecurityPage.js'), 'SecurityPage') },
  { pattern: 'flows', Page: page(() => import('./pages/NextReviewPage.js'), 'NextReviewPage') },
  { pattern: 'flows/:/:', Page: page(() => import('./pages/flows/FlowsPage.js'), 'FlowsPage') },
  { pattern: 'impact', Page: page(() => import('./pages/NextReviewPage.js'), 'NextReviewPage') },
  { pattern: 'impact/own', Page: page(() => import('./pages/impact/OwnOrderPage.js'), 'OwnOrderPage') },
  { pattern: 'impact/:/:', Page: page(() => import('./pages/impact/ImpactPage.js'), 'ImpactPage') },
  { pattern: 'rehearsal', Page: page(() => import('./pages/NextReviewPage.js'), 'NextReviewPage') },
  { pattern: 'rehearsal/market', Page: page(() => import('./pages/rehearsal/MarketPage.js'), 'MarketPage') },
  {
    pattern: 'rehearsal/:/:',
    Page: page(() => import('./pages/rehearsal/RehearsalPage.js'), 'RehearsalPage'),
  },
  { pattern: 'schedule', Page: page(() => import('./pages/NextReviewPage.js'), 'NextReviewPage') },
  { pattern: 'schedule/:/:', Page: page(() => import('./pages/schedule/SchedulePage.js'), 'SchedulePage') },
  { pattern: 'study', Page: page(() => import('./pages/NextReviewPage.js'), 'NextReviewPage') },
  { pattern: 'study/:', Page: page(() => import('./pages/study/StudyPage.js'), 'StudyPage') },
  { pattern: 'tca', Page: page(() => import('./pages/tca/TcaPage.js'), 'TcaPage') },
  { pattern: 'what-if', Page: page(() => import('./pages/NextReviewPage.js'), 'NextReviewPage') },
  { pattern: 'what-if/:/:', Page: page(() => import('./pages/WhatIfPage.js'), 'WhatIfPage') },
  { pattern: 'trade', Page: page(() => import('./pages/trade/AccountsPage.js'), 'AccountsPage') },
  { pattern: 'trade/:', Page: page(() => import('./pages/trade/AccountPage.js'), 'AccountPage') },
  { pattern: 'value', Page: page(() => import('./pages/value/ValuePage.js'), 'ValuePage') },
  { pattern: 'value/:', Page: page(() => import('./pages/value/ValuePage.js'), 'ValuePage') },
  { pattern: 'earnings/:/:', Page: page(() => import('./pages/value/EarningsPage.js'), 'EarningsPage') },
  { pattern: 'quality/:/:', Page: page(() => import('./pages/value/QualityPage.js'), 'QualityPage') },
  { pattern: 'leaders', Page: page(() => import('./pages/value/LeadersPage.js'), 'LeadersPage') },
  { pattern: 'lookthrough', Page: page(() => import('./pages/value/FundsPage.js'), 'FundsPage') },
  { pattern: 'lookthrough/:', Page: page(() => import('./pages/value/FundsPage.js'), 'FundsPage') },
  { pattern: 'rulebooks', Page: page(() => import('./pages/RulebooksPage.js'), 'RulebooksPage') },
  { pattern: 'rulebooks/:', Page: page(() => import('./pages/RulebookPage.js'), 'RulebookPage') },
  { pattern: 'claims', Page: page(() => import('./pages/claims/ClaimsPage.js'), 'ClaimsPage') },
  { pattern: 'data', Page: page(() => import('./pages/DataPage.js'), 'DataPage') },
] as const;

export function App() {
  const preferences = usePreferences();
  const language = useLanguage();
  const { path } = useRoute();
  const { w } = useWords();
  useEffect(() => applyAppearance(preferences, language), [preferences, language]);
  const found = PAGES.find(({ pattern }) => matches(pattern, path));
  return (
    <Frame>
      {found === undefined ? (
        <Empty>{w('noSuchPage')}</Empty>
      ) : (
        <Suspense
          fallback={<div className="skeleton skeleton-table" role="status" aria-label={w('loading')} />}
        >
          <Boundary key={path.join('/')} title={w('mistake')} remedy={w('mistakeRemedy')}>
            <found.Page parts={path} />
          </Boundary>
        </Suspense>
      )}
    </Frame>
  );
}

function matches(pattern: string, path: readonly string[]): boolean {
  const parts = pattern === '' ? [] : pattern.split('/');
  return parts.length === path.length && parts.every((part, i) => part === ':' || part === path[i]);
}
