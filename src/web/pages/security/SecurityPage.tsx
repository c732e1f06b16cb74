/** One security: its prices with the marks of reviews, the indices it is in, the trade it faces next, the facts held. */
import { lazy, Suspense, useEffect, useRef } from 'react';
import { useIndices, usePrices, useSecurity } from '../../api/queries.js';
import { useCompanies } from '../../api/valueQueries.js';
import type { SecurityDocument } from '../../api/types.js';
import { FindingsPanel } from '../../components/FindingMark.js';
import { Link } from '../../components/Link.js';
import { Loaded } from '../../components/Loaded.js';
import { impactPath, schedulePath } from '../../components/ReviewHead.js';
import { WatchButton } from '../../components/WatchButton.js';
import { money } from '../../format.js';
import { changedQuery, hrefOf, navigate, useRoute } from '../../state/route.js';
import { boardWord } from '../../words/fieldWords.js';
import { useWords } from '../../words/useWords.js';
import { NextFlow } from './NextFlow.js';
import { Facts, Indices } from './SecurityFacts.js';
import { Prices } from './SecurityPrices.js';

const Ticket = lazy(async () => ({ default: (await import('../trade/Ticket.js')).Ticket }));

export function SecurityPage({ parts: [, id] }: { readonly parts: readonly string[] }) {
  return (
    <Loaded asked={useSecurity(id)} shape="chart">
      {(security) => <Security security={security} />}
    </Loaded>
  );
}

function Security({ security }: { readonly security: SecurityDocument }) {
  const { w, name, otherName, language } = useWords();
  const prices = usePrices(security.id);
  const { marketValue } = security;
  return (
    <>
      <header className="page-head">
        <div className="title-line">
          <h1>
            {name(security)} <span className="light">{security.code}</span>
          </h1>
          <WatchButton id={security.id} />
          <TradeButton />
          <SecurityPages security={security} />
        </div>
        <p className="muted">
          {[otherName(security), security.pinyin, boardWord(security.board, language), security.industry]
            .filter((text) => text !== '')
            .join(' \u00b7 ')}
          {security.listed !== null && ` \u00b7 ${w('listed')} ${security.listed}`}
          {marketValue !== null &&
            ` \u00b7 ${w('marketValue')} ${money(marketValue.amount, language)} (${marketValue.date})`}
        </p>
      </header>
      <OpenTicket security={security} />
      <Loaded asked={prices} shape="chart">
        {(document) => <Prices security={security} document={document} />}
      </Loaded>
      <div className="columns two">
        <Indices security={security} />
        <NextFlow security={security} />
      </div>
      <Facts security={security} />
      <FindingsPanel findings={security.findings} />
    </>
  );
}

/** The ticket is part of the address: a page with it open is a link. */
function TradeButton() {
  const { w } = useWords();
  const isOpen = useRoute().query.has('trade');
  return (
    <button
      type="button"
      className="button small primary"
      aria-expanded={isOpen}
      onClick={() => navigate(changedQuery({ trade: isOpen ? undefined : '1' }), 'replace')}
    >
      {w('tradeIt')}
    </button>
  );
}

/** What was opened has the focus, so that typing goes on in it. */
function OpenTicket({ security }: { readonly security: SecurityDocument }) {
  const { w } = useWords();
  const isOpen = useRoute().query.has('trade');
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isOpen) place.current?.focus();
  }, [isOpen]);
  if (!isOpen) return null;
  return (
    <div ref={place} tabIndex={-1} className="ticket-place">
      <Suspense fallback={<div className="skeleton skeleton-text" role="status" aria-label={w('loading')} />}>
        <Ticket security={security} />
      </Suspense>
    </div>
  );
}

/** What its trades do to it, when to trade them, what it did before; where an index with data has it in a review. */
function SecurityPages({ security }: { readonly security: SecurityDocument }) {
  const { w } = useWords();
  const indices = useIndices().data?.indices ?? [];
  const valued = useCompanies().data?.companies.some(({ id }) => id === security.id) ?? false;
  const index = indices.find(({ id, reviews }) => reviews && isIn(security, id));
  if (index === undefined) return null;
  const about = { security: security.id };
  return (
    <nav className="pills" aria-label={w('pagesOfSecurity')}>
      {index.next !== null && (
        <>
          <Link href={hrefOf(impactPath(index.id, index.next.effective), about)}>{w('impact')}</Link>
          <Link href={hrefOf(schedulePath(index.id, index.next.effective), about)}>{w('schedule')}</Link>
        </>
      )}
      <Link href={hrefOf(`/study/${index.id}`, about)}>{w('study')}</Link>
      {valued && <Link href={hrefOf(`/value/${security.id}`)}>{w('valueTab')}</Link>}
      <Link href={hrefOf('/lookthrough', about)}>{w('fundsTab')}</Link>
    </nav>
  );
}

const isIn = (security: SecurityDocument, index: string): boolean =>
  security.indices.some((one) => one.index === index);
