/** A review as table, JSON document and sheets. */
import {
  distinctFindings,
  explainDecision,
  formatDay,
  provenanceOf,
  type CapRule,
  type Decision,
  type IndexData,
  type Language,
  type ProFormaMember,
  type ReviewRun,
  type SecurityId,
} from '../../core/index.js';
import { percent, points } from '../format.js';
import type { ExportRow, Result } from '../output.js';
import { renderTable, SCREEN_WIDTH, wrap } from '../table.js';
import { word } from '../words/words.js';
import { datesJson, findingsJson, headingLines, namingOf, type Naming } from './shared.js';

export function reviewResult(data: IndexData, run: ReviewRun, language: Language): Result {
  const naming = namingOf(data, language);
  const findings = distinctFindings(run.proForma.findings, run.review.findings);
  const members = byWeightAfter(run.proForma.members);
  return {
    json: reviewJson(data, run, findings),
    sheets: [
      { name: 'constituents', rows: members.map((member) => constituentRow(member, run, naming)) },
      { name: 'decisions', rows: run.review.decisions.map((decision) => decisionRow(decision, naming)) },
    ],
    lines: reviewLines(run, naming, language),
    findings,
  };
}

export function reviewJson(
  data: IndexData,
  run: ReviewRun,
  findings: readonly { code: string; subject: string; message: string }[],
): Record<string, unknown> {
  const naming = namingOf(data, 'en');
  const { review, proForma } = run;
  return {
    index: run.methodology.rulebook.id,
    dates: datesJson(run),
    knownAt: formatDay(run.knownAt),
    basis: review.basis,
    additions: review.additions,
    deletions: review.deletions,
    reserve: review.reserve,
    ruleBased: review.ruleBased,
    announcement: review.announcement
      ? {
          announced: formatDay(review.announcement.announced),
          additions: review.announcement.additions,
          deletions: review.announcement.deletions,
          basis: review.announcement.basis,
        }
      : null,
    differences: review.differences,
    constituents: byWeightAfter(proForma.members).map((member) => ({
      id: member.id,
      name: naming.nameZh(member.id),
      nameEn: naming.nameEn(member.id),
      nameShort: naming.name(member.id),
      weightBefore: member.weightBefore,
      weightUncapped: member.weightUncapped,
      weightAtPricing: member.weightAtPricing,
      weightAfter: member.weightAfter,
      cappingFactor: member.cappingFactor,
      boundBy: member.boundBy,
      reason: reasonOf(member, run, 'en'),
      reasonZh: reasonOf(member, run, 'zh'),
    })),
    constraints: proForma.outcomes.map((outcome) => ({
      rule: outcome.id,
      bound: outcome.triggered,
      members: outcome.bound.map((row) => proForma.newIds[row]),
      rounds: outcome.rounds,
    })),
    turnoverOneWay: proForma.turnoverOneWay,
    level: {
      date: formatDay(proForma.valuedOn),
      level: proForma.level,
      divisorBefore: proForma.before.divisor,
      divisorAfter: proForma.after.divisor,
    },
    decisions: review.decisions.map(({ id, incumbent, rank, outcome, clause, measure, value, limit }) => ({
      id,
      incumbent,
      rank: rank ?? null,
      outcome,
      clause,
      measure: measure.en,
      value,
      limit: limit.en,
    })),
    provenance: provenanceOf(run),
    findings: findingsJson(findings),
  };
}

/** Why a member weighs what it weighs, or why it is in or out: the caps that bound it, else its decision. */
function reasonOf(member: ProFormaMember, run: ReviewRun, language: Language): string {
  const parts: string[] = [];
  const announced = run.review.announcement;
  if (announced?.additions.includes(member.id) || announced?.deletions.includes(member.id)) {
    const day = formatDay(announced.announced);
    const added = announced.additions.includes(member.id);
    parts.push(
      language === 'zh'
        ? `${day}公告${added ? '调入' : '调出'}`
        : `${added ? 'addition' : 'deletion'} announced ${day}`,
    );
  }
  if (member.boundBy.length > 0) {
    parts.push(
      language === 'zh' ? `受限于 ${member.boundBy.join('、')}` : `bound by ${member.boundBy.join(', ')}`,
    );
  }
  const decision = decisionOf(run, member.id);
  if (decision) parts.push(explainDecision(decision, language));
  return parts.join(language === 'zh' ? '；' : '; ');
}

function decisionOf(run: ReviewRun, id: SecurityId): Decision | undefined {
  return run.review.decisions.find((decision) => decision.id === id);
}

export function byWeightAfter(members: readonly ProFormaMember[]): ProFormaMember[] {
  return members.toSorted(
    (a, b) => b.weightAfter - a.weightAfter || b.weightBefore - a.weightBefore || (a.id < b.id ? -1 : 1),
  );
}

