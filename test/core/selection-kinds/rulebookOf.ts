/** A whole rulebook around the rules under test, parsed as a file would be. */
import {
  assert,
  parseRulebook,
  resolveRulebook,
  type Issue,
  type Methodology,
} from '../../../src/core/index.js';
import { day } from './made.js';

type Sections = Readonly<Record<string, Readonly<Record<string, object>>>>;

export function parsed(sections: Sections): ReturnType<typeof parseRulebook> {
  const clause = (rule: object): object => ({
    from: '2020-01-01',
    rule,
    en: 'A rule.',
    zh: '规则。',
    cite: ['TEST'],
    confidence: 'official',
  });
  const dated = Object.entries(sections).map(([section, clauses]) => [
    section,
    Object.fromEntries(Object.entries(clauses).map(([name, rule]) => [name, [clause(rule)]])),
  ]);
  const head = {
    rulebook: 'test',
    version: '1',
    aliases: [],
    name: { en: 'Test', zh: '测试' },
    market: 'XSHG',
    currency: 'CNY',
    sources: { TEST: { title: 'Made up' } },
  };
  return parseRulebook({ ...head, ...Object.fromEntries(dated) }, 'test.yaml', () => undefined);
}

export function issuesOf(section: string, rule: object): readonly Issue[] {
  return parsed({ [section]: { tested: rule } }).issues;
}

export function methodologyOf(sections: Sections): Methodology {
  const { rulebook, issues } = parsed(sections);
  assert(rulebook !== undefined, `the made-up rulebook parses: ${JSON.stringify(issues)}`);
  return resolveRulebook(rulebook, day('2025-09-15'));
}
