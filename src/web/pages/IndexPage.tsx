/** One index: level, concentration, members by weight and distance to the cap, its reviews. */
import { useMemo } from 'react';
import { useCalendar, useIndex, useLevels } from '../api/queries.js';
import type { CalendarDocument, Constituent, IndexDocument } from '../api/types.js';
import { ChartFrame } from '../charts/ChartFrame.js';
import { LevelChart } from '../charts/LevelChart.js';
import { NEARNESS, Treemap } from '../charts/Treemap.js';
import { codeColumn, factorColumn, nameColumn, roomColumn, weightColumn } from '../components/columns.js';
import { DataTable, type Column } from '../components/DataTable.js';
import { Change } from '../components/Figures.js';
import { FindingsPanel } from '../components/FindingMark.js';
import { Link } from '../components/Link.js';
import { Failure, Loaded } from '../components/Loaded.js';
import { DateStrip, reviewPath } from '../components/ReviewHead.js';
import { percent, plain, points } from '../format.js';
import { hrefOf, navigate } from '../state/route.js';
import { qualityKey } from '../words/fieldWords.js';
import { useWords } from '../words/useWords.js';

export function IndexPage({ parts: [, id] }: { readonly parts: readonly string[] }) {
  const calendar = useCalendar(id);
  const { w } = useWords();
  const asked = useIndex(id);
  if (asked.error?.code === 'no_basket') {
    return (
      <>
        <Failure failure={asked.error} />
        <Link href={hrefOf(`/rulebooks/${id}`)}>{w('toItsRules')}</Link>
      </>
    );
  }
  return (
    <Loaded asked={asked} shape="table">
      {(index) => <Index index={index} calendar={calendar.data} />}
    </Loaded>
  );
}

interface IndexProps {
  readonly index: IndexDocument;
  readonly calendar: CalendarDocument | undefined;
}

/** A capping factor this near to one holds nothing down. */
const FREE = 0.9999;

function Index({ index, calendar }: IndexProps) {
  const { w, of, name, language } = useWords();
  const { level, concentration, cap, next } = index;
  const columns = useColumns(index);
  const tiles = useMemo(
    () =>
      index.constituents.map((member) => ({
        id: member.id,
        name: name(member),
        weight: member.weight,
        roomToCap: member.roomToCap,
        capped: member.cappingFactor < FREE,
      })),
    [index, name],
  );
  const nearest = index.constituents.reduce((a, b) => ((b.roomToCap ?? 1) < (a.roomToCap ?? 1) ? b : a));
  const open = (security: string): void => navigate(hrefOf(`/securities/${security}`));
  const coming = calendar?.reviews.find(({ effective }) => effective === next?.effective);
  return (
    <>
      <header className="page-head">
        <div className="title-line">
          <h1>
            {of(index.names)} <span className="light">{index.code}</span>
          </h1>
          <nav className="pills" aria-label={w('pagesOfIndex')}>
            <Link href={hrefOf(`/rulebooks/${index.id}`)}>{w('rulebook')}</Link>
            {next !== null && (
              <Link href={hrefOf(reviewPath(index.id, next.effective))}>{w('nextReview')}</Link>
            )}
          </nav>
        </div>
        <dl className="stats">
          <div>
            <dt>{w('level')}</dt>
            <dd>
              {plain(level.published ?? level.computed, 2)} <Change value={level.change} />
            </dd>
          </div>
          <div>
            <dt>{w('asOfClose')}</dt>
            <dd>{index.date}</dd>
          </div>
          <div>
            <dt>{w('largestFive')}</dt>
            <dd>{percent(concentration.topFive)}</dd>
          </div>
          <div>
            <dt>{w('effectiveMembers')}</dt>
            <dd title={w('effectiveMembersHint')}>
              {plain(concentration.effectiveMembers, 1)} / {concentration.members}
            </dd>
          </div>
          <div>
            <dt>{w('cap')}</dt>
            <dd>{percent(cap)}</dd>
          </div>
          <div>
            <dt>{w('basketOf')}</dt>
            <dd>{index.basket.effective}</dd>
          </div>
        </dl>
        {next !== null && (
          <>
            <h2 className="minor">{w('nextReview')}</h2>
            <DateStrip
              dates={next}
              knownAt={index.knownAt}
              {...(coming === undefined ? {} : { left: coming.sessionsLeft })}
            />
          </>
        )}
      </header>
      <div className="columns two">
        <ChartFrame
          name={`${index.id}-treemap`}
          title={w('treemapFinding', {
            name: name(nearest),
            weight: percent(nearest.weight),
            room: points(nearest.roomToCap, language, false),
          })}
          source={w('sourceWeights', { date: index.date, quality: w(qualityKey(index.basket.quality)) })}
          table={{
            columns: [w('name'), w('weight'), w('roomToCap')],
            rows: index.constituents.map((member) => [
              name(member),
              percent(member.weight),
              points(member.roomToCap, language, false),
            ]),
          }}
        >
          <Treemap tiles={tiles} height={460} onOpen={open} />
          <NearLegend />
        </ChartFrame>
        <DataTable
          name={`${index.id} constituents`}
          title={w('constituents')}
          rows={index.constituents}
          columns={columns}
          rowKey={({ id }) => id}
          onOpen={({ id }) => open(id)}
          sort={{ id: 'weight', desc: true }}
          filterable
        />
      </div>
      <div className="columns two">
        <Levels index={index} calendar={calendar} />
        <Reviews index={index.id} calendar={calendar} />
      </div>
      <FindingsPanel findings={index.findings} />
    </>
  );
}

