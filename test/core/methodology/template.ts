/** The smallest rulebook that is complete, for tests to break in one place or to weigh a made-up index by. */
import type { Rulebook } from '../../../src/core/index.js';
import { parseRulebookText } from '../../../src/data/rulebooks.js';

export const TEMPLATE = `rulebook: small-index
version: "1"
aliases: [small]
name:
  en: Small index
  zh: 小指数
market: XSHG
currency: CNY

calendar:
  swap:
    - from: 2020-01-01
      rule: { kind: date, from: month, months: [3, 6, 9, 12], steps: [{ nthWeekday: 2, weekday: fri }] }
      en: Second Friday.
      zh: 第二个星期五。
      cite: [A]
      confidence: official
  effective:
    - from: 2020-01-01
      rule: { kind: date, from: swap, steps: [{ sessions: 1 }] }
      en: The session after.
      zh: 下一交易日。
      cite: [A]
      confidence: official
  announcement:
    - from: 2020-01-01
      rule: { kind: date, from: swap, steps: [{ days: -14 }] }
      en: Two weeks before.
      zh: 提前两周。
      cite: [A]
      confidence: inferred
      note: Two weeks, as far as known.
  cutoff:
    - from: 2020-01-01
      rule: { kind: date, from: month, steps: [{ monthEnd: -2 }, { session: on-or-before }] }
      en: Month end before last.
      zh: 前月末。
      cite: [A]
      confidence: unverified
  pricing:
    - from: 2020-01-01
      rule: { kind: date, from: effective, steps: [{ sessions: -5 }] }
      en: Fifth session before.
      zh: 前第五个交易日。
      cite: [B]
      confidence: replayed

selection:
  buffer:
    - from: 2020-01-01
      rule: { kind: buffer, count: 20, enter: 16, keep: 24, order: keep-first }
      en: Twenty seats.
      zh: 二十席。
      cite: [A]
      confidence: official

shares:
  float-bands:
    - from: 2020-01-01
      rule: { kind: float-bands, exactUpTo: 0.15, bands: [0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8] }
      en: Banded float.
      zh: 分级靠档。
      cite: [A]
      confidence: official

caps:
  single:
    - from: 2020-01-01
      to: 2022-12-31
      rule: { kind: single, cap: 0.15 }
      en: No more than 15 %.
      zh: 不超过15%。
      cite: [A]
      confidence: official
    - from: 2023-01-01
      rule: { kind: single, cap: 0.1 }
      en: No more than 10 %.
      zh: 不超过10%。
      cite: [A]
      confidence: official
  top-five:
    - from: 2023-01-01
      rule: { kind: top-k, k: 5, limit: 0.4, redistribution: capped-stay }
      en: Five at most 40 %.
      zh: 前五大不超过40%。
      cite: [A]
      confidence: secondary
      reading: capped-stay
      readings:
        capped-stay:
          en: Capped members stay.
          zh: 触限样本不变。
          cite: [B]
          confidence: replayed
          set: { redistribution: capped-stay }
        off:
          en: Not applied.
          zh: 不执行。
          cite: [A]
          confidence: unverified
          set: { limit: 1 }

sources:
  A: { title: The provider }
  B: { title: A replay, url: example.org/replay }
`;

/** The template with pieces of its text replaced; each piece must stand in it. */
export function templateWith(...replacements: readonly (readonly [from: string, to: string])[]): string {
  return replacements.reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`the template has no "${from}"`);
    return text.replace(from, () => to);
  }, TEMPLATE);
}

export function parsed(text: string = TEMPLATE): Rulebook {
  const { rulebook, issues } = parseRulebookText(text, 'small.yaml');
  if (!rulebook) throw new Error(JSON.stringify(issues));
  return rulebook;
}

/** 1-based line on which a text first stands, counted from the line of `after`. */
export function lineOf(text: string, needle: string, after = ''): number {
  const start = text.indexOf(after);
  const at = text.indexOf(needle, start);
  if (start < 0 || at < 0) throw new Error(`the text has no "${needle}" after "${after}"`);
  return text.slice(0, at).split('\n').length;
}
