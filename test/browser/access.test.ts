/** Every page, in both themes, against WCAG 2.2 AA; and as wide as a phone nothing is wider than the screen. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { screenshot, workbench } from './chromium.js';

const { open, url } = await workbench();

/** An account with a position, an open order and a refusal, for the pages that show it. */
const send = (method: string, path: string, body: object): Promise<Response> =>
  fetch(`${url}/api/v1/accounts/held${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
const ORDER = { security: '688256', side: 'buy', quantity: 200 };
await send('PUT', '', { cash: 1e7, day: '2025-09-05' });
await send('POST', '/orders', { clientId: 'a', ...ORDER });
await send('POST', '/advance', { to: '2025-09-08' });
const condition = { kind: 'trail', security: '688256', direction: 'at-most', fraction: 0.05 };
await send('POST', '/orders', { clientId: 'b', ...ORDER, side: 'sell', condition });
await send('POST', '/orders', { clientId: 'c', ...ORDER, quantity: -1 });

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

interface PageOf {
  readonly name: string;
  readonly path: string;
  /** There when the page is. */
  readonly ready: string;
}

const PAGES: readonly PageOf[] = [
  { name: 'today', path: '/', ready: '[role=row][aria-rowindex="2"]' },
  { name: 'indices', path: '/indices', ready: '[role=row][aria-rowindex="2"]' },
  { name: 'index', path: '/indices/star-50', ready: '.treemap' },
  { name: 'review', path: '/indices/star-50/reviews/2025-09-15', ready: '.why .steps li:nth-child(5)' },
  { name: 'flows', path: '/flows/star-50/2025-09-15', ready: '.plot svg' },
  { name: 'impact', path: '/impact/star-50/2025-09-15', ready: '.plot svg' },
  { name: 'experiment', path: '/rehearsal/market', ready: '.empty' },
  { name: 'own-order', path: '/impact/own?shares=1e6&adv=1e7&sigma=3&spread=x', ready: '.plot svg' },
  { name: 'tca', path: '/tca', ready: '.controls .fills' },
  { name: 'claims', path: '/claims?example', ready: '.evidence .inputs' },
  { name: 'schedule', path: '/schedule/star-50/2025-09-15', ready: '.frontier-handle' },
  { name: 'study', path: '/study/star-50?effective=2025-09-15', ready: '.plot svg' },
  { name: 'no-trade', path: '/impact/star-50/2025-09-15?security=688192', ready: '.empty' },
  { name: 'securities', path: '/securities', ready: '[role=row][aria-rowindex="2"]' },
  { name: 'security', path: '/securities/688256', ready: 'canvas' },
  { name: 'accounts', path: '/trade', ready: '[role=row][aria-rowindex="2"]' },
  { name: 'ticket', path: '/securities/688256?trade=1', ready: '.ticket .when' },
  { name: 'account', path: '/trade/held', ready: '.open-orders' },
  { name: 'what-if', path: '/what-if/star-50/2025-09-15?cap.caps.single=0.15', ready: '.controls' },
  { name: 'value', path: '/value/688256?knownAt=2025-09-11', ready: '.plot svg' },
  { name: 'earnings', path: '/earnings/688256/2025H1', ready: '.why a' },
  { name: 'quality', path: '/quality/688256/20259M', ready: '.why a' },
  { name: 'leaders', path: '/leaders?knownAt=2025-09-05', ready: '.headline' },
  { name: 'lookthrough', path: '/lookthrough/011612?knownAt=2025-09-08', ready: '.headline' },
  { name: 'rulebooks', path: '/rulebooks', ready: '[role=row][aria-rowindex="2"]' },
  { name: 'rulebook', path: '/rulebooks/star-50?review=2025-09-15', ready: '.decided' },
  { name: 'data', path: '/data', ready: '[role=row][aria-rowindex="2"]' },
  { name: 'refusal', path: '/indices/csi-300', ready: '.failure' },
  { name: 'nowhere', path: '/nowhere', ready: '.empty' },
];

/** Each page once by its address, and once by a link from another page, as both happen. */
describe.each([
  { theme: 'light', language: 'en', arrive: byAddress },
  { theme: 'dark', language: 'zh', arrive: byLink },
] as const)('$theme, $language', async ({ theme, language, arrive }) => {
  const page = await open({ language, theme });
  const problems: string[] = [];
  page.on('console', (message) => {
    const expected = message.text().startsWith('Failed to load');
    if (message.type() === 'error' && !expected) problems.push(message.text());
  });
  await page.goto('/elsewhere');

  test.each(PAGES)('$name', async ({ name, path, ready }) => {
    problems.length = 0;
    await page.setViewportSize({ width: 1440, height: 900 });
    await arrive(page, path);
    await page.waitForSelector(ready);
    await settled(page);
    await screenshot(page, `${language}-${theme}-${name}`);
    expect(await violations(page)).toEqual([]);
    if (language === 'zh') {
      await page.setViewportSize({ width: 390, height: 844 });
      await settled(page);
      await screenshot(page, `zh-phone-${name}`);
      expect(await widthOf(page, 390)).toBeLessThanOrEqual(390);
    }
    expect(problems).toEqual([]);
  });

  test('search and keys', async () => {
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.goto('/');
    await page.waitForSelector('[role=grid]');
    await page.keyboard.press('.');
    await page.waitForSelector('[role=dialog]');
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+k');
    await page.waitForSelector('[role=combobox]');
    await page.keyboard.type('688');
    await page.waitForSelector('[role=option]');
    expect(await violations(page)).toEqual([]);
    await page.context().close();
  });
});

async function byAddress(page: Page, path: string): Promise<void> {
  await page.goto(path);
}

/** What was there before goes first, so that nothing of it is taken for the next page. */
async function byLink(page: Page, path: string): Promise<void> {
  await page.evaluate((to) => {
    for (const before of document.querySelectorAll('main > *')) before.setAttribute('data-before', '');
    history.pushState(null, '', to);
    dispatchEvent(new PopStateEvent('popstate'));
  }, path);
  await page.waitForFunction(() => document.querySelector('main > [data-before]') === null);
}

/** How wide a page is, once charts that are drawn anew had the time to become as narrow as that. */
async function widthOf(page: Page, screen: number): Promise<number> {
  const fits = (most: number): boolean => document.documentElement.scrollWidth <= most;
  await page.waitForFunction(fits, screen, { timeout: 10_000 }).catch(() => undefined);
  return page.evaluate(() => document.documentElement.scrollWidth);
}

/** Nothing is loading any more. */
const settled = (page: Page): Promise<unknown> =>
  page.waitForFunction(() => document.querySelector('.skeleton, .waiting') === null);

async function violations(page: Page): Promise<string[]> {
  // There already where the page came by a link.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(AXE);
  return page.evaluate(async (tags) => {
    const { axe } = window as unknown as {
      axe: {
        run: (
          context: Document,
          options: object,
        ) => Promise<{ violations: { id: string; nodes: { html: string; failureSummary: string }[] }[] }>;
      };
    };
    const { violations: found } = await axe.run(document, { runOnly: { type: 'tag', values: tags } });
    return found.flatMap(({ id, nodes }) =>
      nodes.slice(0, 3).map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} | ${failureSummary}`),
    );
  }, RULES);
}
