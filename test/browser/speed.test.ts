/**
 * What a person feels, in headless Chromium: first paint, a search, a step of a what-if, a long table under the wheel.
 * Times are printed; they are held to the aims only with COUNTERWEIGHT_SPEED=1, on a machine that does nothing else.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { ROOT } from '../tidy/files.js';
import { workbench } from './chromium.js';

const { open } = await workbench();

const STRICT = process.env.COUNTERWEIGHT_SPEED === '1';

/** Machines are noisy: what is measured is the middle of several. */
const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

test('the initial script is at most 250 KB gzipped', () => {
  const web = join(ROOT, 'dist', 'web');
  const html = readFileSync(join(web, 'index.html'), 'utf8');
  const scripts = [...html.matchAll(/(?:src|href)="(\/assets\/[^"]+\.js)"/g)].map(([, path]) => path);
  expect(scripts.length).toBeGreaterThan(0);
  const bytes = scripts.map((path) => gzipSync(readFileSync(join(web, path))).length);
  const total = bytes.reduce((sum, size) => sum + size, 0);
  report('initial script', total / 1000, 'KB gzipped');
  expect(total).toBeLessThanOrEqual(250_000);
});

test('first contentful paint under a second', async () => {
  const paints: number[] = [];
  const paths = ['/', '/indices/star-50/reviews/2025-09-15', '/indices/star-50', '/', '/securities/688256'];
  for (const path of paths.slice(0, STRICT ? 5 : 2)) {
    const page = await open({ language: 'en' });
    await page.goto(path);
    paints.push(await firstPaintMs(page));
    await page.context().close();
  }
  report('first contentful paint', median(paints), 'ms', 1_000);
});

test('a search answers in under 50 ms', async () => {
  const page = await open({ language: 'zh' });
  await page.goto('/');
  await page.waitForSelector('[role=grid]');
  await page.keyboard.press('/');
  await page.waitForSelector('[role=combobox]');
  const answers: number[] = [];
  for (const query of ['hwj', '688', '中芯', 'Hygon', 'zx', '寒武纪', '300']) {
    await page.fill('[role=combobox]', '');
    await page.fill('[role=combobox]', query);
    await page.waitForSelector('[role=option]');
    answers.push(await timeOf(page, '.hits'));
  }
  report('search', median(answers), 'ms', 50);
});

test('a step of a what-if takes under 100 ms', async () => {
  const page = await open({ language: 'en' });
  await page.goto('/what-if/star-50/2025-09-15');
  await page.waitForSelector('.controls');
  await page.waitForFunction(() => document.querySelector('.skeleton') === null);
  await page.focus('.slider:nth-of-type(1) input[type=range]');
  await recordSteps(page);
  for (let i = 1; i <= (STRICT ? 25 : 5); i++) {
    await page.keyboard.press('ArrowRight');
    await page.waitForFunction((count) => window.stepsMs.length >= count, i);
  }
  const steps = await page.evaluate(() => window.stepsMs);
  report('what-if step', median(steps), 'ms', 100);
});

test('5,500 rows scroll at 60 frames a second', async () => {
  const page = await open({ language: 'en' });
  await page.goto('/securities');
  await page.waitForSelector('[role=row][aria-rowindex="20"]');
  expect(Number(await page.getAttribute('[role=grid]', 'aria-rowcount'))).toBeGreaterThan(5_500);
  const runs: number[][] = [];
  for (let run = 0; run < (STRICT ? 3 : 1); run++) runs.push(await frameTimesMs(page));
  const frame = median(runs.flat());
  report('frame while scrolling', frame, 'ms', 17.5);
  // A frame and a half: what another program on the same two cores takes shows here.
  const late = runs.map((frames) => frames.filter((ms) => ms > 25).length / frames.length);
  process.stderr.write(`late frames: ${(100 * median(late)).toFixed(1)} %\n`);
});

const firstPaintMs = (page: Page): Promise<number> =>
  page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const found = new PerformanceObserver((list) => {
          const paint = list.getEntriesByName('first-contentful-paint')[0];
          if (paint !== undefined) resolve(paint.startTime);
        });
        found.observe({ type: 'paint', buffered: true });
      }),
  );

async function timeOf(page: Page, selector: string): Promise<number> {
  await page.waitForFunction((wanted) => document.querySelector(wanted)?.hasAttribute('data-ms'), selector);
  return Number(await page.getAttribute(selector, 'data-ms'));
}

declare global {
  interface Window {
    /** One entry per key that changed the picture. */
    stepsMs: number[];
  }
}

/** From each key to the frame that shows the new weight. */
const recordSteps = (page: Page): Promise<void> =>
  page.evaluate(() => {
    window.stepsMs = [];
    let pressedMs: number | undefined;
    window.addEventListener('keydown', ({ timeStamp }) => (pressedMs = timeStamp), { capture: true });
    const observer = new MutationObserver(() => {
      const sinceMs = pressedMs;
      if (sinceMs === undefined) return;
      pressedMs = undefined;
      requestAnimationFrame(() => window.stepsMs.push(performance.now() - sinceMs));
    });
    const shown = document.querySelector('.outcome');
    if (shown === null) throw new Error('there is no outcome');
    observer.observe(shown, { subtree: true, characterData: true, childList: true });
  });

/** Two seconds of scrolling, three rows a frame. */
const frameTimesMs = (page: Page): Promise<number[]> =>
  page.evaluate(
    () =>
      new Promise<number[]>((resolve) => {
        const grid = document.querySelector('[role=grid]');
        if (grid === null) throw new Error('there is no table');
        const frames: number[] = [];
        let lastMs = performance.now();
        const step = (nowMs: number): void => {
          frames.push(nowMs - lastMs);
          lastMs = nowMs;
          grid.scrollTop += 90;
          if (frames.length < 120) requestAnimationFrame(step);
          else resolve(frames.slice(2));
        };
        requestAnimationFrame(step);
      }),
  );

function report(what: string, value: number, unit: string, aim = Infinity): void {
  process.stderr.write(`${what}: ${value.toFixed(1)} ${unit}\n`);
  expect(value).toBeGreaterThan(0);
  if (STRICT) expect(value).toBeLessThan(aim);
}
