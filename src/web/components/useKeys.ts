/** Keys that work everywhere. A link or button says by `data-key` which key presses it. */
import { useEffect } from 'react';
import { hrefOf, navigate } from '../state/route.js';
import type { WordKey } from '../words/en.js';

export interface PageKey {
  readonly path: string;
  readonly key: WordKey;
  /** After `g`. */
  readonly letter: string;
  /** Path of a 24 x 24 drawing. */
  readonly icon: string;
}

interface Acts {
  readonly search: () => void;
  readonly keys: () => void;
}

/** Between `g` and its letter. */
const LONGEST_PAUSE_MS = 1_500;

export function useKeys(pages: readonly PageKey[], { search, keys }: Acts): void {
  useEffect(() => {
    let goneMs = Number.NEGATIVE_INFINITY;
    const hear = (event: KeyboardEvent): void => {
      if (event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        return search();
      }
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return undefined;
      if (document.querySelector('[role="dialog"]') !== null) return undefined;
      const page = pages.find(({ letter }) => letter === event.key);
      if (page !== undefined && event.timeStamp - goneMs < LONGEST_PAUSE_MS) {
        goneMs = Number.NEGATIVE_INFINITY;
        return navigate(hrefOf(page.path));
      }
      if (event.key === 'g') goneMs = event.timeStamp;
      const act = actOf(event.key, { search, keys });
      if (act === undefined) return undefined;
      event.preventDefault();
      return act();
    };
    window.addEventListener('keydown', hear);
    return () => window.removeEventListener('keydown', hear);
  });
}

function actOf(key: string, { search, keys }: Acts): (() => void) | undefined {
  if (key === '/') return search;
  if (key === '?' || key === '.') return keys;
  if (key === 'j' || key === 'k') return () => move(key === 'j' ? 1 : -1);
  if (!['e', '[', ']'].includes(key)) return undefined;
  const own = document.activeElement?.closest('.panel')?.querySelector<HTMLElement>(`[data-key="${key}"]`);
  const target = own ?? document.querySelector<HTMLElement>(`main [data-key="${key}"]`);
  return target === null ? undefined : () => press(target);
}

function press(target: HTMLElement): void {
  target.focus();
  // A menu that was opened by a key has its first entry ready for the next one.
  if (target.hasAttribute('aria-haspopup'))
    target.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true }));
  else target.click();
}

/** Into the first table; on a page without one, along its list. */
function move(by: 1 | -1): void {
  const grid = document.querySelector<HTMLElement>('main [role="grid"]');
  if (grid !== null) return grid.focus();
  const steps = [...document.querySelectorAll<HTMLElement>('main [data-step]')];
  const at = steps.findIndex((step) => step.contains(document.activeElement));
  const next = steps[at < 0 ? 0 : Math.max(0, Math.min(steps.length - 1, at + by))];
  next?.focus();
  next?.scrollIntoView({ block: 'start' });
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) &&
  target.getAttribute('type') !== 'range';
