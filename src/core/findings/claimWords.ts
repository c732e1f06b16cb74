/** What the claim checker says of a text. */
import type { CodeWords } from './codeWords.js';

export const CLAIMS: Readonly<Record<string, CodeWords>> = {
  text_date_read: {
    zh: '文本的写作日期取自文中提到的日期',
    forms: [
      [
        /^taken as written on (\S+), the date it names; say another with --date$/,
        '按文中日期，视为写于 $1；可用 --date 另行指定',
      ],
    ],
  },
  text_date_assumed: {
    zh: '文本没有写明写作日期，以数据的最后一日为准',
    forms: [
      [
        /^the text names no day it was written on; held against the data up to (\S+), say the day with --date$/,
        '文中没有写作日期，按截至 $1 的数据核对；请用 --date 指定',
      ],
    ],
  },
  text_cut: {
    zh: '文本过长，末尾未读',
    forms: [[/^(\d+) characters at the end were not read; .*$/, '文本过长，末尾 $1 个字符未读']],
  },
  claims_cut: {
    zh: '说法过多，只核对了前面的',
    forms: [[/^the first (\d+) claims were checked; there are more$/, '只核对了前 $1 条说法，其后还有']],
  },
};