function NearLegend() {
  const { w } = useWords();
  const words = [
    w('roomFar'),
    ...NEARNESS.map((limit) => w('roomBelow', { points: (limit * 100).toFixed(1) })),
  ];
  return (
    <ul className="legend" aria-label={w('roomToCap')}>
      {words.map((text, i) => (
        <li key={text}>
          <span className={`swatch near-${i}`} /> {text}
        </li>
      ))}
      <li>
        <span className="swatch capped" /> {w('heldDown')}
      </li>
    </ul>
  );
}

function useColumns(index: IndexDocument): Column<Constituent>[] {
  const words = useWords();
  return useMemo(() => {
    const { w } = words;
    return [
      codeColumn(words),
      nameColumn(words, 104, index.findings),
      weightColumn(
        { id: 'weight', title: w('weight'), width: 84, about: w('aboutWeight') },
        ({ weight }) => weight,
      ),
      roomColumn(
        { id: 'roomToCap', title: w('roomToCap'), width: 104, about: w('aboutRoom') },
        ({ roomToCap }) => roomToCap,
      ),
      factorColumn(words, ({ cappingFactor }) => cappingFactor),
      {
        id: 'close',
        title: w('close'),
        value: ({ close }) => close,
        cell: ({ close, closeDate }) => (
          <span title={closeDate} className={closeDate < index.date ? 'old' : ''}>
            {plain(close, 2)}
          </span>
        ),
        numeric: true,
        width: 72,
      },
      { id: 'closeDate', title: w('closeDate'), value: ({ closeDate }) => closeDate, width: 98 },
    ];
  }, [index, words]);
}

function Levels({
  index,
  calendar,
}: {
  readonly index: IndexDocument;
  readonly calendar: CalendarDocument | undefined;
}) {
  const { w } = useWords();
  const asked = useLevels(index.id);
  return (
    <Loaded asked={asked} shape="chart">
      {({ levels }) => {
        const shown = levels.filter(({ date }) => date <= index.knownAt);
        const [first, last] = [shown[0], shown[shown.length - 1]];
        if (first === undefined) return null;
        const effectives = (calendar?.reviews ?? [])
          .map(({ effective }) => effective)
          .filter((day) => day > first.date && day <= last.date);
        return (
          <ChartFrame
            name={`${index.id}-level`}
            title={w('levelFinding', {
              from: plain(first.level, 2),
              to: plain(last.level, 2),
              since: first.date,
              until: last.date,
            })}
            source={w('sourceLevels', { date: last.date })}
            table={{
              columns: [w('date'), w('computed'), w('published')],
              rows: shown.map(({ date, level, published }) => [date, plain(level, 3), plain(published, 3)]),
            }}
          >
            <LevelChart levels={shown} effectives={effectives} />
          </ChartFrame>
        );
      }}
    </Loaded>
  );
}

const SHOWN = { past: 3, coming: 4 };

function Reviews({
  index,
  calendar,
}: {
  readonly index: string;
  readonly calendar: CalendarDocument | undefined;
}) {
  const { w } = useWords();
  const columns = useReviewColumns(index);
  const rows = useMemo(() => {
    const reviews = calendar?.reviews ?? [];
    const coming = reviews.filter(({ past }) => !past).slice(0, SHOWN.coming);
    return [...reviews.filter(({ past }) => past).slice(-SHOWN.past), ...coming];
  }, [calendar]);
  return (
    <DataTable
      name={`${index} reviews`}
      title={w('reviews')}
      rows={rows}
      columns={columns}
      rowKey={({ effective }) => effective}
      onOpen={({ effective }) => navigate(hrefOf(reviewPath(index, effective)))}
    />
  );
}

type CalendarRow = CalendarDocument['reviews'][number];

function useReviewColumns(index: string): Column<CalendarRow>[] {
  const { w } = useWords();
  return useMemo(
    () => [
      {
        id: 'effective',
        title: w('effective'),
        value: ({ effective }) => effective,
        cell: ({ effective }) => (
          <Link href={hrefOf(reviewPath(index, effective))} tabIndex={-1}>
            {effective}
          </Link>
        ),
        width: 104,
      },
      { id: 'cutoff', title: w('cutoff'), value: ({ cutoff }) => cutoff, width: 100 },
      { id: 'announcement', title: w('announcement'), value: ({ announcement }) => announcement, width: 108 },
      { id: 'pricing', title: w('pricing'), value: ({ pricing }) => pricing, width: 100 },
      {
        id: 'sessionsLeft',
        title: w('sessionsToEffective'),
        value: ({ sessionsLeft }) => sessionsLeft.effective,
        numeric: true,
        width: 90,
      },
    ],
    [index, w],
  );
}
