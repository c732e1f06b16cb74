/**
 * Why a number is what it is: the steps that lead to it, each from its own close; the clauses that bound it, in words
 * with their source; the decision on membership; the doubts.
 */
import type { ReactNode } from 'react';
import { findingText } from '../../core/index.js';
import type { ClauseRow, FlowsDocument, ReviewDocument, ReviewMember, TradeRow } from '../api/types.js';
import { days, money, percent, plain, points, shareCount } from '../format.js';
import { hrefOf } from '../state/route.js';
import { confidenceKey, outcomeWord } from '../words/fieldWords.js';
import { useWords } from '../words/useWords.js';
import { findingsOf } from './FindingMark.js';
import { Link } from './Link.js';
import { impactPath, schedulePath } from './ReviewHead.js';

interface WhyPanelProps {
  readonly review: ReviewDocument;
  readonly flows: FlowsDocument | undefined;
  readonly clauses: readonly ClauseRow[];
  readonly member: ReviewMember;
  /** Column whose number is asked about. */
  readonly figure: string;
}

interface Step {
  readonly figures: readonly string[];
  readonly title: string;
  readonly value: string;
  readonly how: ReactNode;
}

export function WhyPanel({ review, flows, clauses, member, figure }: WhyPanelProps) {
  const { w, name, otherName, language } = useWords();
  const trade = flows?.trades.find(({ id }) => id === member.id);
  const steps = [
    ...weightSteps(review, member, w),
    ...(flows === undefined || trade === undefined ? [] : flowSteps(flows, trade, w, language)),
  ];
  const decision = review.decisions.find(({ id }) => id === member.id);
  const named = [...new Set([...member.boundBy, ...(decision === undefined ? [] : [decision.clause])])];
  const doubts = findingsOf(review.findings, member.id);
  return (
    <aside className="panel why" aria-label={w('why')} aria-live="polite">
      <header className="panel-head">
        <h2>
          {w('why')}: {name(member)}
        </h2>
        <span className="muted">{otherName(member)}</span>
      </header>
      <ol className="steps">
        {steps.map(({ figures, title, value, how }) => (
          <li key={title} className={figures.includes(figure) ? 'asked' : ''}>
            <span className="step-title">{title}</span>
            <span className="step-value">{value}</span>
            <div className="step-how">{how}</div>
          </li>
        ))}
      </ol>
      {trade !== undefined && (
        <p className="pills">
          <Link href={hrefOf(impactPath(review.index, review.dates.effective), { security: trade.id })}>
            {w('impact')}
          </Link>
          <Link href={hrefOf(schedulePath(review.index, review.dates.effective), { security: trade.id })}>
            {w('schedule')}
          </Link>
        </p>
      )}
      {decision !== undefined && (
        <section>
          <h3>{w('decision')}</h3>
          <p>
            <strong>{outcomeWord(decision.outcome, language)}</strong>
            {decision.rank !== null && (
              <>
                {' '}
                {'\u00b7'} {w('rank', { n: decision.rank })}
              </>
            )}
          </p>
          <p className="muted">{language === 'zh' ? member.reasonZh : member.reason}</p>
        </section>
      )}
      {named.map((id) => (
        <ClauseNote
          key={id}
          index={review.index}
          id={id}
          clause={clauses.find((clause) => clause.id === id)}
        />
      ))}
      {doubts.length > 0 && (
        <section>
          <h3>
            <span className="mark-static">{'\u2022'}</span> {w('findings')}
          </h3>
          <ul className="findings">
            {doubts.map((finding) => (
              <li key={`${finding.code} ${finding.message}`}>
                <code>{finding.code}</code> {findingText(finding, language)}
              </li>
            ))}
          </ul>
        </section>
      )}
    </aside>
  );
}

type W = ReturnType<typeof useWords>['w'];

function weightSteps({ dates, level, knownAt }: ReviewDocument, member: ReviewMember, w: W): Step[] {
  const { weightBefore, weightUncapped, weightAtPricing, weightAfter, cappingFactor, boundBy } = member;
  const drift = weightAtPricing === 0 ? undefined : weightAfter / weightAtPricing - 1;
  const valued = level.date;
  // Before the pricing date its close is not known: the last known one stands in.
  const priced = dates.pricing < knownAt ? dates.pricing : knownAt;
  return [
    {
      figures: ['weightBefore'],
      title: w('before'),
      value: percent(weightBefore),
      how: w('whyBefore', { date: valued }),
    },
    {
      figures: ['weightUncapped'],
      title: w('uncapped'),
      value: percent(weightUncapped),
      how: w('whyUncapped', { date: priced }),
    },
    {
      figures: ['weightAtPricing', 'cappingFactor', 'boundBy'],
      title: w('atPricing'),
      value: percent(weightAtPricing),
      how:
        boundBy.length === 0
          ? w('whyNotBound', { date: priced })
          : w('whyBound', { date: priced, caps: boundBy.join(', '), factor: plain(cappingFactor, 4) }),
    },
    {
      figures: ['weightAfter'],
      title: w('after'),
      value: percent(weightAfter),
      how:
        drift === undefined
          ? w('whyDeleted')
          : valued <= priced
            ? w('whyStill', { date: valued })
            : w('whyAfter', {
                pricing: priced,
                date: valued,
                drift: percent(Math.abs(drift)),
                direction: w(drift >= 0 ? 'rose' : 'fell'),
              }),
    },
  ];
}

function flowSteps(flows: FlowsDocument, trade: TradeRow, w: W, language: 'en' | 'zh'): Step[] {
  const { trackedAssets: assets } = flows;
  const cut = trade.weightAfter - trade.weightBefore;
  const price = trade.value.amount / trade.shares;
  return [
    {
      figures: ['change', 'value', 'shares', 'daysToTrade'],
      title: w('flow'),
      value: money(trade.value.amount, language, true),
      how: w(trade.daysToTrade === null ? 'whyFlowThin' : 'whyFlow', {
        cut: points(cut, language),
        assets: money(assets.amount, language),
        currency: assets.currency,
        date: assets.asOf,
        shares: shareCount(trade.shares, language),
        price: plain(price, 2),
        days: days(trade.daysToTrade),
        adv: money(trade.adv20Value.amount, language),
      }),
    },
  ];
}

interface ClauseNoteProps {
  readonly index: string;
  readonly id: string;
  readonly clause: ClauseRow | undefined;
}

function ClauseNote({ index, id, clause }: ClauseNoteProps) {
  const { w, language } = useWords();
  return (
    <section className="clause-note">
      <h3>
        <Link href={`${hrefOf(`/rulebooks/${index}`)}#${id}`}>{id}</Link>
        {clause !== undefined && <span className="tag">{w(confidenceKey(clause.confidence))}</span>}
      </h3>
      {clause !== undefined && (
        <>
          <p>{clause[language]}</p>
          {clause.note !== null && <p className="muted">{clause.note}</p>}
          <p className="muted cites">{clause.cite.map(({ title }) => title).join('; ')}</p>
        </>
      )}
    </section>
  );
}
