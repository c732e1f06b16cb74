/** The swap close rehearsed: the forecast trade in the book of a simulated market, many times over, beside what happened. */
import type { RehearsalDocument } from '../../api/tradingTypes.js';
import type { FlowsDocument } from '../../api/types.js';
import { FindingsPanel } from '../../components/FindingMark.js';
import { JobPanel } from '../../components/JobPanel.js';
import { LabelledSlider } from '../../components/LabelledSlider.js';
import { Link } from '../../components/Link.js';
import { ProvenanceLine } from '../../components/ProvenanceLine.js';
import { change, money, percent, plain, shareCount } from '../../format.js';
import { hrefOf } from '../../state/route.js';
import { useHeldQuery } from '../../state/useHeldQuery.js';
import { useWords } from '../../words/useWords.js';
import { ForcedTrade, SecurityChoice, type TradeAsked } from '../ForcedTrade.js';
import { Auction, Book, Fan } from './RehearsalCharts.js';
import { Spreads } from './RehearsalTable.js';

export function RehearsalPage({ parts: [, index, effective] }: { readonly parts: readonly string[] }) {
  return (
    <ForcedTrade index={index} effective={effective} page="rehearsal">
      {(asked) => <Asked {...asked} />}
    </ForcedTrade>
  );
}

const USUAL = { runs: 200, close: 0.8, arbitrageurs: 3 } as const;
const RANGES = { runs: [50, 1000], close: [0, 1], arbitrageurs: [0, 20] } as const;

type Wish = Readonly<Record<keyof typeof USUAL, number>>;

/** What the address does not say, or says out of range, is as usual. */
function wishOf(wanted: URLSearchParams): Wish {
  const number = (name: keyof typeof USUAL): number => {
    const given = Number(wanted.get(name) ?? Number.NaN);
    const [low, high] = RANGES[name];
    return given >= low && given <= high ? given : USUAL[name];
  };
  return {
    runs: Math.round(number('runs')),
    close: number('close'),
    arbitrageurs: Math.round(number('arbitrageurs')),
  };
}

function Asked({ flows, trade, known }: TradeAsked) {
  const { w, name } = useWords();
  const [wanted, onChange] = useHeldQuery();
  const wish = wishOf(wanted);
  // A rehearsal takes place before the close it is about.
  const knownAt =
    typeof known.knownAt === 'string' && known.knownAt < flows.dates.swap ? known.knownAt : undefined;
  const parameters = {
    index: flows.index,
    effective: flows.dates.effective,
    security: trade.id,
    runs: wish.runs,
    seed: 1,
    atClose: wish.close,
    arbitrageurs: wish.arbitrageurs,
    ...(knownAt !== undefined && { knownAt }),
  };
  return (
    <div className="columns side-main">
      <Controls flows={flows} chosen={trade.id} wish={wish} onChange={onChange} />
      <JobPanel
        key={JSON.stringify(parameters)}
        kind="rehearsal"
        parameters={parameters}
        title={w('rehearsal')}
        about={w('rehearsalAbout')}
      >
        {(result) => <Outcome document={result as RehearsalDocument} name={name(trade)} />}
      </JobPanel>
    </div>
  );
}

interface ControlsProps {
  readonly flows: FlowsDocument;
  readonly chosen: string;
  readonly wish: Wish;
  readonly onChange: (changes: Readonly<Record<string, string | undefined>>) => void;
}

function Controls({ flows, chosen, wish, onChange }: ControlsProps) {
  const { w } = useWords();
  const slider = (name: keyof Wish, label: string, step: number, shown: string) => (
    <LabelledSlider
      label={label}
      value={wish[name]}
      range={RANGES[name]}
      step={step}
      base={USUAL[name]}
      shown={shown}
      onChange={(value) =>
        onChange({ [name]: value === USUAL[name] ? undefined : String(Number(value.toFixed(2))) })
      }
    />
  );
  return (
    <section className="panel controls" aria-label={w('rehearsal')}>
      <SecurityChoice flows={flows} chosen={chosen} onChoose={(id) => onChange({ security: id })} />
      {slider('close', w('atCloseShare'), 0.05, percent(wish.close, 0))}
      {slider('arbitrageurs', w('arbitrageurs'), 1, String(wish.arbitrageurs))}
      {slider('runs', w('rehearsalRuns'), 50, String(wish.runs))}
      <p className="muted note">{w('rehearsalNote')}</p>
      <p className="note">
        <Link href={hrefOf('/rehearsal/market')}>{w('experimentFrom')}</Link>
      </p>
    </section>
  );
}

function Outcome({ document, name }: { readonly document: RehearsalDocument; readonly name: string }) {
  const { w, language } = useWords();
  const { flow, againstStill, reversal, close, market, filled } = document;
  const [low, , middle, , high] = againstStill.quantiles;
  const back = reversal[reversal.length - 1];
  const figures: readonly (readonly [string, string])[] = [
    [w('shares'), shareCount(flow.shares, language)],
    [w('dayVolume'), shareCount(market.volume, language, false)],
    [w('dailyVolatility'), percent(market.volatility)],
    [w('filledShare'), percent(filled, 0)],
    ...(close.happened === null ? [] : [[w('happened'), plain(close.happened, 2)] as const]),
  ];
  return (
    <>
      <p className="headline">
        {w('rehearsalHeadline', {
          name,
          value: money(flow.value.amount, language, true),
          moved: change(middle),
          low: change(low),
          high: change(high),
          back: change(back.quantiles[2]),
        })}
      </p>
      <dl className="stats">
        {figures.map(([title, shown]) => (
          <div key={title}>
            <dt>{title}</dt>
            <dd>{shown}</dd>
          </div>
        ))}
      </dl>
      <Fan document={document} name={name} />
      <div className="columns two">
        <Book document={document} />
        <Auction document={document} />
      </div>
      <Spreads document={document} />
      <FindingsPanel findings={document.findings} />
      <ProvenanceLine provenance={document.provenance} />
    </>
  );
}
