/** A price, its report and who holds it, in the workbench: figures against the server's documents, sliders worked out in the page. */
import { expect, test } from 'vitest';
import { DEFAULT_ASSUMPTIONS, twoStageGrowth } from '../../src/core/index.js';
import { workbench } from './chromium.js';

const { open, url } = await workbench();

interface Value {
  readonly impliedGrowth: { readonly value: number; readonly earnings: number };
}

test('520 times earnings, where that comes from, and what it needs as a slider moves', async () => {
  const page = await open({ language: 'en' });
  const problems: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  await page.goto('/value/688256?knownAt=2025-09-11');
  await page.waitForSelector('.plot svg');
  expect(await page.textContent('.headline')).toContain('520.1');
  const sources = await page.$$eval('.why a', (links) => links.map((link) => link.getAttribute('href')));
  expect(sources.length).toBe(4);
  expect(sources.every((source) => source?.startsWith('http'))).toBe(true);

  const answer = await fetch(`${url}/api/v1/companies/688256/value?at=2025-09-11`);
  const { impliedGrowth } = (await answer.json()) as Value;
  await page.locator('.controls input[type=range]').nth(1).focus();
  for (let i = 0; i < 6; i++) await page.keyboard.press('ArrowRight');
  const growth = twoStageGrowth({ ...DEFAULT_ASSUMPTIONS, ...impliedGrowth, requiredReturn: 0.12 });
  const shown = `${(100 * growth).toFixed(1)} % a year for 10 years`;
  await page.waitForFunction(
    (text) => [...document.querySelectorAll('.headline')].some((one) => one.textContent?.includes(text)),
    shown,
  );
  await page.waitForURL('**requiredReturn=0.12*');

  await page.goto('/earnings/688256/2025H1?lang=zh');
  await page.waitForSelector('[role=row][aria-rowindex="3"]');
  expect(await page.textContent('.headline')).toMatch(/\+4347\.82 %.*扭亏为盈/);
  await page.goto('/leaders?knownAt=2025-09-05&from=2025-08-20');
  await page.waitForSelector('.headline');
  expect(await page.textContent('.headline')).toMatch(/2025-08-27, at a close first on 2025-08-28/);
  expect(problems).toEqual([]);
});
