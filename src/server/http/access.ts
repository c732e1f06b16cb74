/**
 * Who may ask. On loopback: whoever is on this machine, but no web page of somebody else, which a browser would let
 * ask in its user's name. On any other address: whoever has the token, whose hash alone is kept.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { FastifyRequest } from 'fastify';
import { InputError } from '../../core/index.js';
import { ioError, writeFileAtomic } from '../../data/files.js';
import { inputError } from './failures.js';

/** SHA-256 over salt and token. The token is 256 random bits, so nothing slower is needed. */
export interface TokenHash {
  readonly salt: Buffer;
  readonly hash: Buffer;
}

const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost']);

export const isLoopback = (host: string): boolean => LOOPBACK.has(host);

/** The checks of one request. @throws InputError `forged_host`, `forged_origin`, `token_required` */
export function checkAccess(request: FastifyRequest, token: TokenHash | undefined): void {
  const { host, origin } = request.headers;
  // Without a token only names of this machine are served: a page may point its own name at 127.0.0.1.
  if (token === undefined && !isLoopback(hostName(host ?? ''))) {
    throw inputError('forged_host', 'this server answers to this machine only', {
      path: 'host',
      value: host ?? '',
      expected: 'localhost, 127.0.0.1 or [::1]',
    });
  }
  if (isForeign(request, origin, host)) {
    throw inputError('forged_origin', 'another site may not ask here', {
      path: 'origin',
      value: origin ?? '',
      expected: `http://${host ?? ''}, the workbench itself`,
    });
  }
  if (token !== undefined && !isToken(givenToken(request.headers.authorization), token)) {
    throw inputError('token_required', 'this server asks for its token', {
      path: 'authorization',
      expected:
        'Bearer TOKEN, or Basic with the token as password; the token was shown when its file was made',
    });
  }
}

/** `localhost:4600` and `[::1]:4600` without port and brackets. */
function hostName(host: string): string {
  const bracketed = /^\[([^\]]*)\](?::\d+)?$/.exec(host);
  return bracketed === null ? host.replace(/:\d+$/, '') : bracketed[1];
}

function isForeign(request: FastifyRequest, origin: string | undefined, host: string | undefined): boolean {
  if (origin !== undefined && origin !== `http://${host}` && origin !== `https://${host}`) return true;
  const site = request.headers['sec-fetch-site'];
  if (site === undefined || site === 'same-origin' || site === 'none') return false;
  // Following a link to the workbench is welcome; anything else that another site starts is not.
  return !(
    request.method === 'GET' &&
    request.headers['sec-fetch-mode'] === 'navigate' &&
    !request.url.startsWith('/api/')
  );
}

function givenToken(authorization: string | undefined): string {
  const [scheme, value] = (authorization ?? '').split(' ', 2);
  if (scheme.toLowerCase() === 'bearer') return value ?? '';
  if (scheme.toLowerCase() !== 'basic') return '';
  const text = Buffer.from(value ?? '', 'base64').toString('utf8');
  return text.slice(text.indexOf(':') + 1);
}

const hashOf = (salt: Buffer, token: string): Buffer =>
  createHash('sha256').update(salt).update(token).digest();

export const isToken = (given: string, { salt, hash }: TokenHash): boolean =>
  timingSafeEqual(hashOf(salt, given), hash);

/**
 * The hash in a token file. A file that is not there is made, with a new token that is shown once and kept nowhere.
 * @throws InputError `invalid_token_file`
 */
export async function tokenFromFile(
  file: string,
): Promise<{ token: TokenHash; shownOnce: string | undefined }> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    const failure = ioError(error, file);
    if (!(failure instanceof InputError) || failure.code !== 'file_not_found') throw failure;
    return newToken(file);
  }
  const match = /^sha256:([0-9a-f]{32}):([0-9a-f]{64})\s*$/.exec(text);
  if (match === null) {
    throw inputError('invalid_token_file', `${file} holds no hash of a token`, {
      path: '--token-file',
      value: file,
      expected: 'a file that this command made; name a new one to make it',
    });
  }
  const token = { salt: Buffer.from(match[1], 'hex'), hash: Buffer.from(match[2], 'hex') };
  return { token, shownOnce: undefined };
}

async function newToken(file: string): Promise<{ token: TokenHash; shownOnce: string }> {
  const salt = randomBytes(16);
  const shownOnce = randomBytes(32).toString('base64url');
  const hash = hashOf(salt, shownOnce);
  await writeFileAtomic(file, `sha256:${salt.toString('hex')}:${hash.toString('hex')}\n`);
  return { token: { salt, hash }, shownOnce };
}
