/** Caps and numbers of members, as the rulebook in force says. */
import { indexOf } from './aboutIndex.js';
import { type AsOf, type Candidates, notCheckable } from './candidates.js';
import type { ClaimData } from './claimData.js';
import type { Frame } from '../frames/frame.js';
import { both, joined, metricWords, valueWords, words } from './wording.js';

/** The rules in force on a day. */
export function ruleCandidates(data: ClaimData, frame: Frame, asOf: AsOf): Candidates {
  const index = indexOf(data, frame);
  const rule = data.rules.findLast((one) => one.index === index && one.from <= asOf.written);
  const value =
    rule === undefined
      ? undefined
      : frame.metric === 'cap'
        ? rule.cap
        : frame.metric === 'members'
          ? rule.members
          : rule.top?.k === 5
            ? rule.top.limit
            : undefined;
  if (rule === undefined || value === undefined)
    return notCheckable(`the rulebook of ${index} has no such clause`, `${index}的规则中没有这一条`);
  const unit = frame.metric === 'members' ? 'count' : 'fraction';
  const metric = frame.metric ?? 'cap';
  return {
    candidates: [
      {
        role: 'main',
        figure: {
          value,
          unit,
          asOf: rule.from,
          text: joined(
            words(`${index}: `, `${index}：`),
            metricWords(metric),
            ' ',
            valueWords(value, unit),
            both(` (${rule.rulebook})`),
          ),
          inputs: [
            { name: metricWords(metric), value, unit, asOf: rule.from, source: { table: 'rulebooks' } },
          ],
        },
      },
    ],
  };
}
