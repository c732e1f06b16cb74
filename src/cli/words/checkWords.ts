/** Words of the claim checker, in both languages. */

export const CHECK_EN = {
  checkOf: 'Claims',
  claimAmbiguous: 'AMBIGUOUS',
  claimed: 'claim',
  claimNotCheckable: 'not checkable',
  claimRight: 'right',
  claimRounded: 'right, rounded',
  claimStale: 'STALE',
  claimWrong: 'WRONG',
  noClaims: 'Nothing in the text can be held against a figure.',
  verdict: 'verdict',
  watchNext: 'To watch',
  writtenOn: 'written',
} as const;

export const CHECK_ZH: Record<keyof typeof CHECK_EN, string> = {
  checkOf: '说法核对',
  claimAmbiguous: '有歧义',
  claimed: '说法',
  claimNotCheckable: '无法核对',
  claimRight: '正确',
  claimRounded: '正确（四舍五入）',
  claimStale: '已过时',
  claimWrong: '错误',
  noClaims: '文中没有可与数据核对的说法。',
  verdict: '结论',
  watchNext: '后续关注',
  writtenOn: '写于',
};
