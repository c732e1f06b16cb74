/**
 * The way of an analyst through the workbench, by keyboard alone and in both languages: search Cambricon, its index, the
 * review of September 2025, why 11.75 %, what if the cap were 15 %, export. Numbers against the documents of the server.
 */
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { screenshot, tabTo, workbench } from './chromium.js';

const { open, url } = await workbench();

interface Words {
  readonly language: 'en' | 'zh';
  readonly query: string;
  readonly reviews: string;
  readonly whatIf: string;
  /** Of the why-panel's step on the weight after, the share price's move against the basket in it. */
  readonly rose: RegExp;
  readonly sells: RegExp;
}

const LANGUAGES: readonly Words[] = [
  {
    language: 'en',
    query: 'Cambricon',
    reviews: 'Reviews',
    whatIf: 'What-if',
    rose: /From the close of 2025-09-08 to that of 2025-09-12 it rose by 17\.52 %/,
    sells: /Cambricon: trackers must sell/,
  },
  {
    language: 'zh',
    query: 'hwj',
    reviews: '定期调整',
    whatIf: '情景推演',
    rose: /自 2025-09-08 收盘至 2025-09-12 收盘，相对样本整体上涨 17\.52 %/,
    sells: /寒武纪-U：跟踪资金须卖出/,
  },
];

const REVIEW = '/indices/star-50/reviews/2025-09-15';

test.each(LANGUAGES)('from search to export, in $language, without a mouse', async (words) => {
  const { language } = words;
  const page = await open({ language });
  const problems = problemsOf(page);
  await page.goto('/');
  await page.waitForSelector('[role=grid]');
  await screenshot(page, `${language}-today`);

  await page.keyboard.press('/');
  await page.waitForSelector('[role=combobox]');
  await page.keyboard.type(words.query);
  await page.waitForSelector('[role=option]:has-text("688256")');
  await screenshot(page, `${language}-search`);
  await page.keyboard.press('Enter');

  await page.waitForURL('**/securities/688256');
  await page.waitForSelector('figure canvas');
  await page.waitForSelector('[role=grid] a[href*="/indices/star-50"]');
  await screenshot(page, `${language}-security`);
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');

  await page.waitForURL('**/indices/star-50');
  await page.waitForSelector('svg.treemap');
  await screenshot(page, `${language}-index`);
  await tabTo(page, `[role=grid][aria-label="${words.reviews}"]`);
  await moveTo(page, '2025-09-15');
  await page.keyboard.press('Enter');

  await page.waitForURL(`**${REVIEW}*`);
  await page.waitForSelector('.why');
  await tabTo(page, '[role=grid]');
  await page.keyboard.press('Home');
  for (let i = 0; i < 5; i++) await page.keyboard.press('ArrowRight');
  await page.keyboard.press('?');
  expect(await page.textContent('.why .asked .step-value')).toBe('11.75 %');
  expect(await page.textContent('.why .asked .step-how')).toMatch(words.rose);
  await page.waitForSelector('.why .steps li:nth-child(5)');
  await page.evaluate(() => window.scrollTo(0, 0));
  await screenshot(page, `${language}-review`);

  await page.keyboard.press('Escape');
  await page.evaluate(() => document.querySelector<HTMLElement>('#content')?.focus());
  await tabTo(page, `a[href^="/what-if/star-50/2025-09-15"]`);
  await page.keyboard.press('Enter');
  await page.waitForURL('**/what-if/star-50/2025-09-15?security=688256');
  await page.waitForSelector('.controls');
  expect(await page.textContent('.outcome .headline')).toMatch(words.sells);
  await tabTo(page, '.controls input[type=range][aria-labelledby]:not([disabled])');
  await pressUntil(page, 'Tab', async () => (await focusedLabel(page)).includes('caps.single'));
  await pressUntil(page, 'ArrowRight', async () => (await focusedValue(page)) === '15.0 %');
  const expected = await whatIf(0.15);
  await page.waitForFunction(
    (weight) => document.querySelector('.outcome dd')?.textContent === weight,
    `${(expected.weightAfter * 100).toFixed(2)} %`,
  );
  await page.waitForURL('**cap.caps.single=0.15*');
  await screenshot(page, `${language}-what-if`);

  const rows = await exported(page);
  expect(rows).toHaveLength(51);
  const cambricon = rows.find((row) => row.id === '688256');
  expect(Number(cambricon?.weightAfter)).toBe(expected.weightAfter);
  expect(Number(cambricon?.value)).toBe(expected.value);
  expect(problems).toEqual([]);
});

