/** What the forced trade of one security does to its price: cost by model, what comes back, which names move along. */
import { useMemo } from 'react';
import { useImpact } from '../../api/queries.js';
import type { ImpactDocument } from '../../api/tradingTypes.js';
import { FindingsPanel } from '../../components/FindingMark.js';
import { Link } from '../../components/Link.js';
import { Failure, Loaded } from '../../components/Loaded.js';
import { ProvenanceLine } from '../../components/ProvenanceLine.js';
import { basisPoints, money, percent, shareCount } from '../../format.js';
import { hrefOf } from '../../state/route.js';
import { useHeldQuery } from '../../state/useHeldQuery.js';
import { useWords } from '../../words/useWords.js';
import { ForcedTrade, SecurityChoice, type TradeAsked } from '../ForcedTrade.js';
import { CostPanel, ReversalPanel } from './ImpactCharts.js';
import { OrderSliders } from './OrderSliders.js';
import { Models, Together } from './ImpactTables.js';
import { isSingle, lawAmong, modelsOn, overOf, wishOf, type OrderWish, type Varied } from './orderVaried.js';

export function ImpactPage({ parts: [, index, effective] }: { readonly parts: readonly string[] }) {
  return (
    <ForcedTrade index={index} effective={effective} page="impact">
      {(asked) => <Asked {...asked} />}
    </ForcedTrade>
  );
}

function Asked({ flows, trade, known }: TradeAsked) {
  const { w } = useWords();
  const [, change] = useHeldQuery();
  const asked = useImpact(flows.index, flows.dates.effective, trade.id, known);
  if (asked.error !== null && (asked.data === undefined || asked.isPlaceholderData)) {
    // Refused or unreachable: another name can still be chosen.
    return (
      <div className="columns side-main">
        <section className="panel controls" aria-label={w('impact')}>
          <SecurityChoice
            flows={flows}
            chosen={trade.id}
            onChoose={(id) => change({ security: id, model: undefined })}
          />
        </section>
        <Failure failure={asked.error} onRetry={() => void asked.refetch()} />
      </div>
    );
  }
  return (
    <Loaded asked={asked} shape="chart">
      {(document) => (
        // While another name is on its way the page of the one before stays.
        <ImpactOf flows={flows} document={document} />
      )}
    </Loaded>
  );
}

interface ImpactOfProps extends Pick<TradeAsked, 'flows'> {
  readonly document: ImpactDocument;
}

function ImpactOf({ flows, document }: ImpactOfProps) {
  const { w, name, language } = useWords();
  const [wanted, change] = useHeldQuery();
  const wish = wishOf(wanted);
  const { size, days } = wish;
  const rows = useMemo(() => modelsOn(document, { size, days }), [document, size, days]);
  const chosen = rows.find(({ model }) => model === wanted.get('model')) ?? rows[0];
  const value = Math.abs(document.value.amount) * size;
  const trade = flows.trades.find(({ id }) => id === document.security);
  const named = trade === undefined ? document.security : name(trade);
  const choose = (model: string): void => change({ model: model === rows[0].model ? undefined : model });
  const over = overOf(wanted);
  const origin = {
    file: `${document.security}-${document.dates.effective}`,
    measuredOn: document.measuredOn,
  };
  return (
    <div className="columns side-main">
      <Controls flows={flows} document={document} wish={wish} over={over} change={change} />
      <div>
        <section className="panel summary outcome" aria-live="polite">
          <p className="headline">
            {w(document.side === 'sell' ? 'impactSell' : 'impactBuy', {
              name: named,
              value: money(value, language),
              peak: percent(chosen.peak),
              cost: basisPoints(chosen.cost, 0),
              low: (chosen.band[0] * 1e4).toFixed(0),
              high: (chosen.band[1] * 1e4).toFixed(0),
              money: money(value * chosen.cost, language),
            })}
          </p>
          <Liquidity document={document} wish={wish} />
        </section>
        <CostPanel
          document={document}
          {...origin}
          wish={wish}
          over={over}
          chosen={chosen}
          models={rows.map(({ model }) => model).filter(isSingle)}
        />
        <Models
          name={`${document.security} impact`}
          rows={rows}
          value={value}
          chosen={chosen.model}
          onChoose={choose}
        />
        <div className="columns two">
          <ReversalPanel side={document.side} {...origin} name={named} law={lawAmong(rows, chosen)} />
          {document.together.length > 0 && <Together document={document} flows={flows} />}
        </div>
        <FindingsPanel findings={document.findings} />
        <ProvenanceLine provenance={document.provenance} />
      </div>
    </div>
  );
}

interface ControlsProps extends ImpactOfProps {
  readonly wish: OrderWish;
  readonly over: Varied;
  readonly change: (change: Readonly<Record<string, string | undefined>>) => void;
}

function Controls({ flows, document, wish, over, change }: ControlsProps) {
  const { w } = useWords();
  const { order } = document;
  return (
    <section className="panel controls" aria-label={w('impact')}>
      <header className="panel-head">
        <h2>{w('order')}</h2>
        <span className="grow" />
        <button
          type="button"
          className="button small"
          onClick={() => change({ size: undefined, days: undefined, model: undefined, over: undefined })}
        >
          {w('reset')}
        </button>
      </header>
      <SecurityChoice
        flows={flows}
        chosen={document.security}
        onChoose={(id) => change({ security: id, model: undefined })}
      />
      <OrderSliders participation={order.participation} wish={wish} over={over} change={change} />
      <p className="muted note">{w('impactNote')}</p>
      <p className="note">
        <Link href={hrefOf('/impact/own', ownOrderOf(document))}>{w('ownOrderFrom')}</Link>
      </p>
    </section>
  );
}

/** The same order as one of one's own, every figure of it open to change. */
const ownOrderOf = ({
  order,
  liquidity,
  side,
  value,
}: ImpactDocument): Record<string, string | undefined> => {
  const figure = (number: number | null): string | undefined =>
    number === null ? undefined : String(Number(number.toPrecision(6)));
  return {
    side,
    shares: String(Math.abs(Math.round(order.shares))),
    adv: String(Math.round(liquidity.advShares)),
    sigma: figure(liquidity.volatility * 100),
    outstanding: figure(liquidity.sharesOutstanding),
    spread: figure(liquidity.spread === null ? null : liquidity.spread * 1e4),
    price: figure(Math.abs(value.amount / order.shares)),
  };
};

function Liquidity({ document, wish }: { readonly document: ImpactDocument; readonly wish: OrderWish }) {
  const { w, language } = useWords();
  const { order, liquidity, measuredOn } = document;
  const figures: readonly (readonly [string, string])[] = [
    [w('shares'), shareCount(order.shares * wish.size, language)],
    [w('dayVolume'), shareCount(liquidity.advShares, language, false)],
    [w('dailyVolatility'), percent(liquidity.volatility)],
    [w('spread'), basisPoints(liquidity.spread)],
    [w('measuredOn'), measuredOn],
  ];
  return (
    <dl className="stats">
      {figures.map(([title, shown]) => (
        <div key={title}>
          <dt>{title}</dt>
          <dd>{shown}</dd>
        </div>
      ))}
    </dl>
  );
}
