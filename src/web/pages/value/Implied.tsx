/**
 * The growth that the price needs, worked out in the page as the sliders move: three models beside each other, how it
 * depends on the price, and how often companies of the size have grown like that.
 */
import { useCallback, useMemo } from 'react';
import {
  figureWord,
  impliedGrowth,
  impliedPath,
  twoStageGrowth,
  type Assumptions,
} from '../../../core/index.js';
import type { ValueDocument } from '../../api/valueTypes.js';
import { ChartFrame } from '../../charts/ChartFrame.js';
import { PlotFigure } from '../../charts/PlotFigure.js';
import { LabelledSlider } from '../../components/LabelledSlider.js';
import { money, percent, plain } from '../../format.js';
import { useHeldQuery } from '../../state/useHeldQuery.js';
import { useWords } from '../../words/useWords.js';
import { Derived } from './Derived.js';
import { Source } from './Inputs.js';

/** Sliders: assumption, range, step. */
const SLIDERS = [
  ['requiredReturn', [0.05, 0.2], 0.005],
  ['years', [3, 20], 1],
  ['payout', [0, 1], 0.05],
  ['terminalGrowth', [0, 0.045], 0.005],
  ['exitMultiple', [10, 100], 1],
  ['growth', [0.1, 1.5], 0.05],
  ['investment', [0.1, 2], 0.05],
] as const satisfies readonly (readonly [keyof Assumptions, readonly [number, number], number])[];

type SliderName = (typeof SLIDERS)[number][0];

/** Price relative to the one of the day. */
const PRICES: readonly [number, number] = [0.2, 2];

export function Implied({ document }: { readonly document: ValueDocument }) {
  const { impliedGrowth: implied } = document;
  if (implied === null) return null;
  return <Sliders document={document} implied={implied} />;
}

interface SlidersProps {
  readonly document: ValueDocument;
  readonly implied: NonNullable<ValueDocument['impliedGrowth']>;
}

function Sliders({ document, implied }: SlidersProps) {
  const { w, language } = useWords();
  const [wanted, change] = useHeldQuery();
  const base = document.assumptions;
  const assumptions = useMemo(() => assumptionsOf(wanted, base), [wanted, base]);
  const factor = within(wanted.get('price'), PRICES, 1);
  const value = implied.value * factor;
  const growth = useMemo(
    () => impliedGrowth(value, implied.earnings, assumptions),
    [value, implied.earnings, assumptions],
  );
  const sales = document.impliedPath?.sales;
  const path = useMemo(
    () =>
      sales === undefined || sales <= 0
        ? undefined
        : impliedPath(value, sales, implied.earnings / sales, assumptions),
    [value, sales, implied.earnings, assumptions],
  );
  const set = (name: SliderName | 'price', to: number, usual: number): void =>
    change({ [name]: to === usual ? undefined : String(Number(to.toFixed(4))) });
  const shown = (name: SliderName): string => {
    const number = assumptions[name];
    if (name === 'years') return w('yearCount', { n: number });
    if (name === 'exitMultiple' || name === 'investment') return plain(number, name === 'investment' ? 2 : 0);
    return percent(number, 1);
  };
  return (
    <div className="columns side-main">
      <section className="panel controls" aria-label={w('assumptions')}>
        <header className="panel-head">
          <h2>{w('assumptions')}</h2>
          <span className="grow" />
          <button
            type="button"
            className="button small"
            onClick={() =>
              change(
                Object.fromEntries(
                  [...SLIDERS.map(([name]) => name), 'price'].map((name) => [name, undefined]),
                ),
              )
            }
          >
            {w('reset')}
          </button>
        </header>
        <LabelledSlider
          label={w('sharePrice')}
          value={factor}
          range={PRICES}
          step={0.05}
          base={1}
          shown={`${plain(document.price.amount * factor, 2)} ${document.price.currency}`}
          onChange={(to) => set('price', to, 1)}
        />
        {SLIDERS.map(([name, range, step]) => (
          <LabelledSlider
            key={name}
            label={w(name)}
            value={assumptions[name]}
            range={range}
            step={step}
            base={base[name]}
            shown={shown(name)}
            onChange={(to) => set(name, to, base[name])}
          />
        ))}
        <p className="muted note">{w('assumptionsNote')}</p>
      </section>
      <div>
        <section className="panel summary outcome" aria-live="polite">
          <p className="headline">
            {w('impliedFinding', {
              growth: percent(growth.twoStage[0].growth, 1),
              years: growth.twoStage[0].years,
              r: percent(assumptions.requiredReturn, 1),
            })}
          </p>
          <dl className="stats">
            {growth.twoStage.map(({ years, growth: g }) => (
              <Stat key={years} title={w('overYears', { n: years })} shown={percent(g, 1)} />
            ))}
            {growth.exitMultiple.map(({ years, growth: g }) => (
              <Stat
                key={years}
                title={w('soldAfter', { n: years, multiple: plain(assumptions.exitMultiple) })}
                shown={percent(g, 1)}
              />
            ))}
            <Stat title={w('forEver')} shown={percent(growth.perpetuity, 1)} />
            {path !== undefined && (
              <>
                <Stat
                  title={w('forecastYears', { growth: percent(assumptions.growth, 0) })}
                  shown={
                    path.forecastYears === undefined ? w('moreThanHundred') : plain(path.forecastYears, 1)
                  }
                />
                <Stat
                  title={w('targetMargin')}
                  shown={path.targetMargin === undefined ? w('notReached') : percent(path.targetMargin, 1)}
                />
                <Stat
                  title={w('salesNeeded', { n: assumptions.years })}
                  shown={
                    path.sales === undefined
                      ? w('notReached')
                      : `${money(path.sales.sales, language)} (${percent(path.sales.growth, 0)})`
                  }
                />
                <Stat title={w('mattersMost')} shown={figureWord(path.swings[0].driver, language)} />
              </>
            )}
          </dl>
          {document.baseRates.map(({ match, share, growth: g, years, salesFrom, salesTo, source }) => (
            <p key={match} className="muted">
              {w('baseRate', {
                share: percent(share, 1),
                growth: percent(g, 0),
                years,
                from: money(salesFrom, language),
                to: salesTo === null ? '' : money(salesTo, language),
              })}{' '}
              <Source source={source} />
            </p>
          ))}
        </section>
        <Derived document={document} of="impliedGrowth" title={w('growthAYear')} />
        {path !== undefined && (
          <Derived
            document={document}
            of="impliedPath"
            title={w('forecastYears', { growth: percent(assumptions.growth, 0) })}
          />
        )}
        <GrowthCurve document={document} implied={implied} assumptions={assumptions} factor={factor} />
      </div>
    </div>
  );
}

