/**
 * The whole way of an order, by keyboard alone and in both languages: search, details, history, trade, conditions, submit, fill,
 * statement. Money against arithmetic of its own on the bundled closes.
 */
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { screenshot, tabTo, workbench } from './chromium.js';

const { open, url } = await workbench();

interface Words {
  readonly language: 'en' | 'zh';
  readonly theme: 'light' | 'dark';
  readonly query: string;
  readonly account: string;
  readonly tooSmall: RegExp;
  readonly sentence: RegExp;
  readonly tried: RegExp;
  readonly waiting: RegExp;
  readonly taken: RegExp;
}

const LANGUAGES: readonly Words[] = [
  {
    language: 'en',
    theme: 'light',
    query: 'Cambricon',
    account: 'paper',
    tooSmall:
      /purchases are of 200 shares or more.*prices of the day are from 1025\.17 to 1537\.75.*buy 200 @ 1,537\.75/s,
    sentence:
      /^Buy 2,000 Cambricon \(688256\), at 1,300\.00 or below, when Cambricon closes at or below 1,220\.00, this session only\. Once it is filled, sell at 1,400\.00 or above or sell when a close is 5\.00 % below the highest one\.$/,
    tried:
      /It would have come true after the close of 2025-03-17; it would then have expired: outside the day’s prices\./,
    waiting: /Order 1 is waiting\./,
    taken: /filled/,
  },
  {
    language: 'zh',
    theme: 'dark',
    query: 'hwj',
    account: '模拟',
    tooSmall: /买入不得少于200股.*当日价格范围为1025\.17至1537\.75.*买入 200 @ 1,537\.75/s,
    sentence:
      /^买入 2,000 股 寒武纪 \(688256\)，不高于 1,300\.00，寒武纪收盘价不高于 1,220\.00 时，仅当日有效。成交后，以不低于 1,400\.00 卖出，或收盘价自最高收盘价回落 5\.00 % 时卖出。$/,
    tried: /会在 2025-03-17 收盘后触发，随后失效：超出当日价格范围。/,
    waiting: /委托 1：等待条件。/,
    taken: /已成交/,
  },
];

