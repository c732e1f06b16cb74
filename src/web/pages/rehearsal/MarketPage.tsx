/** The experiment: what the share of index funds, the number of arbitrageurs and the size of a flow do to a made-up company. */
import type { MarketDocument } from '../../api/tradingTypes.js';
import { FindingsPanel } from '../../components/FindingMark.js';
import { JobPanel } from '../../components/JobPanel.js';
import { LabelledSlider } from '../../components/LabelledSlider.js';
import { ProvenanceLine } from '../../components/ProvenanceLine.js';
import { percent } from '../../format.js';
import { useHeldQuery } from '../../state/useHeldQuery.js';
import type { WordKey } from '../../words/en.js';
import { useWords } from '../../words/useWords.js';
import { MarketCharts } from './MarketCharts.js';
import { MarketTable } from './MarketTable.js';

const PASSIVE = [0.1, 0.3, 0.5] as const;
const ARBITRAGEURS = [0, 1, 4] as const;
/** The flow that is chosen, and twice of it. */
const SIZES = [1, 2] as const;

const USUAL = { flow: 0.01, close: 1, elasticity: 2, response: 2, volatility: 0.02, runs: 10 } as const;
const RANGES = {
  flow: [0.005, 0.05],
  close: [0, 1],
  elasticity: [0.5, 6],
  response: [0, 6],
  volatility: [0.005, 0.06],
  runs: [10, 200],
} as const;

type Name = keyof typeof USUAL;
type Wish = Readonly<Record<Name, number>>;

/** What the address does not say, or says out of range, is as usual. */
function wishOf(wanted: URLSearchParams): Wish {
  const number = (name: Name): number => {
    const given = Number(wanted.get(name) ?? Number.NaN);
    const [low, high] = RANGES[name];
    return given >= low && given <= high ? given : USUAL[name];
  };
  return {
    flow: number('flow'),
    close: number('close'),
    elasticity: number('elasticity'),
    response: number('response'),
    volatility: number('volatility'),
    runs: Math.round(number('runs')),
  };
}

export function MarketPage() {
  const { w } = useWords();
  const [wanted, onChange] = useHeldQuery();
  const wish = wishOf(wanted);
  const parameters = {
    passive: PASSIVE,
    arbitrageurs: ARBITRAGEURS,
    flow: SIZES.map((size) => -Number((size * wish.flow).toFixed(4))),
    atClose: wish.close,
    elasticity: wish.elasticity,
    response: wish.response,
    volatility: wish.volatility,
    runs: wish.runs,
    seed: 1,
  };
  return (
    <>
      <header className="page-head">
        <h1>{w('experimentTitle')}</h1>
        <p className="muted">{w('experimentNote')}</p>
      </header>
      <div className="columns side-main">
        <Controls wish={wish} onChange={onChange} />
        <JobPanel
          key={JSON.stringify(parameters)}
          kind="market"
          parameters={parameters}
          title={w('experiment')}
          about={w('experimentAbout')}
        >
          {(result) => <Outcome document={result as MarketDocument} />}
        </JobPanel>
      </div>
    </>
  );
}

interface ControlsProps {
  readonly wish: Wish;
  readonly onChange: (changes: Readonly<Record<string, string | undefined>>) => void;
}

function Controls({ wish, onChange }: ControlsProps) {
  const { w } = useWords();
  const slider = (name: Name, label: WordKey, step: number, shown: string) => (
    <LabelledSlider
      label={w(label)}
      value={wish[name]}
      range={RANGES[name]}
      step={step}
      base={USUAL[name]}
      shown={shown}
      onChange={(value) =>
        onChange({ [name]: value === USUAL[name] ? undefined : String(Number(value.toFixed(3))) })
      }
    />
  );
  return (
    <section className="panel controls" aria-label={w('experiment')}>
      {slider('flow', 'flowOfHolding', 0.005, percent(-wish.flow, 1))}
      {slider('close', 'atCloseShare', 0.1, percent(wish.close, 0))}
      {slider('elasticity', 'ofElasticity', 0.5, wish.elasticity.toFixed(1))}
      {slider('response', 'ofResponse', 0.5, wish.response.toFixed(1))}
      {slider('volatility', 'ofVolatility', 0.005, percent(wish.volatility, 1))}
      {slider('runs', 'runsPerPoint', 10, String(wish.runs))}
    </section>
  );
}

function Outcome({ document }: { readonly document: MarketDocument }) {
  return (
    <>
      <MarketCharts document={document} />
      <MarketTable document={document} />
      <FindingsPanel findings={document.findings} />
      <ProvenanceLine provenance={document.provenance} />
    </>
  );
}