const Stat = ({ title, shown }: { readonly title: string; readonly shown: string }) => (
  <div>
    <dt>{title}</dt>
    <dd>{shown}</dd>
  </div>
);

function within(text: string | null, [low, high]: readonly [number, number], usual: number): number {
  const given = Number(text ?? Number.NaN);
  return given >= low && given <= high ? given : usual;
}

function assumptionsOf(wanted: URLSearchParams, base: Assumptions): Assumptions {
  const moved = SLIDERS.map(([name, range]) => [name, within(wanted.get(name), range, base[name])]);
  return { ...base, ...(Object.fromEntries(moved) as Pick<Assumptions, SliderName>) };
}

const HEIGHT = 280;
const POINTS = 37;

interface GrowthCurveProps extends SlidersProps {
  readonly assumptions: Assumptions;
  readonly factor: number;
}

/** Implied growth against the price, for three required returns. */
function GrowthCurve({ document, implied, assumptions, factor }: GrowthCurveProps) {
  const { w } = useWords();
  const { price, id, at } = document;
  const rows = useMemo(() => {
    const { requiredReturn, terminalGrowth } = assumptions;
    const returns = [requiredReturn - 0.02, requiredReturn, requiredReturn + 0.02].filter(
      (r) => r > terminalGrowth,
    );
    return returns.flatMap((r) =>
      Array.from({ length: POINTS }, (_, i) => {
        const part = PRICES[0] + ((PRICES[1] - PRICES[0]) * i) / (POINTS - 1);
        const growth = twoStageGrowth({
          ...assumptions,
          requiredReturn: r,
          value: implied.value * part,
          earnings: implied.earnings,
        });
        return { r, price: price.amount * part, growth };
      }),
    );
  }, [assumptions, implied, price.amount]);
  const here = useMemo(
    () => ({
      price: price.amount * factor,
      growth: twoStageGrowth({ ...assumptions, value: implied.value * factor, earnings: implied.earnings }),
    }),
    [assumptions, implied, price.amount, factor],
  );
  const options = useCallback(
    (plot: typeof import('@observablehq/plot')) => {
      const returns = [...new Set(rows.map(({ r }) => r))];
      const ends = returns.flatMap((r) => rows.filter((row) => row.r === r).slice(-1));
      const own = (r: number): boolean => r === assumptions.requiredReturn;
      return {
        marginLeft: 46,
        marginRight: 72,
        marginTop: 24,
        marginBottom: 40,
        x: { label: `${w('price')}, ${price.currency}`, tickFormat: (value: number) => plain(value) },
        y: {
          label: w('growthAYear'),
          grid: true,
          ticks: 5,
          tickFormat: (value: number) => percent(value, 0),
        },
        marks: [
          plot.lineY(rows, {
            x: 'price',
            y: 'growth',
            z: 'r',
            stroke: ({ r }: { r: number }) => (own(r) ? 'var(--hue-1)' : 'var(--line-strong)'),
            strokeWidth: 2,
          }),
          plot.ruleX([here.price], { stroke: 'var(--line-strong)', strokeDasharray: '3 3' }),
          plot.dot([here], {
            x: 'price',
            y: 'growth',
            r: 5,
            fill: 'var(--hue-1)',
            stroke: 'var(--surface)',
            strokeWidth: 2,
          }),
          plot.text([here], {
            x: 'price',
            y: 'growth',
            text: ({ growth }: { growth: number }) => percent(growth, 1),
            dx: 9,
            dy: 14,
            textAnchor: 'start' as const,
            fontWeight: 600,
            fill: 'var(--hue-1)',
            stroke: 'var(--surface)',
            strokeWidth: 4,
          }),
          plot.text(ends, {
            x: 'price',
            y: 'growth',
            text: ({ r }: { r: number }) => `r ${percent(r, 1)}`,
            dx: 8,
            textAnchor: 'start' as const,
            fill: ({ r }: { r: number }) => (own(r) ? 'var(--hue-1)' : 'var(--muted)'),
          }),
        ],
      };
    },
    [rows, here, assumptions.requiredReturn, price.currency, w],
  );
  const own = rows.filter(({ r }) => r === assumptions.requiredReturn);
  return (
    <ChartFrame
      name={`${id}-${at}-implied-growth`}
      title={w('curveFinding', {
        low: percent(own[0]?.growth, 0),
        high: percent(own[own.length - 1]?.growth, 0),
      })}
      source={w('sourceImplied', { date: at })}
      table={{
        columns: [w('price'), w('growthAYear')],
        rows: own.filter((_, i) => i % 4 === 0).map((row) => [plain(row.price, 2), percent(row.growth, 1)]),
      }}
    >
      <PlotFigure height={HEIGHT} options={options} />
    </ChartFrame>
  );
}
