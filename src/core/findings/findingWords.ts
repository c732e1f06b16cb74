/**
 * Findings in the reader's language. Producers write English, since documents and logs carry it; here is what each code
 * says in Chinese, with the numbers, dates and names of the English sentence put where they belong. A sentence of the data
 * (a clause's note, how a basket came about) has no Chinese of its own: it is quoted after the words of its code.
 */
import type { Finding } from '../base/finding.js';
import type { Language } from '../base/words.js';
import { CLAIMS } from './claimWords.js';
import type { CodeWords } from './codeWords.js';
import { DECISIONS } from './decisionWords.js';
import { MARKET } from './marketWords.js';
import { REVIEWS } from './reviewWords.js';
import { TRADING } from './tradingWords.js';
import { VALUE } from './valueWords.js';

const CATALOGUE: Readonly<Record<string, CodeWords>> = {
  ...CLAIMS,
  ...MARKET,
  ...REVIEWS,
  ...DECISIONS,
  ...TRADING,
  ...VALUE,
  // Benchmarks of the program itself
  quick_run: { zh: '仅调用数次：所测时间没有意义' },
  no_peer: { zh: '没有可比的程序', quotes: true },
};

/** Every code that has words in both languages. */
export const FINDING_CODES: readonly string[] = Object.keys(CATALOGUE);

/** The sentence of a finding. A code that nobody gave Chinese words says what it says in English. */
export function findingText({ code, message }: Finding, language: Language): string {
  const words = CATALOGUE[code];
  if (language === 'en' || words === undefined) return message;
  for (const [pattern, text] of words.forms ?? [])
    if (pattern.test(message)) return message.replace(pattern, text);
  return words.quotes === true ? `${words.zh}（${message}）` : words.zh;
}

/** A kind of finding in a few words, as a heading of many of it. */
export function findingKind(code: string, language: Language): string {
  const words = CATALOGUE[code];
  return language === 'zh' && words !== undefined ? words.zh : code.replaceAll('_', ' ');
}
