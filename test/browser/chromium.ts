/** The Chromium of this system, the built workbench behind a running server, and pages of it for one test file. */
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { afterAll } from 'vitest';
import { startServer } from '../../src/server/serve.js';
import { ROOT } from '../tidy/files.js';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];

const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Kept after a run, to be looked at. */
const SCREENSHOTS = join(ROOT, 'dist', 'screenshots');
const PICTURES = process.env.COUNTERWEIGHT_PICTURES !== undefined;
const WANTED = PICTURES || process.env.COUNTERWEIGHT_SCREENSHOTS !== undefined;

export interface Look {
  readonly language: 'en' | 'zh';
  readonly theme?: 'light' | 'dark';
  readonly width?: number;
  readonly height?: number;
}

export interface Workbench {
  readonly url: string;
  readonly browser: Browser;
  /** A page of a browser that was never here before. */
  readonly open: (look: Look) => Promise<Page>;
}

/** To be awaited at the top of a test file: everything is closed and removed after all tests. */
export async function workbench(): Promise<Workbench> {
  const executablePath = findChromium();
  const web = join(ROOT, 'dist', 'web');
  if (!existsSync(join(web, 'index.html')))
    throw new Error('the workbench is not built: run npm run build first');
  const folder = mkdtempSync(join(tmpdir(), 'counterweight-'));
  const server = await startServer({
    host: '127.0.0.1',
    port: 0,
    folders: {
      rulebooks: join(ROOT, 'rulebooks'),
      datasets: join(ROOT, 'datasets'),
      data: folder,
      record: join(ROOT, 'record'),
      web,
    },
    jobProgram: join(ROOT, 'dist', 'server', 'jobs', 'child.js'),
    say: () => undefined,
  });
  const browser = await chromium.launch({ executablePath, args: ARGUMENTS });
  const contexts: BrowserContext[] = [];
  afterAll(async () => {
    await browser.close();
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    url: server.url,
    browser,
    async open({ language, theme = 'light', width = 1440, height = 900 }) {
      const context = await browser.newContext({
        baseURL: server.url,
        viewport: { width, height },
        locale: language === 'zh' ? 'zh-CN' : 'en-GB',
        colorScheme: theme,
        acceptDownloads: true,
        reducedMotion: 'reduce',
      });
      contexts.push(context);
      // Against hanging, not against slowness: two cores are shared with another browser and its servers.
      context.setDefaultTimeout(55_000);
      return context.newPage();
    },
  };
}

/** @throws Error that says what to install */
function findChromium(): string {
  const named = process.env.CHROMIUM;
  const places = (process.env.PATH ?? '').split(delimiter);
  const found =
    named ??
    places.flatMap((place) => NAMES.map((name) => join(place, name))).find((file) => existsSync(file));
  if (found !== undefined) return found;
  throw new Error(
    'The browser tests need Chromium and found none: install it (apt-get install chromium fonts-noto-cjk), ' +
      'or name it in the environment variable CHROMIUM.',
  );
}

/** Drawn when somebody wants to look: a tenth of a test's time. */
export async function screenshot(page: Page, name: string, whole = false): Promise<void> {
  if (!WANTED) return;
  mkdirSync(SCREENSHOTS, { recursive: true });
  await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`), fullPage: whole });
  // The pictures of the two READMEs are these very screenshots, taken anew when asked for.
  const picture = { 'en-review': 'review.png', 'zh-review': 'review.zh.png' }[name];
  if (picture !== undefined && PICTURES) {
    await page.screenshot({ path: join(ROOT, 'docs', 'images', picture) });
  }
}

/** Presses Tab until what has the focus answers the selector, as a person without a mouse does. */
export async function tabTo(page: Page, selector: string): Promise<void> {
  const LONGEST_WAY = 150;
  for (let i = 0; i < LONGEST_WAY; i++) {
    await page.keyboard.press('Tab');
    const there = await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector);
    if (there) return;
  }
  throw new Error(`${LONGEST_WAY} times Tab did not lead to ${selector}`);
}
