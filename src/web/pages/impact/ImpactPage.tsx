/** What the forced trade of one security does to its price: cost by model, what comes back, which names move along. */
import { useMemo } from 'react';
import type { Impact, SingleModelName } from '../../../core/index.js';
import { useImpact } from '../../api/queries.js';
import type { ImpactDocument } from '../../api/tradingTypes.js';
import { FindingsPanel } from '../../components/FindingMark.js';
import { LabelledSlider } from '../../components/LabelledSlider.js';
import { Failure, Loaded } from '../../components/Loaded.js';
import { ProvenanceLine } from '../../components/ProvenanceLine.js';
import { basisPoints, money, percent, shareCount } from '../../format.js';
import { useHeldQuery } from '../../state/useHeldQuery.js';
import { useWords } from '../../words/useWords.js';
import { ForcedTrade, SecurityChoice, type TradeAsked } from '../ForcedTrade.js';
import { CostPanel, ReversalPanel } from './ImpactCharts.js';
import { Models, Together } from './ImpactTables.js';
import { LENGTHS, modelsOn, SIZES, type OrderWish, type Varied } from './orderVaried.js';

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
  const over: Varied = wanted.get('over') === 'days' ? 'days' : 'size';
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
          <ReversalPanel document={document} name={named} law={lawAmong(rows, chosen)} />
          {document.together.length > 0 && <Together document={document} flows={flows} />}
        </div>
        <FindingsPanel findings={document.findings} />
        <ProvenanceLine provenance={document.provenance} />
      </div>
    </div>
  );
}

const isSingle = (model: string): model is SingleModelName => model !== 'greenwood';

/** The path back is that of the square-root law, with the exponent of the chosen row where it is one of them. */
const lawAmong = (rows: readonly Impact[], chosen: Impact): Impact =>
  chosen.model.startsWith('square-root')
    ? chosen
    : (rows.find(({ model }) => model === 'square-root') ?? chosen);

function wishOf(wanted: URLSearchParams): OrderWish {
  const within = (name: string, [low, high]: readonly [number, number]): number => {
    const given = Number(wanted.get(name) ?? '1');
    return given >= low && given <= high ? given : 1;
  };
  return { size: within('size', SIZES), days: within('days', LENGTHS) };
}

interface ControlsProps extends ImpactOfProps {
  readonly wish: OrderWish;
  readonly over: Varied;
  readonly change: (change: Readonly<Record<string, string | undefined>>) => void;
}

const STEP = 0.05;
const LENGTH_STEP = 0.25;

function Controls({ flows, document, wish, over, change }: ControlsProps) {
  const { w } = useWords();
  const { order } = document;
  const set = (key: 'size' | 'days', value: number): void =>
    change({ [key]: value === 1 ? undefined : String(Number(value.toFixed(2))) });
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
      <LabelledSlider
        label={w('orderSize')}
        value={wish.size}
        range={SIZES}
        step={STEP}
        base={1}
        shown={`${percent(order.participation * wish.size, 0)} ${w('ofDayVolume')} (${
          wish.size === 1 ? w('asItIs') : `\u00d7${wish.size.toFixed(2)}`
        })`}
        onChange={(value) => set('size', value)}
      />
      <LabelledSlider
        label={w('orderDays')}
        value={wish.days}
        range={LENGTHS}
        step={LENGTH_STEP}
        base={1}
        shown={w(wish.days === 1 ? 'oneDay' : 'dayCount', { n: wish.days })}
        onChange={(value) => set('days', value)}
      />
      <label className="field">
        <span>{w('curveOver')}</span>
        <select
          className="input"
          value={over}
          onChange={(event) => change({ over: event.target.value === 'days' ? 'days' : undefined })}
        >
          <option value="size">{w('orderSize')}</option>
          <option value="days">{w('orderDays')}</option>
        </select>
      </label>
      <p className="muted note">{w('impactNote')}</p>
    </section>
  );
}

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
