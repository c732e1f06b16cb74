/** Claims of a text that is sent, each with its verdict and figure: the document of `counterweight check --json`. */
import { Type } from 'typebox';
import { jsonText } from '../../cli/json.js';
import { checkerOf, CHECKED_INDEX, CHECKED_RULEBOOKS } from '../../cli/commands/check.js';
import { claimsResult } from '../../cli/results/claimsResult.js';
import type { ClaimRun, Day, IndexData } from '../../core/index.js';
import { isoDate, optionalDay, STRICT } from '../http/schemas.js';
import type { App } from '../http/schemaTypes.js';
import type { Services } from '../services.js';

/** An article has some thousand characters; longer texts are for the command line, where nobody else waits. */
const LONGEST = 60_000;

const ClaimText = Type.Object(
  {
    text: Type.String({
      minLength: 1,
      maxLength: LONGEST,
      description: 'plain text or HTML; markup is taken out',
    }),
    date: Type.Optional(isoDate('day it was written; default: read from the text')),
  },
  STRICT,
);

type Check = (text: string, written?: Day) => ClaimRun;

export function claimsRoute(app: App, { library, folders }: Services): void {
  // Made again when the data are: an import gives another value of them.
  let made: { readonly data: IndexData; readonly check: Promise<Check> } | undefined;
  const checker = async (): Promise<Check> => {
    const data = await library.data(CHECKED_INDEX);
    if (made?.data !== data) {
      const rulebooks = Promise.all(CHECKED_RULEBOOKS.map((name) => library.rulebook(name)));
      made = { data, check: rulebooks.then((all) => checkerOf(folders.datasets, data, all)) };
    }
    // What could not be read once may be there the next time.
    made.check.catch(() => (made = undefined));
    return made.check;
  };
  app.post(
    '/claims',
    {
      schema: {
        tags: ['claims'],
        summary:
          'Claims in a text, each right, stale, wrong, ambiguous or not checkable, with figure and source',
        body: ClaimText,
        response: {
          200: Type.Object({}, { additionalProperties: true, description: 'claims and what to watch' }),
        },
      },
    },
    async ({ body: { text, date } }, reply) => {
      const check = await checker();
      const { json } = claimsResult(check(text, optionalDay('date', date)), 'en');
      return reply.header('content-type', 'application/json; charset=utf-8').send(jsonText(json));
    },
  );
}
