/** A text to try the page with: right, wrong and doubtful claims of September 2025, written for it. */
import type { Language } from '../../../core/index.js';

const EXAMPLES: Readonly<Record<Language, string>> = {
  en: [
    '2025-09-12',
    '',
    'Cambricon fell about 14% last week and recovered about 10% this week. On September 11 it closed at 1,387 yuan, about 500 times trailing earnings and about ten times Nvidia’s.',
    '',
    'In the first half of 2025 its revenue, profit and cash flow all flipped from negative to positive. Revenue was up about 43x. The shares doubled in August, and on August 27 they closed above Moutai.',
    '',
    'Its weight in the STAR 50 was 15.42% on September 2. Index funds face up to 8 billion yuan of passive selling of the stock; one page put it at 54.5 billion yuan. The next thing to watch is the third-quarter report.',
  ].join('\n'),
  zh: [
    '2025年9月12日',
    '',
    '寒武纪9月4日大跌14.45%，收于1202元，本周累计上涨16.12%。9月11日滚动市盈率约520倍，约为英伟达的10倍。',
    '',
    '公司2025年上半年营收28.81亿元，同比增长4347.82%，归母净利润10.38亿元，营收、净利润和现金流均由负转正。8月27日，寒武纪收盘超越贵州茅台。',
    '',
    '9月2日，寒武纪在科创50指数中的权重为15.42%。被动基金需卖出寒武纪80亿元，另有报道称被动卖出545亿元。接下来关注三季报。',
  ].join('\n'),
};

export const exampleText = (language: Language): string => EXAMPLES[language];
