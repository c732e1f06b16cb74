/**
 * Finished reviews of a backtest in the data folder, so that an interrupted run goes on where it stopped. A file holds
 * one request on one state of the data; it is replaced as a whole after every review, and one whose checksum does not
 * fit is treated as absent.
 */
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { contentHash, type BacktestReview, type Composition } from '../core/index.js';
import { errnoOf, ioError, writeFileAtomic } from './files.js';

const FOLDER = 'backtests';

interface StoredReviews {
  readonly reviews: readonly BacktestReview[];
  /** The file was there but could not be used. */
  readonly damaged: boolean;
}

/** @param key hash of everything the result depends on */
export async function readBacktest(dataFolder: string, key: string): Promise<StoredReviews> {
  const path = fileOf(dataFolder, key);
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (errnoOf(error) === 'ENOENT' || errnoOf(error) === 'ENOTDIR') return { reviews: [], damaged: false };
    throw ioError(error, path);
  }
  const [checksum, body] = [text.slice(0, 64), text.slice(65)];
  if (text[64] !== '\n' || contentHash([body]) !== checksum) return { reviews: [], damaged: true };
  return { reviews: (JSON.parse(body) as Stored[]).map(revived), damaged: false };
}

export async function writeBacktest(
  dataFolder: string,
  key: string,
  reviews: readonly BacktestReview[],
): Promise<void> {
  const folder = join(dataFolder, FOLDER);
  await mkdir(folder, { recursive: true }).catch((error: unknown) => {
    throw ioError(error, folder);
  });
  const body = JSON.stringify(reviews.map(stored));
  await writeFileAtomic(fileOf(dataFolder, key), `${contentHash([body])}\n${body}`);
}

const fileOf = (dataFolder: string, key: string): string => join(dataFolder, FOLDER, `${key}.json`);

interface Stored extends Omit<BacktestReview, 'after'> {
  readonly after: Omit<Composition, 'adjustedShares' | 'cappingFactors'> & {
    readonly adjustedShares: readonly number[];
    readonly cappingFactors: readonly number[];
  };
}

/** Numbers survive JSON to the last bit. */
function stored(review: BacktestReview): Stored {
  const { adjustedShares, cappingFactors } = review.after;
  const columns = { adjustedShares: [...adjustedShares], cappingFactors: [...cappingFactors] };
  return { ...review, after: { ...review.after, ...columns } };
}

function revived(review: Stored): BacktestReview {
  const { adjustedShares, cappingFactors } = review.after;
  const columns = {
    adjustedShares: Float64Array.from(adjustedShares),
    cappingFactors: Float64Array.from(cappingFactors),
  };
  return { ...review, after: { ...review.after, ...columns } };
}
