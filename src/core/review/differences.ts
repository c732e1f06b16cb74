/**
 * Where the provider's announcement and the rules' own selection part: every such security, with what the public
 * text allows as a reason. Discretion is visible, never silent.
 */
import type { SecurityId } from '../base/brand.js';
import type { Words } from '../base/words.js';
import { hasMark, rowsOf, type Snapshot } from '../market/snapshot.js';
import type { Clause } from '../methodology/clause.js';
import type { Methodology } from '../methodology/methodology.js';
import type { Announcement } from './announcements.js';
import type { Decision } from './decision.js';

export interface Selection {
  /** Best-ranked first. */
  readonly additions: readonly SecurityId[];
  /** Worst-ranked first. */
  readonly deletions: readonly SecurityId[];
  readonly reserve: readonly SecurityId[];
}

/** One security on which the announcement and the rule's own selection differ. */
export interface Difference {
  readonly id: SecurityId;
  readonly announced: 'added' | 'deleted' | 'not-added' | 'not-deleted';
  readonly why: Words;
}

/** Every security the announcement and the rules treat differently, with what the public text allows as a reason. */
export function differencesOf(
  snapshot: Snapshot,
  announcement: Announcement,
  ruleBased: Selection,
  decisions: readonly Decision[],
  methodology: Methodology,
): Difference[] {
  const rows = rowsOf(snapshot);
  const discretion = methodology.clauses.screens.find((clause) => clause.rule.kind === 'committee');
  const describe = (
    id: SecurityId,
    announced: Difference['announced'],
    rival: SecurityId | undefined,
  ): Difference => ({
    id,
    announced,
    why: differenceWords(snapshot, rows, decisions, id, rival, discretion),
  });
  const missing = <T>(of: readonly T[], other: readonly T[]): T[] =>
    of.filter((item) => !other.includes(item));
  const extraAdds = missing(announcement.additions, ruleBased.additions);
  const skippedAdds = missing(ruleBased.additions, announcement.additions);
  const extraCuts = missing(announcement.deletions, ruleBased.deletions);
  const skippedCuts = missing(ruleBased.deletions, announcement.deletions);
  return [
    ...extraAdds.map((id, i) => describe(id, 'added', skippedAdds[i] ?? skippedAdds[0])),
    ...skippedAdds.map((id, i) => describe(id, 'not-added', extraAdds[i] ?? extraAdds[0])),
    ...extraCuts.map((id, i) => describe(id, 'deleted', skippedCuts[i] ?? skippedCuts[0])),
    ...skippedCuts.map((id, i) => describe(id, 'not-deleted', extraCuts[i] ?? extraCuts[0])),
  ];
}

function differenceWords(
  snapshot: Snapshot,
  rows: ReadonlyMap<SecurityId, number>,
  decisions: readonly Decision[],
  id: SecurityId,
  rival: SecurityId | undefined,
  discretion: Clause | undefined,
): Words {
  const row = rows.get(id);
  if (row === undefined) return { en: 'not in the data at the cut-off', zh: '截止日数据中没有该证券' };
  const decision = decisions[row];
  const rank = decision.rank === undefined ? `${decision.clause}` : `rank ${decision.rank}`;
  const rankZh = decision.rank === undefined ? `${decision.clause}` : `排名${decision.rank}`;
  const rivalRow = rival === undefined ? undefined : rows.get(rival);
  const parts: Words[] = [{ en: `by the rules ${rank}`, zh: `按规则${rankZh}` }];
  if (rival !== undefined && rivalRow !== undefined) {
    const gap = snapshot.averageTotalCap[row] / snapshot.averageTotalCap[rivalRow] - 1;
    const rivalRank = decisions[rivalRow].rank;
    if (rivalRank !== undefined && Number.isFinite(gap)) {
      const sign = gap >= 0 ? '+' : '';
      const percent = `${sign}${(gap * 100).toFixed(1)} %`;
      parts.push({
        en: `against rank ${rivalRank} of ${rival}, average cap ${percent}`,
        zh: `对比 ${rival} 的排名${rivalRank}，日均市值相差 ${percent}`,
      });
    }
  }
  const doubts = (['shares_backcast', 'shares_assumed', 'dual_listed'] as const).filter((mark) =>
    hasMark(snapshot, row, mark),
  );
  if (doubts.length > 0)
    parts.push({
      en: `share count uncertain (${doubts.join(', ')})`,
      zh: `股本数存疑（${doubts.join('、')}）`,
    });
  if (discretion) {
    parts.push({
      en: `or the committee's discretion (${discretion.id}), which gives no reason`,
      zh: `或专家委员会裁量（${discretion.id}），未公布理由`,
    });
  }
  return { en: parts.map((part) => part.en).join('; '), zh: parts.map((part) => part.zh).join('；') };
}
