/** `review INDEX --effective D`: selection and pro forma of one review. */
import type { Context } from '../context.js';
import { emit } from '../output.js';
import { reviewResult } from '../results/reviewResult.js';
import { openSession, runSession, type ReviewOptions } from '../session.js';

export async function reviewCommand(index: string, options: ReviewOptions, context: Context): Promise<void> {
  const session = await openSession(index, options, context);
  await emit(reviewResult(session.data, runSession(session), context.language), context);
}
