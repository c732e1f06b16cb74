/** `rulebook show|check|schema`: a rulebook's clauses in words, a file's faults, the schema for editors. */
import {
  formatDay,
  rulebookJsonSchema,
  SECTION_NAMES,
  type Language,
  type Rulebook,
} from '../../core/index.js';
import { loadRulebook, readRulebook } from '../../data/rulebooks.js';
import type { Context } from '../context.js';
import { emit, type ExportRow, type Result } from '../output.js';
import { wrap } from '../table.js';

export async function showRulebook(name: string, context: Context): Promise<void> {
  await emit(rulebookResult(await loadRulebook(name, context.rulebookFolder), context.language), context);
}

export function rulebookResult(rulebook: Rulebook, language: Language): Result {
  const clauses = SECTION_NAMES.flatMap((section) => rulebook.clauses[section]);
  return {
    json: {
      rulebook: `${rulebook.id}@${rulebook.version}`,
      names: { en: rulebook.nameEn, zh: rulebook.nameZh },
      aliases: rulebook.aliases,
      clauses: clauses.map(({ id, from, to, rule, en, zh, cite, confidence, note, reading, readings }) => ({
        id,
        from: formatDay(from),
        to: to === undefined ? null : formatDay(to),
        rule,
        en,
        zh,
        cite: cite.map((key) => ({ key, ...rulebook.sources[key] })),
        confidence,
        note: note ?? null,
        reading: reading ?? null,
        readings,
      })),
      findings: [],
    },
    sheets: [{ name: 'clauses', rows: clauseRows(rulebook) }],
    lines: [
      `${language === 'zh' ? rulebook.nameZh : rulebook.nameEn} - ${rulebook.id}@${rulebook.version} (${rulebook.aliases.join(', ')})`,
      ...clauses.flatMap((clause) => [
        ...wrap(
          `${clause.id} (${formatDay(clause.from)}..${clause.to === undefined ? '' : formatDay(clause.to)}) [${clause.confidence}] ${clause.cite.join(', ')}`,
        ),
        ...wrap(`  ${clause[language]}`, 98, '  '),
        ...(clause.reading === undefined
          ? []
          : [
              `  ${Object.keys(clause.readings)
                .map((reading) => (reading === clause.reading ? `*${reading}` : reading))
                .join(' | ')}`,
            ]),
      ]),
    ],
    findings: [],
  };
}

function clauseRows(rulebook: Rulebook): ExportRow[] {
  return SECTION_NAMES.flatMap((section) =>
    rulebook.clauses[section].map((clause) => ({
      id: clause.id,
      from: formatDay(clause.from),
      to: clause.to === undefined ? null : formatDay(clause.to),
      rule: JSON.stringify(clause.rule),
      en: clause.en,
      zh: clause.zh,
      cite: clause.cite.join(' '),
      confidence: clause.confidence,
    })),
  );
}

/** @throws InputError with every issue, file and line */
export async function checkRulebook(file: string, context: Context): Promise<void> {
  const rulebook = await readRulebook(file);
  const count = SECTION_NAMES.reduce((n, section) => n + rulebook.clauses[section].length, 0);
  await emit(
    {
      json: { rulebook: `${rulebook.id}@${rulebook.version}`, clauses: count, findings: [] },
      sheets: [{ name: 'clauses', rows: clauseRows(rulebook) }],
      lines: [`${file}: ${rulebook.id}@${rulebook.version}, ${count} clauses, no problems`],
      findings: [],
    },
    context,
  );
}

export function printRulebookSchema(): void {
  process.stdout.write(`${JSON.stringify(rulebookJsonSchema(), null, 2)}\n`);
}
