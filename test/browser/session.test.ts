/** An account that trades within the session, in both languages: opened, an order for one part of the day, its fill, the book. */
import { expect, test } from 'vitest';
import { screenshot, tabTo, workbench } from './chromium.js';

const { open, url } = await workbench();

test.each([
  {
    language: 'en',
    theme: 'light',
    account: 'paper',
    sentence: /^Buy 1,000 Cambricon \(688256\), at whatever price is there, in the closing auction only/,
    waits: /when the best bid has at least 20,000 shares/,
  },
  {
    language: 'zh',
    theme: 'dark',
    account: '模拟',
    sentence: /^买入 1,000 股 寒武纪 \(688256\)，按当时价格，不限价，仅参与收盘集合竞价/,
    waits: /买一量不少于 20,000 股时/,
  },
] as const)(
  'from the ticket to the book, in $language',
  async ({ language, theme, account, sentence, waits }) => {
    const page = await open({ language, theme });
    const problems: string[] = [];
    page.on('pageerror', (error) => problems.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error') problems.push(message.text());
    });
    await page.goto('/trade?knownAt=2025-09-05');
    await page.selectOption('.open-account select', 'session');
    await page.click('.open-account button[type=submit]');
    await page.waitForURL(`**/trade/${encodeURIComponent(account)}*`);
    await page.goto(`/securities/688256?trade=1&account=${encodeURIComponent(account)}`);
    await page.waitForSelector('.ticket .session-book table');
    await page.fill('#ticket-quantity', '1000');
    await page.selectOption('fieldset.within select', 'close');
    await page.waitForSelector('.ticket button[type=submit]:enabled');
    await page.click('.ticket button[type=submit]');
    expect(await page.textContent('.confirm .sentence')).toMatch(sentence);
    await page.click('.confirm .primary');
    await page.waitForSelector('.placed');
    await page.selectOption('fieldset.within select', 'best-five-cancel');
    await page.selectOption('fieldset.when select', 'bid');
    await page.fill('#ticket-amount', '20000');
    await page.waitForSelector('.ticket button[type=submit]:enabled');
    expect(await page.textContent('.ticket-preview .sentence')).toMatch(waits);
    await screenshot(page, `${language}-ticket-within`);

    await page.goto(`/trade/${encodeURIComponent(account)}`);
    await page.click('.advance .primary');
    // The close of 2025-09-08.
    await page.waitForSelector('[role=grid] :text("15:00:00")');
    await page.waitForSelector('[role=grid] :text("1,212.78")');
    await page.waitForSelector('.session-book tr.bid:nth-child(11)');
    expect(await page.locator('.session-book tr.ask').count()).toBe(5);
    const slider = page.locator('.session-book input[type=range]');
    await slider.focus();
    await page.keyboard.press('Home');
    await page.waitForFunction(() => document.querySelector('.book-time strong')?.textContent === '09:25');
    await screenshot(page, `${language}-account-within`);
    expect(problems).toEqual([]);
    await page.context().close();
  },
);

test.each([
  { language: 'en', theme: 'dark', between: 'between sessions; next: 2025-09-09' },
  { language: 'zh', theme: 'light', between: '未开盘；下一交易日：2025-09-09' },
] as const)(
  'the clock stops in the session, in $language, without a mouse',
  async ({ language, theme, between }) => {
    const account = `clock-${language}`;
    const send = (method: string, path: string, body: object): Promise<Response> =>
      fetch(`${url}/api/v1/accounts/${account}${path}`, {
        method,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    await send('PUT', '', { cash: 1e7, day: '2025-09-05', fills: 'session' });
    const order = { security: '688256', side: 'buy', quantity: 400, limit: 1100 };
    await send('POST', '/orders', { clientId: 'a', ...order });
    const page = await open({ language, theme });
    const problems: string[] = [];
    page.on('pageerror', (error) => problems.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error') problems.push(message.text());
    });
    const press = async (stop: string, then: string): Promise<void> => {
      await tabTo(page, `[data-stop=${stop}]`);
      await page.keyboard.press('Enter');
      await page.waitForSelector(`.advance [role=status]:text-is("${then}")`);
      // It can be pressed again.
      expect(await page.evaluate(() => document.activeElement?.getAttribute('data-stop'))).toBe(stop);
    };
    await page.goto(`/trade/${account}`);
    await page.waitForSelector('.advance');
    await press('open', '2025-09-08 09:30');
    await press('minutes30', '2025-09-08 10:00');
    await page.waitForSelector('.at-clock .book-time strong:text-is("10:00")');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.at-clock .book-time strong:text-is("10:30")');
    expect(await page.textContent('.page-head .muted')).toContain('10:30');
    await tabTo(page, '.at-clock .open-orders button');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.querySelector('.open-orders') === null);

    // What is quoted then is what the ticket shows, and buys.
    await tabTo(page, '.at-clock a.button');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.ticket .book-time strong:text-is("10:30")');
    const best = await page.textContent('.ticket .book tr.ask:nth-last-child(7) td');
    await tabTo(page, '#ticket-quantity');
    await page.keyboard.type('300');
    await tabTo(page, '#ticket-limit');
    await page.keyboard.type(String(best).replace(',', ''));
    await page.waitForSelector('.ticket button[type=submit]:enabled');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.confirm');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.placed');
    await screenshot(page, `${language}-ticket-clock`);
    await page.keyboard.press('Enter');
    await page.waitForURL(`**/trade/${account}*`);
    await page.waitForSelector('[role=grid] :text("10:30:30")');
    await screenshot(page, `${language}-account-clock`);
    await press('closing', '2025-09-08 14:58');
    await press('end', between);
    expect(problems).toEqual([]);
    await page.context().close();
  },
);
