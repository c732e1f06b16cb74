/** Rulebooks: the list, and one with every clause in both languages, its validity, citation and confidence. */
import { SECTION_NAMES } from '../../core/index.js';
import { rulebookResult } from '../../cli/commands/rulebook.js';
import { IndexParams } from '../http/schemas.js';
import type { App } from '../http/schemaTypes.js';
import { tableRoute } from '../http/tables.js';
import type { Services } from '../services.js';

export function rulebookRoutes(app: App, services: Services): void {
  tableRoute(app, services, {
    url: '/rulebooks',
    tag: 'rulebooks',
    summary: 'All rulebooks, with how many of their clauses are known how well',
    answer: async () => {
      const rulebooks = (await services.library.all()).map((rulebook) => {
        const clauses = SECTION_NAMES.flatMap((section) => rulebook.clauses[section]);
        const confidence: Record<string, number> = {};
        for (const clause of clauses)
          confidence[clause.confidence] = (confidence[clause.confidence] ?? 0) + 1;
        const { id, version, aliases, nameEn, nameZh } = rulebook;
        return {
          id,
          version,
          aliases,
          names: { en: nameEn, zh: nameZh },
          clauses: clauses.length,
          confidence,
        };
      });
      return {
        json: { rulebooks, findings: [] },
        sheets: [
          {
            name: 'rulebooks',
            rows: rulebooks.map(({ id, version, aliases, names, clauses }) => ({
              id,
              version,
              aliases: aliases.join(' '),
              name_en: names.en,
              name_zh: names.zh,
              clauses,
            })),
          },
        ],
      };
    },
  });
  tableRoute(app, services, {
    url: '/rulebooks/:id',
    tag: 'rulebooks',
    summary: 'Every clause in Chinese and English with validity, citation and confidence',
    params: IndexParams,
    answer: async ({ id }) => rulebookResult(await services.library.rulebook(id), 'en'),
  });
}
