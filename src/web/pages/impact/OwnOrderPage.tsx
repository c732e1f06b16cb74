/** What an order of one's own costs, from its size, the volume of a day and the volatility: every model, here in the browser. */
import { useMemo } from 'react';
import { impactTable } from '../../../core/index.js';
import type { OrderDocument } from '../../api/tradingTypes.js';
import { FindingsPanel } from '../../components/FindingMark.js';
import { Empty } from '../../components/Loaded.js';
import { basisPoints, money, percent } from '../../format.js';
import { useHeldQuery } from '../../state/useHeldQuery.js';
import type { WordKey } from '../../words/en.js';
import { useWords } from '../../words/useWords.js';
import { CostPanel, ReversalPanel } from './ImpactCharts.js';
import { Models } from './ImpactTables.js';
import { OrderSliders } from './OrderSliders.js';
import { isSingle, lawAmong, modelsOn, overOf, wishOf } from './orderVaried.js';

interface Field {
  readonly name: 'shares' | 'adv' | 'sigma' | 'price' | 'spread' | 'outstanding';
  readonly label: WordKey;
  /** Smallest and largest number that is taken. */
  readonly range: readonly [number, number];
  readonly required: boolean;
}

const FIELDS: readonly Field[] = [
  { name: 'shares', label: 'ownShares', range: [1, 1e15], required: true },
  { name: 'adv', label: 'ownVolume', range: [1, 1e15], required: true },
  { name: 'sigma', label: 'ownVolatility', range: [0.001, 100], required: true },
  { name: 'price', label: 'ownPrice', range: [1e-6, 1e9], required: false },
  { name: 'spread', label: 'ownSpread', range: [0.001, 5_000], required: false },
  { name: 'outstanding', label: 'ownOutstanding', range: [1, 1e15], required: false },
];

type Typed = Readonly<Partial<Record<Field['name'], number>>>;

type Change = (change: Readonly<Record<string, string | undefined>>) => void;

export function OwnOrderPage() {
  const { w } = useWords();
  const [wanted, change] = useHeldQuery();
  const { typed, wrong } = useMemo(() => readFields(wanted), [wanted]);
  const side = wanted.get('side') === 'buy' ? 'buy' : 'sell';
  const document = useMemo(() => documentOf(typed, side), [typed, side]);
  return (
    <>
      <header className="page-head">
        <h1>{w('ownOrder')}</h1>
        <p className="muted">{w('ownOrderNote')}</p>
      </header>
      <div className="columns side-main">
        <section className="panel controls" aria-label={w('order')}>
          <label className="field">
            <span>{w('ownSide')}</span>
            <select
              className="input"
              value={side}
              onChange={({ target: { value } }) => change({ side: value === 'sell' ? undefined : value })}
            >
              <option value="sell">{w('sellSide')}</option>
              <option value="buy">{w('buySide')}</option>
            </select>
          </label>
          {FIELDS.map((field) => (
            <NumberField
              key={field.name}
              field={field}
              asked={wanted.get(field.name) ?? ''}
              wrong={wrong.has(field.name)}
              onChange={(text) => change({ [field.name]: text === '' ? undefined : text })}
            />
          ))}
          {document !== undefined && (
            <OrderSliders
              participation={document.order.participation}
              wish={wishOf(wanted)}
              over={overOf(wanted)}
              change={change}
            />
          )}
          <p className="muted note">{w('impactNote')}</p>
        </section>
        {document === undefined ? (
          <Empty>{w('ownOrderEmpty')}</Empty>
        ) : (
          <Outcome document={document} side={side} price={typed.price} wanted={wanted} change={change} />
        )}
      </div>
    </>
  );
}

/** Separators of thousands are taken as people write them. */
function readFields(wanted: URLSearchParams): { typed: Typed; wrong: ReadonlySet<string> } {
  const typed: Partial<Record<Field['name'], number>> = {};
  const wrong = new Set<string>();
  for (const { name, range } of FIELDS) {
    const text = (wanted.get(name) ?? '').replace(/[\s,]/g, '');
    if (text === '') continue;
    const value = Number(text);
    if (value >= range[0] && value <= range[1]) typed[name] = value;
    else wrong.add(name);
  }
  return { typed, wrong };
}

