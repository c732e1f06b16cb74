/** What a text says to watch next, as calendar entries: days it names that are still to come, and the days behind what it names. */
import type { Day } from '../base/brand.js';
import type { Words } from '../base/words.js';
import { civilOf, dayOf } from '../calendar/day.js';
import type { Span } from './claim.js';
import type { ClaimData } from './figures/claimData.js';
import { timeAt } from './time/dates.js';
import type { Clock } from './time/time.js';
import type { Token } from './text/tokens.js';
import { words } from './figures/wording.js';
import { longestPhrase, phraseTable } from './words/phraseTable.js';
import { event, mark } from './words/meaning.js';

export interface WatchEntry extends Span {
  readonly day: Day;
  readonly what: Words;
  readonly quote: string;
  /** `text`: the day is in the text; `rulebook`, `law`: it follows from them. */
  readonly basis: 'text' | 'rulebook' | 'law';
}

/** Words that turn the reader to what comes; meanings only tell the three kinds apart. */
const AHEAD = phraseTable([
  [
    mark('forecast'),
    'watch|watching|look for|look out for|keep an eye on|next up|eyes on|await|awaits|upcoming|attention turns to|focus turns to|focus will be on|will focus on|next test|next catalyst|due|scheduled|will announce|will publish|will report|will release|will be announced|关注|留意|静待|等待|下一个|接下来|后续|将于|即将|待公布|看点|跟踪|届时',
  ],
]);

/** Topics with days of their own. */
const TOPICS = phraseTable([
  [
    event('effective'),
    'rebalance|rebalancing|index review|quarterly review|index adjustment|reconstitution|next review|review|调样|调仓|指数调整|样本调整|定期调整|季度调整|再平衡',
  ],
  [
    event('reported'),
    'third-quarter results|third-quarter report|third quarter results|third-quarter earnings|q3 results|q3 report|nine-month report|quarterly report|quarterly results|next report|三季报|三季度报告|第三季度报告|三季度业绩|季报',
  ],
]);

export function watchEntries(
  data: ClaimData,
  text: string,
  lower: string,
  sentence: Span,
  tokens: readonly Token[],
  clock: Clock,
  index: string | undefined,
): WatchEntry[] {
  const ahead = phraseIn(AHEAD, lower, sentence);
  const quote = text.slice(sentence.start, sentence.end);
  const entries: WatchEntry[] = [];
  for (let at = 0; at < tokens.length;) {
    const found = timeAt(tokens, at, clock);
    if (found === undefined) {
      at++;
      continue;
    }
    const { time } = found;
    if (time.kind === 'day' && time.day > clock.written)
      entries.push({
        day: time.day,
        what: words('named in the text', '文中提到的日期'),
        quote,
        basis: 'text',
        start: found.start,
        end: found.end,
      });
    at += found.tokens;
  }
  if (!ahead || entries.length > 0) return entries;
  if (phraseIn(TOPICS, lower, sentence, 'effective')) {
    const next = data.nextReview(index ?? data.usual.index, clock.written);
    if (next !== undefined) {
      if (next.announced > clock.written)
        entries.push({
          day: next.announced,
          what: words('review announced', '调整方案公告'),
          quote,
          basis: 'rulebook',
          ...sentence,
        });
      entries.push({
        day: next.swap,
        what: words('review: swap at the close', '换样收盘'),
        quote,
        basis: 'rulebook',
        ...sentence,
      });
    }
  }
  if (phraseIn(TOPICS, lower, sentence, 'reported'))
    entries.push({
      day: deadline(clock.written),
      what: words('last day for the next periodic report', '下一份定期报告的法定截止日'),
      quote,
      basis: 'law',
      ...sentence,
    });
  return entries;
}

/** 30 April, 31 August, 31 October: the last days of the Securities Law for periodic reports. */
function deadline(day: Day): Day {
  const { year } = civilOf(day);
  const days = [dayOf(year, 4, 30), dayOf(year, 8, 31), dayOf(year, 10, 31), dayOf(year + 1, 4, 30)];
  return days.find((one) => one > day) ?? days[0];
}

function phraseIn(
  table: ReturnType<typeof phraseTable>,
  lower: string,
  { start, end }: Span,
  wanted?: string,
): boolean {
  for (let at = start; at < end; at++) {
    const found = longestPhrase(table, lower, at, end);
    if (
      found !== undefined &&
      (wanted === undefined || found.meanings.some((one) => one.is === 'event' && one.event === wanted))
    )
      return true;
  }
  return false;
}
