/** What the server and the process of a job say to each other. */
import type { FailureDocument } from '../../cli/errors.js';
import type { LibraryFolders } from '../library/indexLibrary.js';

/** To the process: what to do, and where the result goes. */
export interface JobOrder {
  readonly kind: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly folders: LibraryFolders;
  readonly resultFile: string;
}

/** From the process. */
export type JobReport =
  | { readonly event: 'progress'; readonly fraction: number }
  | { readonly event: 'done' }
  | { readonly event: 'failed'; readonly failure: FailureDocument };
