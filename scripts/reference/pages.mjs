/** The reference pages: one per rule kind, from its schema, the rulebooks that use it, and its worked examples. */
import { SECTIONS } from '../../dist/core/methodology/sections.js';
import { formatDay } from '../../dist/core/index.js';
import { examplesOf, inline } from './examples.mjs';
import { KIND_WORDS_ZH } from './words.mjs';

const NOTE =
  '<!-- Made by `npm run reference` from the schemas, the rulebooks and the engine; do not edit by hand. -->';

/**
 * @param rulebooks every bundled rulebook, by id
 * @param sessions calendar of the date examples
 * @returns file name -> text
 */
export function referencePages(rulebooks, sessions) {
  const examples = examplesOf(sessions);
  const kinds = Object.entries(SECTIONS).flatMap(([section, schemas]) =>
    Object.entries(schemas).map(([kind, schema]) => ({
      section,
      kind,
      schema,
      examples: examples[kind] ?? [],
    })),
  );
  const pages = kinds.map((entry) => [`${entry.kind}.md`, page(entry, rulebooks)]);
  return Object.fromEntries([['README.md', index(kinds)], ...pages]);
}

function index(kinds) {
  const sections = Object.keys(SECTIONS).map((section) => {
    const rows = kinds
      .filter((entry) => entry.section === section)
      .map(
        ({ kind, schema }) =>
          `| [\`${kind}\`](${kind}.md) | ${schema.description} | ${KIND_WORDS_ZH[kind]} |`,
      );
    return [`## \`${section}\``, '', '| kind | what it says | 中文 |', '|---|---|---|', ...rows, ''].join(
      '\n',
    );
  });
  return [
    NOTE,
    '',
    '# Rule kinds',
    '',
    'Everything a rulebook can say, by section, in the order of a review. How to write one is in',
    '[write-a-rulebook.md](../write-a-rulebook.md).',
    '',
    ...sections,
  ].join('\n');
}

function page({ section, kind, schema, examples }, rulebooks) {
  return [
    NOTE,
    '',
    `# \`${kind}\``,
    '',
    `Section \`${section}\`: ${schema.description}. ${KIND_WORDS_ZH[kind]}。`,
    '',
    ...fields(schema),
    ...examples.flatMap(example),
    ...users(section, kind, rulebooks),
  ].join('\n');
}

function fields(schema) {
  const entries = Object.entries(schema.properties).filter(([name]) => name !== 'kind');
  if (entries.length === 0) return ['It has no fields.', ''];
  const required = new Set(schema.required ?? []);
  const rows = entries.map(
    ([name, field]) =>
      `| \`${name}\` | ${typeOf(field)} | ${required.has(name) ? 'yes' : ''} | ${escaped(field.description ?? '')} |`,
  );
  return ['| field | type | required | meaning |', '|---|---|---|---|', ...rows, ''];
}

function typeOf(field) {
  if (field.enum) return field.enum.map((value) => `\`${value}\``).join(', ');
  if (field.type === 'array') return `list of ${typeOf(field.items)}`;
  if (field.type === 'object') return 'mapping';
  if (field.anyOf) return 'one of several shapes';
  if (field.type === 'number' || field.type === 'integer') return `${field.type}${range(field)}`;
  return field.type ?? 'value';
}

function range({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }) {
  const low =
    exclusiveMinimum !== undefined
      ? `above ${exclusiveMinimum}`
      : minimum !== undefined
        ? `from ${minimum}`
        : '';
  const high =
    exclusiveMaximum !== undefined
      ? `below ${exclusiveMaximum}`
      : maximum !== undefined
        ? `to ${maximum}`
        : '';
  return low === '' && high === '' ? '' : ` (${[low, high].filter(Boolean).join(' ')})`;
}

function example({ title, source, rule, note, columns, rows }) {
  return [
    title === null ? '## Example' : `## Example: ${title}`,
    '',
    `\`${inline(rule)}\``,
    '',
    ...(note ? [note, ''] : []),
    `| ${columns.join(' | ')} |`,
    `|${columns.map(() => '---|').join('')}`,
    ...rows.map((row) => `| ${row.map(escaped).join(' | ')} |`),
    '',
    `Source: ${source}.`,
    '',
  ];
}

function users(section, kind, rulebooks) {
  const rows = rulebooks.flatMap(({ id, clauses }) =>
    clauses[section]
      .filter(({ rule }) => rule.kind === kind)
      .map(
        ({ id: clause, from, to, confidence, occasions }) =>
          `| ${id} | \`${clause}\` | ${formatDay(from)}${to === undefined ? '' : ` to ${formatDay(to)}`} | ${(occasions ?? []).join(', ')} | ${confidence} |`,
      ),
  );
  if (rows.length === 0) return ['No bundled rulebook uses it.', ''];
  return [
    '## Used by',
    '',
    '| rulebook | clause | in force | occasions | confidence |',
    '|---|---|---|---|---|',
    ...rows,
    '',
  ];
}

const escaped = (text) => String(text).replaceAll('|', '\\|');
