/** An order and its condition as a person would say them. */
import type { ConditionSent, OrderSent } from '../../api/accountTypes.js';
import { percent, plain } from '../../format.js';
import type { WordKey } from '../../words/en.js';
import type { Words } from '../../words/useWords.js';

const CHANCES: Readonly<Record<'in' | 'out' | 'capped', WordKey>> = {
  in: 'chanceInShort',
  out: 'chanceOutShort',
  capped: 'chanceCappedShort',
};

const TRAILS: Readonly<Record<'at-most' | 'at-least', readonly [WordKey, WordKey]>> = {
  'at-most': ['whenTrailDown', 'whenTrailDownWithin'],
  'at-least': ['whenTrailUp', 'whenTrailUpWithin'],
};

/**
 * What an order asks of the session beside a limit.
 */
export const sessionWords = (
  { kind, during, peak }: { readonly [K in 'kind' | 'during' | 'peak']?: OrderSent[K] | null },
  w: Words['w'],
): string[] => {
  const how = kind ?? during;
  return [
    ...(how === undefined || how === null ? [] : [w(`how_${how}`)]),
    ...(peak === undefined || peak === null ? [] : [w('sentencePeak', { n: plain(peak) })]),
  ];
};

/** @param within whether orders trade within the session
 * @param day whose close is the last one known, where a move is measured from it */
export function conditionSentence(
  condition: ConditionSent,
  w: Words['w'],
  nameOf: (security: string) => string,
  day = '',
  within = false,
): string {
  if (condition.kind === 'time') return w('fromSession', { date: condition.from });
  if (condition.kind === 'clock') return w('whenClock', { time: condition.from });
  if (condition.kind === 'move') {
    const { fraction, security } = condition;
    return w(fraction < 0 ? 'whenMoveDown' : 'whenMoveUp', {
      name: security === undefined ? 'STAR 50' : nameOf(security),
      share: percent(Math.abs(fraction)),
      date: day,
    });
  }
  const sign = w(condition.direction === 'at-least' ? 'whenAtLeast' : 'whenAtMost');
  switch (condition.kind) {
    case 'price':
      return w(within ? 'whenPriceWithin' : 'whenPrice', {
        name: nameOf(condition.security),
        sign,
        price: plain(condition.threshold, 2),
      });
    case 'index':
      return w('whenIndex', { sign, level: plain(condition.threshold, 2) });
    case 'trail':
      return w(TRAILS[condition.direction][within ? 1 : 0], {
        name: nameOf(condition.security),
        share: percent(condition.fraction),
      });
    case 'book':
      return w(condition.of === 'bid' ? 'whenBid' : 'whenAsk', {
        sign: w(condition.direction === 'at-least' ? 'sharesAtLeast' : 'sharesAtMost'),
        shares: plain(condition.threshold),
      });
    case 'chance':
      return w('whenChance', {
        name: nameOf(condition.security),
        of: w(CHANCES[condition.of]),
        sign,
        share: percent(condition.threshold, 0),
      });
  }
}

/** The whole order, with all that hangs on it. */
export function orderSentence(
  order: OrderSent,
  { w, language }: Words,
  nameOf: (security: string) => string,
  day: string,
  within: boolean,
): string {
  const { side, quantity, limit, condition, exit, slices, security, validity } = order;
  const isPair = side === 'sell' && exit !== undefined;
  const caption = w('orderCaption', {
    side: w(side === 'buy' ? 'buyIt' : 'sellIt'),
    quantity: plain(quantity),
    name: `${nameOf(security)} (${security})`,
  });
  const price =
    limit === undefined
      ? w(within ? 'atMarketWithin' : 'atMarket')
      : w(side === 'buy' ? 'atOrBelow' : 'atOrAbove', { price: plain(limit, 2) });
  const parts = [
    caption,
    ...(isPair ? [] : [price, ...sessionWords(order, w)]),
    ...(condition === undefined ? [] : [conditionSentence(condition, w, nameOf, day, within)]),
    ...(isPair || slices !== undefined ? [] : [w(validity === 'day' ? 'dayOrder' : 'openOrder')]),
  ];
  const [comma, stop, space] = language === 'zh' ? ['，', '。', ''] : [', ', '.', ' '];
  const sentences = [parts.join(comma) + stop];
  if (exit !== undefined)
    sentences.push(w(isPair ? 'sentenceExitSale' : 'sentenceExit', { exit: exitWords(exit, w, within) }));
  if (slices !== undefined && slices.length > 0)
    sentences.push(w('sentenceSlices', { n: slices.length, date: slices[0].session }));
  return sentences.join(space);
}

function exitWords(
  { takeProfit, stop }: NonNullable<OrderSent['exit']>,
  w: Words['w'],
  within: boolean,
): string {
  const ways = [
    ...(takeProfit === undefined ? [] : [w('sentenceGain', { price: plain(takeProfit, 2) })]),
    ...(stop === undefined
      ? []
      : [
          'at' in stop
            ? w(within ? 'sentenceStopWithin' : 'sentenceStop', { price: plain(stop.at, 2) })
            : w(within ? 'sentenceTrailWithin' : 'sentenceTrail', { share: percent(stop.trail) }),
        ]),
  ];
  return ways.join(w('sentenceOr'));
}