interface NumberFieldProps {
  readonly field: Field;
  readonly asked: string;
  readonly wrong: boolean;
  readonly onChange: (text: string) => void;
}

function NumberField({ field, asked, wrong, onChange }: NumberFieldProps) {
  const { w } = useWords();
  const [low, high] = field.range;
  const hint = `own-${field.name}-hint`;
  return (
    <label className="field">
      <span>{w(field.label)}</span>
      <input
        className="input"
        inputMode="decimal"
        autoComplete="off"
        required={field.required}
        aria-invalid={wrong}
        {...(wrong && { 'aria-describedby': hint })}
        placeholder={field.required ? '' : w('optional')}
        value={asked}
        onChange={(event) => onChange(event.target.value)}
      />
      {wrong && (
        <small id={hint} className="wrong">
          {w('ownRange', { low: low.toLocaleString('en-US'), high: high.toLocaleString('en-US') })}
        </small>
      )}
    </label>
  );
}

/** The order and its market as the models take them; nothing without the three figures that they need. */
function documentOf(typed: Typed, side: 'buy' | 'sell'): OrderDocument | undefined {
  const { shares, adv, sigma, spread, outstanding } = typed;
  if (shares === undefined || adv === undefined || sigma === undefined) return undefined;
  const order = { shares: side === 'sell' ? -shares : shares, days: 1 };
  const liquidity = {
    advShares: adv,
    volatility: sigma / 100,
    sharesOutstanding: outstanding ?? null,
    spread: spread === undefined ? null : spread / 1e4,
  };
  const { findings } = impactTable(order, {
    ...liquidity,
    sharesOutstanding: liquidity.sharesOutstanding ?? Number.NaN,
    spread: liquidity.spread ?? Number.NaN,
  });
  return {
    order: { ...order, participation: shares / adv },
    liquidity: { ...liquidity, lambda: null },
    models: [],
    findings,
  };
}

interface OutcomeProps {
  readonly document: OrderDocument;
  readonly side: 'buy' | 'sell';
  readonly price: number | undefined;
  readonly wanted: URLSearchParams;
  readonly change: Change;
}

function Outcome({ document, side, price, wanted, change }: OutcomeProps) {
  const { w, language } = useWords();
  const wish = wishOf(wanted);
  const { size, days } = wish;
  const rows = useMemo(() => modelsOn(document, { size, days }), [document, size, days]);
  const chosen = rows.find(({ model }) => model === wanted.get('model')) ?? rows[0];
  const value = (price ?? Number.NaN) * Math.abs(document.order.shares) * size;
  return (
    <div>
      <section className="panel summary outcome" aria-live="polite">
        <p className="headline">
          {w(side === 'sell' ? 'ownSell' : 'ownBuy', {
            part: percent(document.order.participation * size, 1),
            peak: percent(chosen.peak),
            cost: basisPoints(chosen.cost, 0),
            low: (chosen.band[0] * 1e4).toFixed(0),
            high: (chosen.band[1] * 1e4).toFixed(0),
          })}
          {price !== undefined && w('ownMoney', { money: money(value * chosen.cost, language) })}
        </p>
      </section>
      <CostPanel
        document={document}
        file="own-order"
        wish={wish}
        over={overOf(wanted)}
        chosen={chosen}
        models={rows.map(({ model }) => model).filter(isSingle)}
      />
      <Models
        name="own order impact"
        rows={rows}
        value={value}
        chosen={chosen.model}
        onChoose={(model) => change({ model: model === rows[0].model ? undefined : model })}
      />
      <ReversalPanel side={side} file="own-order" name={w('theOrder')} law={lawAmong(rows, chosen)} />
      <FindingsPanel findings={document.findings} />
    </div>
  );
}
