/** How the recorded forecasts of a review turned out. */
import { useRecord } from '../../api/queries.js';
import type { FlowsDocument, RecordDocument } from '../../api/types.js';
import { Loaded } from '../../components/Loaded.js';
import { chance, percent, plain } from '../../format.js';
import { useWords } from '../../words/useWords.js';

type ReviewScores = RecordDocument['scores'][number];

/** How the forecasts of this review turned out; nothing before the first was published. */
export function Scores({ flows }: { readonly flows: FlowsDocument }) {
  const { w } = useWords();
  const asked = useRecord(flows.index, flows.dates.effective, flows.knownAt);
  return (
    <section className="panel">
      <header className="panel-head">
        <h2>{w('record')}</h2>
      </header>
      <Loaded asked={asked} shape="text">
        {({ scores: [scores] }) =>
          scores === undefined ? (
            <div className="empty">{w('recordEmpty')}</div>
          ) : (
            <ScoreList scores={scores} flows={flows} />
          )
        }
      </Loaded>
    </section>
  );
}

function ScoreList({ scores, flows }: { readonly scores: ReviewScores; readonly flows: FlowsDocument }) {
  const { w, name } = useWords();
  const { sample, misses, calibration } = scores;
  const trades = new Map(flows.trades.map((trade) => [trade.id, trade]));
  const named = (id: string): string => {
    const trade = trades.get(id);
    return trade === undefined ? id : name(trade);
  };
  const figures: readonly (readonly [string, string])[] = [
    [w('scoreDays'), String(scores.days.length)],
    ['Brier', plain(scores.brier, 3)],
    [w('logScore'), plain(scores.logScore, 3)],
    ['CRPS', scores.crps === null ? '\u2013' : `${plain(scores.crps * 1e4, 1)} bp`],
    [
      w('coverage90'),
      scores.coverage90 === null || sample.flows === 0
        ? '\u2013'
        : `${percent(scores.coverage90, 0)} (${sample.flows})`,
    ],
  ];
  return (
    <>
      <dl className="stats">
        {figures.map(([title, value]) => (
          <div key={title}>
            <dt>{title}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <table className="plain">
        <caption>{w('calibration', { n: sample.chances })}</caption>
        <thead>
          <tr>
            <th scope="col">{w('forecastChance')}</th>
            <th scope="col">{w('cameTrue')}</th>
            <th scope="col">{w('forecasts')}</th>
          </tr>
        </thead>
        <tbody>
          {calibration.map((bin) => (
            <tr key={bin.meanForecast}>
              <td>{percent(bin.meanForecast, 0)}</td>
              <td>{percent(bin.happened, 0)}</td>
              <td>{bin.forecasts}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {misses.length > 0 && (
        <p className="note doubt">
          {w('misses')}:{' '}
          {misses
            .map(
              ({ id, happened, p }) => `${named(id)} ${w(happened === 'in' ? 'pIn' : 'pOut')} ${chance(p)}`,
            )
            .join(', ')}
        </p>
      )}
    </>
  );
}
