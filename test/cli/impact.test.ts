/** `impact`: the JSON of the contract, four ways out, and what is refused. */
import stringWidth from 'string-width';
import { beforeAll, describe, expect, it } from 'vitest';
import { jsonOf, run, runAll, type Ended } from './run.js';

const FORCED = ['impact', '--security', '688256', '--effective', '2025-09-15'];
const OWN = ['impact', '--shares', '656100', '--adv', '6561000', '--sigma', '0.0157'];

interface Document {
  readonly model: string;
  readonly temporaryBps: number;
  readonly permanentBps: number;
  readonly peakBps: number;
  readonly costBps: number;
  readonly band: readonly [number, number];
  readonly models: readonly { readonly model: string; readonly costBps: number }[];
  readonly value?: { readonly amount: number; readonly currency: string };
  readonly reversal?: readonly { readonly session: number; readonly left: number }[];
  readonly evidence?: readonly { readonly citation: string; readonly confidence: string }[];
  readonly together?: readonly { readonly id: string; readonly eventReturn: number }[];
  readonly provenance: { readonly data: string; readonly rulebook: string | null };
  readonly findings: readonly { readonly code: string; readonly subject: string }[];
}

let ends: Record<'json' | 'en' | 'zh' | 'csv' | 'paper' | 'again' | 'one', Ended>;
beforeAll(async () => {
  ends = await runAll({
    json: [...FORCED, '--json'],
    en: FORCED,
    zh: [...FORCED, '--lang', 'zh'],
    csv: [...FORCED, '--csv'],
    paper: [...OWN, '--model', 'almgren-2005', '--shares-outstanding', '1728m', '--days', '0.1', '--json'],
    again: [...OWN, '--model', 'almgren-2005', '--shares-outstanding', '1728m', '--days', '0.1', '--json'],
    one: [...FORCED, '--model', 'greenwood', '--json'],
  });
});

describe('a forced trade', () => {
  it('has the fields of the contract, every model, and names what it was computed from', () => {
    const document = jsonOf<Document>(ends.json);
    expect(document.model).toBe('square-root');
    expect(document.temporaryBps + document.permanentBps).toBeCloseTo(document.peakBps, 9);
    expect(document.band[0]).toBeLessThan(document.costBps);
    expect(document.models).toHaveLength(10);
    expect(document.value?.amount ?? 0).toBeCloseTo(-6.29e9, -7);
    expect(document.together?.[0].id).toBe('688256');
    expect(document.evidence).toHaveLength(46);
    expect(document.evidence?.every(({ citation, confidence }) => citation !== '' && confidence !== '')).toBe(
      true,
    );
    expect(document.reversal?.map(({ session }) => session)).toEqual([1, 5, 10, 20]);
    expect(document.provenance.rulebook).toMatch(/^star-50@/);
    expect(document.provenance.data).toMatch(/^[0-9a-f]{64}$/);
    expect(document.findings.map(({ code }) => code)).toContain('impact_extrapolated');
  });

  it('one model alone, with its own findings only', () => {
    const document = jsonOf<Document>(ends.one);
    expect(document.models.map(({ model }) => model)).toEqual(['greenwood']);
    expect(document.findings.some(({ subject }) => subject === 'square-root')).toBe(false);
    expect(document.reversal).toBeUndefined();
    expect(document.findings.some(({ subject }) => subject === 'greenwood')).toBe(true);
  });

  it('fits the screen in both languages, and the CSV has the exact values', () => {
    for (const { stdout } of [ends.en, ends.zh]) {
      for (const line of stdout.split('\n')) expect(stringWidth(line)).toBeLessThanOrEqual(100);
    }
    expect(ends.zh.stdout).toContain('永久');
    const [head, first] = ends.csv.stdout.split('\n');
    expect(head).toBe('model,temporaryBps,permanentBps,peakBps,costBps,bandLowBps,bandHighBps,costValue');
    expect(Number(first.split(',')[4])).toBe(jsonOf<Document>(ends.json).costBps);
  });
});

describe('an order of one’s own', () => {
  it('gives the row of the paper, the same bytes each time', () => {
    const { permanentBps, temporaryBps, costBps, provenance } = jsonOf<Document>(ends.paper);
    expect([permanentBps.toFixed(2), temporaryBps.toFixed(0), costBps.toFixed(0)]).toEqual([
      '19.86',
      '22',
      '32',
    ]);
    expect(provenance.rulebook).toBeNull();
    expect(ends.again.stdout).toBe(ends.paper.stdout);
  });

  it.each([
    [['--shares', '0'], 2],
    [['--adv', '-5m'], 2],
    [['--sigma', '0'], 2],
    [['--sigma', '5'], 2],
    [['--days', '0'], 2],
    [['--spread', 'x'], 2],
    [['--model', 'square'], 2],
    [['--model', 'greenwood'], 2],
    [['--model', 'kyle'], 3],
    [['--effective', '2025-09-15'], 2],
    [['--security', '688256'], 2],
  ])('with %j ends with %i', async (args, code) => {
    const { code: ended, stderr } = await run([...OWN, ...args]);
    expect(ended, stderr).toBe(code);
  });

  it('says all that is wrong at once, with why and what would be right', async () => {
    const { code, stderr } = await run(['impact', '--shares', '0', '--adv', '-5m', '--sigma', '0']);
    expect(code).toBe(2);
    for (const flag of ['--shares', '--adv', '--sigma']) expect(stderr).toContain(`  ${flag} is`);
    expect(stderr).toContain('never moves');
    expect(stderr).toContain('3 problems');
  });

  it.each([
    [['impact'], 2],
    [['impact', '--shares', '5'], 2],
    [['impact', '--security', '688256'], 2],
    [['impact', '--security', '999999', '--effective', '2025-09-15'], 2],
    [['impact', '--security', '688001', '--effective', '2025-09-15'], 3],
  ])('%j ends with %i', async (args, code) => {
    const { code: ended, stderr } = await run(args);
    expect(ended, stderr).toBe(code);
  });
});
