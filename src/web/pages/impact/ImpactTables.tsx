/** The models beside each other with what each rests on, and the names that the whole review moves together. */
import { useMemo } from 'react';
import type { Impact, ImpactModelName } from '../../../core/index.js';
import type { ImpactDocument } from '../../api/tradingTypes.js';
import type { FlowsDocument } from '../../api/types.js';
import {
  amountColumn,
  basisPointsColumn,
  codeColumn,
  flowColumn,
  nameColumn,
  returnColumn,
} from '../../components/columns.js';
import { DataTable, type Column } from '../../components/DataTable.js';
import { FindingMark } from '../../components/FindingMark.js';
import { hrefOf, navigate } from '../../state/route.js';
import { MODEL_WORDS } from '../../words/modelWords.js';
import { useWords } from '../../words/useWords.js';

interface ModelsProps {
  readonly name: string;
  readonly rows: readonly Impact[];
  /** Of the order, money. */
  readonly value: number;
  readonly chosen: ImpactModelName;
  readonly onChoose: (model: string) => void;
}

export function Models({ name, rows, value, chosen, onChoose }: ModelsProps) {
  const { w } = useWords();
  const columns = useMemo(
    (): Column<Impact>[] => [
      {
        id: 'model',
        title: w('model'),
        value: ({ model }) => model,
        cell: ({ model, findings }) => (
          <>
            {model}
            <FindingMark findings={findings} />
          </>
        ),
        width: 160,
      },
      basisPointsColumn(
        { id: 'temporary', title: w('temporary'), width: 96, about: w('aboutTemporary') },
        (row) => row.temporary,
      ),
      basisPointsColumn(
        { id: 'permanent', title: w('permanent'), width: 96, about: w('aboutPermanent') },
        (row) => row.permanent,
      ),
      basisPointsColumn(
        { id: 'peak', title: w('peak'), width: 96, about: w('aboutPeak') },
        (row) => row.peak,
      ),
      basisPointsColumn(
        { id: 'cost', title: w('cost'), width: 96, about: w('aboutCost') },
        (row) => row.cost,
      ),
      basisPointsColumn({ id: 'band_low', title: w('bandLow'), width: 96 }, ({ band }) => band[0]),
      basisPointsColumn({ id: 'band_high', title: w('bandHigh'), width: 96 }, ({ band }) => band[1]),
      amountColumn({ id: 'cost_value', title: w('costMoney'), width: 96 }, ({ cost }) => cost * value),
    ],
    [w, value],
  );
  return (
    <>
      <DataTable
        name={name}
        title={w('modelsTable')}
        rows={rows}
        columns={columns}
        rowKey={({ model }) => model}
        selected={chosen}
        onWhy={({ model }) => onChoose(model)}
        onOpen={({ model }) => onChoose(model)}
      />
      <ModelPanel model={chosen} />
    </>
  );
}

/** What the chosen row is made of. */
function ModelPanel({ model }: { readonly model: ImpactModelName }) {
  const { w, of } = useWords();
  const { formula, says } = MODEL_WORDS[model];
  return (
    <aside className="panel why" aria-label={w('why')} aria-live="polite">
      <header className="panel-head">
        <h2>
          {w('why')}: {model}
        </h2>
        <code>{formula}</code>
      </header>
      <p>{of(says)}</p>
      <p className="muted note">{w('modelSymbols')}</p>
    </aside>
  );
}

interface TogetherRow {
  readonly id: string;
  readonly name: string;
  readonly nameEn: string;
  readonly nameShort?: string;
  readonly value: number;
  readonly eventReturn: number;
  readonly laterReturn: number;
}

interface TogetherProps {
  readonly document: ImpactDocument;
  readonly flows: FlowsDocument;
}

export function Together({ document, flows }: TogetherProps) {
  const words = useWords();
  const { w } = words;
  const rows = useMemo(() => {
    const trades = new Map(flows.trades.map((trade) => [trade.id, trade]));
    return document.together.flatMap(({ id, value, eventReturn, laterReturn }): TogetherRow[] => {
      const trade = trades.get(id);
      if (trade === undefined) return [];
      return [{ ...trade, value: value.amount, eventReturn, laterReturn }];
    });
  }, [document, flows]);
  const columns = useMemo(
    (): Column<TogetherRow>[] => [
      codeColumn(words),
      nameColumn(words, 100),
      flowColumn({ id: 'value', title: w('value'), width: 90, about: w('aboutValue') }, ({ value }) => value),
      returnColumn(
        { id: 'event_return', title: w('eventReturn'), width: 90, about: w('aboutEvent') },
        (row) => row.eventReturn,
      ),
      returnColumn({ id: 'later_return', title: w('laterReturn'), width: 90 }, (row) => row.laterReturn),
    ],
    [w, words],
  );
  return (
    <DataTable
      name={`${flows.index} ${flows.dates.effective} together`}
      title={w('together')}
      rows={rows}
      columns={columns}
      rowKey={({ id }) => id}
      onOpen={({ id }) => navigate(hrefOf(`/securities/${id}`))}
      maxHeight={290}
    />
  );
}
