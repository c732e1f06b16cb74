/** `bench [NAME...]`: how fast the product is on this machine, beside a numpy program that computes the same. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { OperationalError, type Finding, type Provenance } from '../../core/index.js';
import { argumentError, type Context } from '../context.js';
import { emit, type Result } from '../output.js';
import { startProgress } from '../progress.js';
import { renderTable } from '../table.js';

interface Spread {
  /** Median over the processes of each one's median. */
  readonly medianMs: number | null;
  readonly minMs: number | null;
  readonly maxMs: number | null;
}

interface BenchResult extends Spread {
  readonly name: string;
  readonly medianMs: number;
  /** Calls per second. */
  readonly throughput: number;
  readonly processes: number;
  readonly peer: Spread & { readonly name: string };
  /** How many times as long the peer takes; `null` without a peer. */
  readonly ratio: number | null;
  /** The same for one standard error of the chances, where both sides draw samples; else `null`. */
  readonly sameErrorRatio: number | null;
  readonly outputsAgree: boolean | null;
}

interface Report {
  readonly results: readonly BenchResult[];
  readonly machine: { readonly cores: number; readonly node: string; readonly arch: string };
  readonly quick: boolean;
  readonly provenance: Provenance;
}

/** What bench/main.mjs exports; it is plain JavaScript and no part of the installed package. */
interface BenchModule {
  readonly names: readonly string[];
  readonly runBenchmarks: (
    names: readonly string[],
    onStep: (done: number, total: number, label: string) => void,
  ) => Promise<Report>;
}

/** @throws OperationalError outside a checkout; a plain Error, hence exit 70, when outputs differ */
export async function benchCommand(asked: readonly string[], context: Context): Promise<void> {
  const { names, runBenchmarks } = await benchModule(context);
  for (const name of asked) {
    if (!names.includes(name)) throw argumentError('NAME', name, `one of ${names.join(', ')}`);
  }
  let progress: ReturnType<typeof startProgress> | undefined;
  const report = await runBenchmarks(asked, (done, total, label) => {
    progress ??= startProgress('bench', total);
    progress.update(done, label);
  });
  progress?.stop();
  await emit(benchResult(report), context);
}

async function benchModule(context: Context): Promise<BenchModule> {
  const file = join(dirname(context.rulebookFolder), 'bench', 'main.mjs');
  if (!existsSync(file)) {
    throw new OperationalError('not_a_checkout', 'benchmarks run in a checkout of the source only', false);
  }
  return (await import(pathToFileURL(file).href)) as BenchModule;
}

function benchResult({ results, machine, quick, provenance }: Report): Result {
  const findings = findingsOf(results, quick);
  const table = renderTable(
    [
      { title: 'benchmark', align: 'left' },
      { title: 'median', align: 'right' },
      { title: 'min', align: 'right' },
      { title: 'max', align: 'right' },
      { title: 'peer', align: 'left' },
      { title: 'median', align: 'right' },
      { title: 'ratio', align: 'right' },
      { title: 'same error', align: 'right' },
      { title: 'per second', align: 'right' },
    ],
    results.map((result) => [
      result.name,
      duration(result.medianMs),
      duration(result.minMs),
      duration(result.maxMs),
      result.peer.name,
      duration(result.peer.medianMs),
      result.ratio === null ? '-' : result.ratio.toFixed(2),
      result.sameErrorRatio === null ? '-' : result.sameErrorRatio.toFixed(0),
      result.throughput.toPrecision(3),
    ]),
  );
  const { cores, node, arch } = machine;
  return {
    json: { results, machine, provenance, findings },
    sheets: [{ name: 'bench', rows: results.map(flat) }],
    lines: [...table, '', `Node ${node}, ${arch}, ${cores} cores; ratio = peer / ours`],
    findings,
  };
}

function findingsOf(results: readonly BenchResult[], quick: boolean): Finding[] {
  const alone = results.filter(({ peer }) => peer.medianMs === null);
  return [
    ...(quick
      ? [{ code: 'quick_run', subject: 'bench', message: 'a few calls only: the times mean nothing' }]
      : []),
    ...alone.map(({ name, peer }) => ({ code: 'no_peer', subject: name, message: peer.name })),
  ];
}

function flat({ peer, ...result }: BenchResult) {
  return { ...result, peer: peer.name, peerMedianMs: peer.medianMs };
}

function duration(milliseconds: number | null): string {
  if (milliseconds === null) return '-';
  if (milliseconds >= 100) return `${milliseconds.toFixed(0)} ms`;
  return milliseconds >= 1 ? `${milliseconds.toFixed(2)} ms` : `${(milliseconds * 1000).toFixed(1)} µs`;
}
