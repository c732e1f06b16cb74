/** The event-study chart with its finding. */
import type { StudyDocument } from '../../api/tradingTypes.js';
import { CarChart } from '../../charts/CarChart.js';
import { ChartFrame } from '../../charts/ChartFrame.js';
import { change, percent } from '../../format.js';
import { benchmarkKey } from '../../words/fieldWords.js';
import { useWords } from '../../words/useWords.js';

export function Car({ document, name }: { readonly document: StudyDocument; readonly name: string }) {
  const { w } = useWords();
  const { days, window, event } = document;
  const last = days[days.length - 1];
  return (
    <ChartFrame
      name={`${document.security}-${event}-study`}
      title={w('carFinding', {
        name,
        car: change(last.cumulative),
        low: change(last.band[0]),
        high: change(last.band[1]),
        date: last.date,
      })}
      source={w('sourceStudy', { benchmark: w(benchmarkKey(document.benchmark)), date: event })}
      table={{
        columns: [w('date'), w('ownReturn'), w('abnormal'), w('cumulative'), w('bandLow'), w('bandHigh')],
        rows: days.map((day) => [
          day.date,
          change(day.return),
          change(day.abnormal),
          change(day.cumulative),
          percent(day.band[0]),
          percent(day.band[1]),
        ]),
      }}
    >
      <CarChart days={days} from={window[0]} xLabel={w('axisEvent')} />
      <p className="note">{w('carNote')}</p>
    </ChartFrame>
  );
}