test.each(LANGUAGES)('from search to statement, in $language, without a mouse', async (words) => {
  const { language, theme, account } = words;
  const page = await open({ language, theme });
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });

  await page.goto('/?knownAt=2025-09-05');
  await page.waitForSelector('main [role=grid]');
  await page.keyboard.press('g');
  await page.keyboard.press('o');
  await page.waitForSelector('.open-account');
  await tabTo(page, '.open-account button[type=submit]');
  await page.keyboard.press('Enter');
  await page.waitForURL(`**/trade/${encodeURIComponent(account)}*`);
  await page.waitForSelector('.advance');

  // Search, details, history.
  await page.keyboard.press('/');
  await page.waitForSelector('[role=combobox]');
  await page.keyboard.type(words.query);
  await page.waitForSelector('[role=option]:has-text("688256")');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/securities/688256*');
  await page.waitForSelector('figure canvas');
  await tabTo(page, 'figure .panel-head button');
  await page.keyboard.press('Enter');
  expect(await page.textContent('figure table tbody tr:first-child')).toMatch(/2025-09-05.*1,281\.46/);

  // The ticket, and an order that is not taken.
  await backTo(page, 'button[aria-expanded=false]:not(figure *)');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.ticket');
  await tabTo(page, '.ticket .panel-head select');
  for (let i = 0; i < 3 && (await focused(page)) !== account; i++) await page.keyboard.press('ArrowDown');
  expect(await focused(page)).toBe(account);
  await page.waitForFunction(
    (name) => document.querySelector('.ticket .note')?.textContent.includes(name),
    account,
  );
  await typeInto(page, '#ticket-quantity', '199');
  await typeInto(page, '#ticket-limit', '9999');
  // What was said of the first digits alone is not waited for.
  await page.waitForSelector('.objections:has-text("1,537.75")');
  expect(await page.textContent('.objections')).toMatch(words.tooSmall);
  await screenshot(page, `${language}-ticket-refused`);
  await tabTo(page, '.objections button');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.querySelector('.objections') === null);
  expect(await page.inputValue('#ticket-quantity')).toBe('200');

  // Its conditions, in words.
  await backTo(page, '#ticket-quantity');
  await retype(page, '2000');
  await typeInto(page, '#ticket-limit', '1300');
  await tabTo(page, '.when select');
  await page.keyboard.press('ArrowDown');
  await tabTo(page, '.when label:nth-of-type(2) select');
  await page.keyboard.press('ArrowDown');
  await typeInto(page, '#ticket-amount', '1220');
  await typeInto(page, '#ticket-takeProfit', '1400');
  await typeInto(page, '#ticket-trail', '5');
  await page.waitForSelector('.ticket button[type=submit]:enabled');
  await tabTo(page, '.tried button');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.tried p');
  expect(await page.textContent('.tried')).toMatch(words.tried);

  // Looked over, and placed.
  await backTo(page, '.ticket button[type=submit]');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.confirm');
  expect(await page.textContent('.confirm .sentence')).toMatch(words.sentence);
  await screenshot(page, `${language}-ticket`);
  await page.keyboard.press('Enter');
  await page.waitForSelector('.placed');
  expect(await page.textContent('.placed')).toMatch(words.waiting);
  await page.keyboard.press('Enter');
  await page.waitForURL(`**/trade/${encodeURIComponent(account)}*`);

  // Two sessions: the condition comes true, then it trades. Later the gain is taken.
  await tabTo(page, '.advance .primary');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.advance .primary:has-text("2025-09-09")');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.advance .primary:has-text("2025-09-10")');
  await page.waitForSelector('[role=grid] :text("1,228.07")');
  expect(await orderStates(account)).toEqual(['filled', 'working', 'waiting']);
  await typeInto(page, '.advance input', '2025-09-12');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.advance .primary:has-text("2025-09-15")');
  expect(await orderStates(account)).toEqual(['filled', 'filled', 'cancelled']);
  await page.waitForSelector('[role=grid] :text("1,488.00")');
  expect(await page.textContent('main')).toMatch(words.taken);
  await screenshot(page, `${language}-account`);

  // The statement: what was bought at 1,228.07 and sold at 1,488.00, with duty, transfer fee and commission.
  await tabTo(page, '.downloads a');
  const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
  const [, ...lines] = readFileSync(await download.path(), 'utf8')
    .trim()
    .split(/\r?\n/);
  const rows = lines.map((line) => line.split(','));
  expect(Math.abs(rows.reduce((sum, row) => sum + Number(row[7]), 0))).toBeLessThan(1e-6);
  const fen = (amount: number): number => Math.round(amount * 100) / 100;
  const [bought, sold] = [2000 * 1228.07, 2000 * 1488];
  const fees = [bought, sold].map((value) => fen(value * 0.00001) + fen(value * 0.00025));
  const cash = 1e7 - bought - fees[0] + sold - fees[1] - fen(sold * 0.0005);
  expect(Number(rows.at(-1)?.[8])).toBeCloseTo(cash, 2);
  expect(problems).toEqual([]);
  await page.context().close();
});

test('an open order is changed and taken back, and what is refused is listed', async () => {
  await send('PUT', '/accounts/changed', { cash: 1e7, day: '2025-09-05' });
  const order = { security: '688256', side: 'buy', quantity: 200, limit: 1200, validity: 'open' };
  await send('POST', '/accounts/changed/orders', { clientId: 'a', ...order });
  await send('POST', '/accounts/changed/orders', { clientId: 'b', ...order, quantity: -5 });
  const page = await open({ language: 'en' });
  await page.goto('/trade/changed');
  await page.waitForSelector('[role=grid] :text("invalid_argument")');
  await tabTo(page, '.open-orders button[aria-expanded]');
  await page.keyboard.press('Enter');
  await typeInto(page, '#ticket-quantity-1', '300');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.open-orders li:has-text("2: Buy 300")');
  await tabTo(page, '.open-orders button');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.querySelector('.open-orders') === null);
  expect(await orderStates('changed')).toEqual(['cancelled', 'cancelled']);
});

const send = (method: string, path: string, body: object): Promise<Response> =>
  fetch(`${url}/api/v1${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

async function orderStates(account: string): Promise<string[]> {
  const answer = await fetch(`${url}/api/v1/accounts/${encodeURIComponent(account)}/orders`);
  return ((await answer.json()) as { orders: { state: string }[] }).orders.map(({ state }) => state);
}

const focused = (page: Page): Promise<string> =>
  page.evaluate(() => (document.activeElement as HTMLSelectElement | null)?.value ?? '');

async function typeInto(page: Page, selector: string, text: string): Promise<void> {
  await tabTo(page, selector);
  await retype(page, text);
}

async function retype(page: Page, text: string): Promise<void> {
  await page.keyboard.press('Control+a');
  await page.keyboard.type(text);
}

/** Shift-Tab until what has the focus answers the selector. */
async function backTo(page: Page, selector: string): Promise<void> {
  for (let i = 0; i < 60; i++) {
    await page.keyboard.press('Shift+Tab');
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)) return;
  }
  throw new Error(`Shift-Tab did not lead to ${selector}`);
}