test('a what-if is a link', async () => {
  const page = await open({ language: 'en' });
  await page.goto('/what-if/star-50/2025-09-15?cap.caps.single=0.15&lang=zh');
  const expected = await whatIf(0.15);
  await page.waitForFunction(
    (weight) => document.querySelector('.outcome dd')?.textContent === weight,
    `${(expected.weightAfter * 100).toFixed(2)} %`,
  );
  expect(await page.textContent('.outcome .headline')).toMatch(/须卖出/);
  expect(await page.getAttribute('html', 'lang')).toBe('zh-CN');
});

interface Expected {
  readonly weightAfter: number;
  readonly value: number;
}

/** The same what-if, computed by the server from the whole data. */
async function whatIf(cap: number): Promise<Expected> {
  const body = { index: 'star-50', effective: '2025-09-15', changed: { caps: { 'caps.single': cap } } };
  const answer = await fetch(`${url}/api/v1/whatif`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const { changed } = (await answer.json()) as {
    changed: {
      review: { constituents: { id: string; weightAfter: number }[] };
      flows: { trades: { id: string; value: { amount: number } }[] };
    };
  };
  const member = changed.review.constituents.find(({ id }) => id === '688256');
  const trade = changed.flows.trades.find(({ id }) => id === '688256');
  if (member === undefined || trade === undefined) throw new Error('688256 is not in the answer');
  return { weightAfter: member.weightAfter, value: trade.value.amount };
}

/** Everything the page said was wrong; a record that is not kept yet is asked for and not found. */
function problemsOf(page: Page): string[] {
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(String(error)));
  // Answers are looked at below; everything else that the browser finds wrong counts, refused styles too.
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().startsWith('Failed to load'))
      problems.push(message.text());
  });
  page.on('response', (answer) => {
    if (answer.status() >= 400 && !answer.url().endsWith('/record'))
      problems.push(`${answer.status()} ${answer.url()}`);
  });
  return problems;
}

/** Down the grid that has the focus until its active row holds the text. */
async function moveTo(page: Page, text: string): Promise<void> {
  await pressUntil(page, 'ArrowDown', async () => (await activeRow(page)).includes(text));
}

async function pressUntil(page: Page, key: string, done: () => Promise<boolean>): Promise<void> {
  const MOST = 60;
  for (let i = 0; i < MOST; i++) {
    if (await done()) return;
    await page.keyboard.press(key);
  }
  throw new Error(`${MOST} times ${key} were not enough`);
}

const activeRow = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const id = document.activeElement?.getAttribute('aria-activedescendant') ?? '';
    return document.getElementById(id)?.closest('[role=row]')?.textContent ?? '';
  });

const focusedLabel = (page: Page): Promise<string> =>
  page.evaluate(() => document.activeElement?.closest('.slider')?.textContent ?? '');

const focusedValue = (page: Page): Promise<string> =>
  page.evaluate(() => document.activeElement?.closest('.slider')?.querySelector('output')?.textContent ?? '');

/** The rows of the CSV file that `e` and Enter save. */
async function exported(page: Page): Promise<Record<string, string>[]> {
  await page.evaluate(() => document.querySelector<HTMLElement>('main')?.focus());
  await page.keyboard.press('e');
  await page.waitForSelector('[role=menuitem]');
  const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
  expect(download.suggestedFilename()).toMatch(/\.csv$/);
  const [head, ...lines] = readFileSync(await download.path(), 'utf8')
    .trimEnd()
    .split('\n');
  const columns = head.split(',');
  return lines.map((line) => {
    const cells = line.split(',');
    return Object.fromEntries(columns.map((column, i) => [column, cells[i]]));
  });
}
