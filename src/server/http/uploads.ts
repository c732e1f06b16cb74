/** A file sent as the body of a request: written down as it comes, up to a limit, read from there, and gone afterwards. */
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { FastifyRequest } from 'fastify';
import { InputError } from '../../core/index.js';
import { ioError, withScratchFolder } from '../../data/files.js';
import { inputError, tooLarge } from './failures.js';
import type { App } from './schemaTypes.js';

/** Within it the body of a request is a stream of `text/csv`: nothing of a large file is ever held in memory. */
export function takeCsv(app: App): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('text/csv', (_, payload, done) => done(null, payload));
}

/**
 * @param name stands in every issue instead of the place where the upload lies
 * @throws InputError `missing_value`, `unsupported_media_type`, `body_too_large`, `upload_broken`, and what `read` throws
 */
export async function withUpload<T>(
  { body, headers }: Pick<FastifyRequest, 'body' | 'headers'>,
  name: string,
  limitBytes: number,
  read: (file: string) => Promise<T>,
): Promise<T> {
  const upload = body as Readable | undefined;
  if (upload === undefined)
    throw inputError('missing_value', 'there is no file', {
      path: 'body',
      expected: 'a CSV file as text/csv',
    });
  refuseCompressed(headers['content-encoding']);
  refuseLength(headers['content-length'], limitBytes);
  return withScratchFolder(async (scratch) => {
    const file = join(scratch, name);
    await receive(upload, file, limitBytes);
    return await named(file, name, () => read(file));
  });
}

/** A small file that unpacks into a large one gets no further than here. */
function refuseCompressed(encoding: string | undefined): void {
  if (encoding === undefined || encoding === 'identity') return;
  throw inputError('unsupported_media_type', `the file is compressed (${encoding.slice(0, 20)})`, {
    path: 'content-encoding',
    value: encoding.slice(0, 80),
    expected: 'a CSV file as it is',
  });
}

function refuseLength(length: string | undefined, limitBytes: number): void {
  if (Number(length ?? 0) > limitBytes) throw tooLarge(`the file is larger than ${limitBytes} bytes`);
}

/** Writes the upload down, and stops at the limit. @throws InputError `body_too_large` */
async function receive(upload: Readable, file: string, limitBytes: number): Promise<void> {
  let bytes = 0;
  const counted = new Transform({
    transform(chunk: Buffer, _, done) {
      bytes += chunk.length;
      done(bytes > limitBytes ? tooLarge(`the file is larger than ${limitBytes} bytes`) : null, chunk);
    },
  });
  try {
    await pipeline(upload, counted, createWriteStream(file));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE') {
      throw inputError('upload_broken', 'the upload ended before its end', {
        path: 'body',
        expected: 'the whole file',
      });
    }
    throw ioError(error, 'the upload');
  }
}

/** Issues name the file as it was sent, not where it lay. */
async function named<T>(file: string, name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const issues = error.issues.map((issue) => (issue.file === undefined ? issue : { ...issue, file: name }));
    throw new InputError(error.code, error.message.replaceAll(file, name), issues);
  }
}