/** Which caps bound and whom, one line each. */
export function constraintLines(run: ReviewRun, naming: Naming, language: Language): string[] {
  return run.proForma.outcomes.flatMap((outcome) => {
    const clause = run.methodology.clauses.caps.find(({ id }) => id === outcome.id);
    const weight = new Map(run.proForma.members.map((m) => [m.id, m.weightUncapped]));
    const ids = outcome.bound
      .map((row) => run.proForma.newIds[row])
      .toSorted((a, b) => (weight.get(b) ?? 0) - (weight.get(a) ?? 0));
    const names = ids.map((id) => naming.name(id));
    const who = outcome.triggered
      ? `${word('bound', language)}: ${names.join(', ')}`
      : word('notBound', language);
    const rule = capWords(outcome.rule);
    const reading = clause?.reading === undefined ? '' : ` [${run.methodology.readings[outcome.id]}]`;
    return wrap(`${outcome.id} ${rule}${reading} ${who}`);
  });
}

function capWords(rule: CapRule): string {
  switch (rule.kind) {
    case 'single':
      return `<= ${percent(rule.cap)} %`;
    case 'top-k':
      return `${rule.k}: <= ${percent(rule.limit)} %`;
    case 'above-sum':
      return `> ${percent(rule.threshold)} %: <= ${percent(rule.limit)} %`;
    default:
      return rule.kind;
  }
}

/** Additions and deletions with one reason each, the reserve list, and where the rules alone would differ. */
export function changeLines(run: ReviewRun, naming: Naming, language: Language): string[] {
  const { review, proForma } = run;
  const reason = (id: SecurityId): string => {
    const member = proForma.members.find((m) => m.id === id);
    return member ? reasonOf(member, run, language) : '';
  };
  const named = (id: SecurityId): string => `${naming.code(id)} ${naming.name(id)}`;
  const none = word('none', language);
  const list = (ids: readonly SecurityId[]): string => (ids.length === 0 ? none : ids.map(named).join(', '));
  const lines = [
    ...(review.additions.length === 0
      ? [`${word('additions', language)}: ${none}`]
      : review.additions.map((id) => `+ ${named(id)}: ${reason(id)}`)),
    ...(review.deletions.length === 0
      ? [`${word('deletions', language)}: ${none}`]
      : review.deletions.map((id) => `- ${named(id)}: ${reason(id)}`)),
    `${word('reserve', language)}: ${list(review.reserve)}`,
  ];
  if (review.differences.length > 0) {
    lines.push(`${word('difference', language)}:`);
    for (const { id, announced, why } of review.differences)
      lines.push(`  ${named(id)} (${announced}): ${why[language]}`);
  }
  return lines.flatMap((line) => wrap(line, SCREEN_WIDTH, '    '));
}

function reviewLines(run: ReviewRun, naming: Naming, language: Language): string[] {
  const { proForma } = run;
  const w = (key: Parameters<typeof word>[0]): string => word(key, language);
  const rows = byWeightAfter(proForma.members).map((m) => [
    naming.code(m.id),
    naming.name(m.id),
    percent(m.weightBefore),
    percent(m.weightUncapped),
    percent(m.weightAtPricing),
    percent(m.weightAfter),
    points(m.weightAfter - m.weightBefore),
    m.cappingFactor === 0 ? '-' : m.cappingFactor.toFixed(4),
    m.boundBy.map((id) => id.replace('caps.', '')).join(' '),
  ]);
  const right = (title: string) => ({ title, align: 'right' as const });
  const table = renderTable(
    [
      { title: w('code'), align: 'left' },
      { title: w('member'), align: 'left', maxWidth: 18, shrinks: true },
      right(w('before')),
      right(w('uncapped')),
      right(w('atPricing')),
      right(w('after')),
      right(w('change')),
      right(w('factor')),
      { title: w('boundBy'), align: 'left', maxWidth: 24, shrinks: true },
    ],
    rows,
  );
  return [
    ...headingLines(run, language),
    ...constraintLines(run, naming, language),
    ...changeLines(run, naming, language),
    `${w('oneWay')} ${percent(proForma.turnoverOneWay)} % | ${w('level')} ${proForma.level.toFixed(3)} (${formatDay(proForma.valuedOn)})`,
    '',
    ...table,
  ];
}

function constituentRow(member: ProFormaMember, run: ReviewRun, naming: Naming): ExportRow {
  return {
    id: member.id,
    name: naming.nameZh(member.id),
    name_en: naming.nameEn(member.id),
    weight_before: member.weightBefore,
    weight_uncapped: member.weightUncapped,
    weight_at_pricing: member.weightAtPricing,
    weight_after: member.weightAfter,
    capping_factor: member.cappingFactor,
    bound_by: member.boundBy.join(' '),
    price_at_swap: member.priceAtSwap,
    reason: reasonOf(member, run, 'en'),
  };
}

function decisionRow(decision: Decision, naming: Naming): ExportRow {
  return {
    id: decision.id,
    name: naming.nameZh(decision.id),
    incumbent: decision.incumbent,
    rank: decision.rank ?? null,
    outcome: decision.outcome,
    clause: decision.clause,
    measure: decision.measure.en,
    value: decision.value,
    limit: decision.limit.en,
  };
}
