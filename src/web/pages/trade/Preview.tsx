/** What an order would cost and do, and what is against it, while it is being typed; and what it would have done before. */
import { useState } from 'react';
import { useDryRun, type DryRunAsked } from '../../api/accountQueries.js';
import type { DryRunDocument, OrderSent, PreviewDocument } from '../../api/accountTypes.js';
import { Failure } from '../../components/Loaded.js';
import { change, percent, plain } from '../../format.js';
import { reasonKey } from '../../words/orderWords.js';
import { useWords } from '../../words/useWords.js';

interface PreviewProps {
  readonly preview: PreviewDocument;
  readonly side: OrderSent['side'];
  /** Takes the nearest order that would be accepted into the ticket. */
  readonly onNearest: (nearest: NonNullable<PreviewDocument['nearest']>) => void;
}

export function Preview({ preview, side, onNearest }: PreviewProps) {
  const { language, w } = useWords();
  const { fees, impact, rules } = preview;
  return (
    <>
      <Objections preview={preview} side={side} onNearest={onNearest} />
      <dl className="cost">
        <Row term={w('value')} value={plain(preview.value.amount, 2)} />
        {side === 'sell' && <Row term={w('stampFee')} value={plain(fees.stamp.amount, 2)} />}
        <Row term={w('transferFee')} value={plain(fees.transfer.amount, 2)} />
        <Row
          term={w('commissionFee')}
          value={plain(fees.commission.amount, 2)}
          note={`${w('passedOn')}: ${plain(fees.passedOn.amount, 2)}`}
        />
        <Row term={w('totalFees')} value={plain(fees.total.amount, 2)} strong />
        <Row term={w('cashAfter')} value={plain(preview.cashAfter.amount, 2)} strong />
        <Row term={w('sharesAfter')} value={plain(preview.sharesAfter)} />
        {impact !== null && (
          <Row
            term={w('impactOfOrder')}
            value={`${impact.costBps.toFixed(1)} bp`}
            note={`${impact.band.map((bps) => bps.toFixed(1)).join('\u2026')} bp \u00b7 ${w(
              'participationOf',
              {
                share: percent(impact.participation, 3),
              },
            )}`}
          />
        )}
      </dl>
      <p className="muted note">
        {w('ruleSource')}: {language === 'zh' ? rules.sourceZh : rules.source}
        {rules.confidence !== 'documented' && ` (${w('recalled')})`}
      </p>
    </>
  );
}

interface RowProps {
  readonly term: string;
  readonly value: string;
  readonly note?: string;
  readonly strong?: boolean;
}

function Row({ term, value, note, strong = false }: RowProps) {
  return (
    <div className={strong ? 'strong' : ''}>
      <dt>{term}</dt>
      <dd>
        {value}
        {note !== undefined && <small className="muted">{note}</small>}
      </dd>
    </div>
  );
}

function Objections({ preview: { objections, nearest }, side, onNearest }: PreviewProps) {
  const { w, language } = useWords();
  return (
    <div aria-live="polite">
      {objections.length > 0 && (
        <div className="objections" role="group" aria-label={w('objections')}>
          <strong>{w('objections')}</strong>
          <ul>
            {objections.map(({ code, message, messageZh }) => (
              <li key={code}>{language === 'zh' ? messageZh : message}</li>
            ))}
          </ul>
          {nearest !== null && (
            <p>
              {w('nearestIs', {
                order: `${w(side)} ${plain(nearest.quantity)}${nearest.limit === null ? '' : ` @ ${plain(nearest.limit, 2)}`}`,
              })}{' '}
              <button type="button" className="button small" onClick={() => onNearest(nearest)}>
                {w('nearestUse')}
              </button>
            </p>
          )}
        </div>
      )}
    </div>
  );
}

interface TriedProps {
  readonly order: OrderSent;
  /** The sessions it is tried over: none later than what the account knows. */
  readonly from: string;
  readonly to: string;
  readonly fills: DryRunAsked['fills'];
}

/** The same order some months earlier: when its condition would have come true, and at what it would have traded. */
export function TriedOnPast({ order, from, to, fills }: TriedProps) {
  const { w } = useWords();
  const [asked, setAsked] = useState<DryRunAsked>();
  const wanted: DryRunAsked = { ...order, from, to, fills };
  const isAsked = JSON.stringify(asked) === JSON.stringify(wanted);
  const tried = useDryRun(isAsked ? asked : undefined);
  return (
    <div className="tried">
      <button type="button" className="button small" onClick={() => setAsked(wanted)}>
        {w('dryRun')}
      </button>
      <div aria-live="polite">
        {isAsked && tried.error !== null && <Failure failure={tried.error} />}
        {isAsked && tried.data !== undefined && <Outcome run={tried.data} />}
      </div>
    </div>
  );
}

function Outcome({ run }: { readonly run: DryRunDocument }) {
  const { w } = useWords();
  const { from, to, fills, sessions, sessionsMet, triggered, triggeredAt } = run;
  const [fill] = fills;
  const reason = run.orders[0]?.reason ?? undefined;
  const key = reason === undefined ? undefined : reasonKey(reason);
  const notFilled = key === undefined ? w('dryRunNone', { to }) : w('dryRunExpired', { reason: w(key) });
  if (triggered === null) return <p>{w('dryRunNever', { from, to })}</p>;
  const what =
    fill === undefined
      ? notFilled
      : w('dryRunFilled', {
          date: fill.date,
          price: plain(fill.price, 2),
          change: change(fill.changeSinceStart),
          from,
        });
  return (
    <>
      <p>
        {w('dryRunWoke', { date: triggeredAt === null ? triggered : `${triggered} ${triggeredAt}`, what })}
      </p>
      {sessions.length > 0 && (
        <p className="muted">{w('dryRunMet', { n: sessionsMet, all: sessions.length, from, to })}</p>
      )}
    </>
  );
}
