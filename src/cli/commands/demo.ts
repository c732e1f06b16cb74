/** `demo`: what `npm start` shows. The STAR 50 review of September 2025, on one screen. */
import {
  distinctFindings,
  flowHistory,
  formatDay,
  type Finding,
  type IndexData,
  type Language,
  type ReviewRun,
} from '../../core/index.js';
import type { Context } from '../context.js';
import { money, percent, points, shareCount, daysToTrade } from '../format.js';
import { emit } from '../output.js';
import { assetsLines, comparisonLines, flowsJson, type FlowsView } from '../results/flowsResult.js';
import { changeLines, constraintLines, reviewJson, reviewResult } from '../results/reviewResult.js';
import { headingLines, namingOf } from '../results/shared.js';
import { openSession, runSession } from '../session.js';
import { renderTable, wrap, type Column } from '../table.js';
import { word } from '../words/words.js';
import { flowsView } from './flows.js';

const INDEX = 'star-50';
const EFFECTIVE = '2025-09-15';
/** Rows of the table: the names that matter, so that the whole fits on a screen. */
const ROWS = 10;

export interface DemoOptions {
  /** `--serve` and `--no-serve`; `undefined` leaves it to where the output goes. */
  readonly serve?: boolean;
  readonly port?: string;
}

/** A person at a terminal gets the workbench afterwards; a pipe gets the review and its end. */
export async function demoCommand(options: DemoOptions, context: Context): Promise<void> {
  await printDemo(context);
  const { json, csv, xlsx } = context.options;
  const exported = json === true || csv !== undefined || xlsx !== undefined;
  if (!(options.serve ?? (process.stdout.isTTY === true && process.env.CI === undefined && !exported)))
    return;
  // Loaded only when needed: the server is larger than all the rest.
  const { serveCommand } = await import('./serve.js');
  await serveCommand(options.port === undefined ? {} : { port: options.port }, context);
}

async function printDemo(context: Context): Promise<void> {
  const session = await openSession(INDEX, { effective: EFFECTIVE }, context);
  const { data } = session;
  const run = runSession(session);
  const view = flowsView(data, run);
  const findings = distinctFindings(view.flows.findings, run.proForma.findings, run.review.findings);
  await emit(
    {
      json: { ...reviewJson(data, run, findings), flows: flowsJson(data, run, view) },
      sheets: reviewResult(data, run, context.language).sheets,
      lines: demoLines(data, run, view, findings, context.language),
      findings,
      findingsInLines: true,
    },
    context,
  );
}

function demoLines(
  data: IndexData,
  run: ReviewRun,
  view: FlowsView,
  findings: readonly Finding[],
  language: Language,
): string[] {
  const naming = namingOf(data, language);
  return [
    ...headingLines(run, language),
    ...constraintLines(run, naming, language),
    '',
    ...largestChanges(run, view, data, language),
    '',
    ...changeLines(run, naming, language),
    ...assetsLines(view.flows, run, language),
    '',
    ...comparisonLines(view, naming, language),
    ...moved(data, run, view, language),
    ...doubts(findings, language),
    nextLine(language),
  ];
}

/** The trades that matter most, by value. */
function largestChanges(run: ReviewRun, view: FlowsView, data: IndexData, language: Language): string[] {
  const naming = namingOf(data, language);
  const member = new Map(run.proForma.members.map((m) => [m.id, m]));
  const w = (key: Parameters<typeof word>[0]): string => word(key, language);
  const right = (title: string): Column => ({ title, align: 'right' });
  const trades = view.flows.trades.toSorted((a, b) => Math.abs(b.value) - Math.abs(a.value)).slice(0, ROWS);
  return renderTable(
    [
      { title: w('code'), align: 'left' },
      { title: w('member'), align: 'left', maxWidth: 16, shrinks: true },
      right(w('before')),
      right(w('uncapped')),
      right(w('atPricing')),
      right(w('after')),
      right(w('change')),
      right(w('shares')),
      right(w('value')),
      right(w('days')),
    ],
    trades.map((trade) => {
      const m = member.get(trade.id);
      return [
        naming.code(trade.id),
        naming.name(trade.id),
        percent(trade.weightBefore),
        percent(m?.weightUncapped ?? 0),
        percent(m?.weightAtPricing ?? 0),
        percent(trade.weightAfter),
        points(trade.weightAfter - trade.weightBefore),
        shareCount(trade.shares, language),
        money(trade.value, language, true),
        daysToTrade(trade.daysToTrade),
      ];
    }),
  );
}

/** The band of the largest sale over published assets, and how it moved with the price since the announcement. */
function moved(data: IndexData, run: ReviewRun, view: FlowsView, language: Language): string[] {
  const history = view.history.length > 0 ? view.history : flowHistory(data, run, view.focus);
  const [first] = history;
  const last = history[history.length - 1];
  const lowest = history.toSorted((a, b) => a.ruleCut - b.ruleCut)[0];
  const { range, amount } = view.flows.assets;
  const name = namingOf(data, language).name(view.focus);
  const band = `${money(last.ruleCut * range[0], language)} - ${money(last.ruleCut * range[1], language)}`;
  const at = (day: typeof first): string =>
    `${formatDay(day.day)} ${money(day.ruleCut * amount, language)} @ ${day.close.toFixed(2)}`;
  const en = `${name}: forced sale at the swap close ${band}; seen with prices standing still it was ${at(first)}, at its lowest ${at(lowest)}, in the end ${at(last)} (factors priced ${formatDay(run.proForma.pricedOn)})`;
  const zh = `${name}：换样收盘被动卖出 ${band}；按当日价格不变推算，${at(first)}，最低 ${at(lowest)}，最终 ${at(last)}（权重因子定价日 ${formatDay(run.proForma.pricedOn)}）`;
  return wrap(language === 'zh' ? zh : en);
}

function doubts(findings: readonly Finding[], language: Language): string[] {
  const count = findings.length;
  const unverified = findings.filter(({ code }) => code === 'clause_unverified').length;
  const en = `Findings: ${count} (weights reconstructed, some floats assumed, ${unverified} clauses unverified); all with review`;
  const zh = `提示：${count} 条（权重由指数点位重建、部分自由流通比例为假设、${unverified} 条规则未核实），见 review 命令`;
  return wrap(language === 'zh' ? zh : en);
}

function nextLine(language: Language): string {
  const commands = `node bin/counterweight.js flows ${INDEX} --effective ${EFFECTIVE} (or readings, weigh)`;
  return `${word('next', language)}: ${commands}`;
}
