/** Failures on their way out over HTTP: the document of `--json`, and the status that goes with its kind. */
import { InputError, type Issue } from '../../core/index.js';
import { failureDocument } from '../../cli/errors.js';

interface HttpFailure {
  readonly status: number;
  readonly body: string;
}

const STATUS = { bug: 500, input: 422, refusal: 409, operational: 503 } as const;

/** Codes of bad input that HTTP has a better word for than 422. */
const STATUS_OF_CODE: Readonly<Record<string, number>> = {
  unknown_route: 404,
  unknown_index: 404,
  unknown_security: 404,
  unknown_rulebook: 404,
  unknown_job: 404,
  unknown_document: 404,
  method_not_allowed: 405,
  invalid_json: 400,
  invalid_request: 400,
  token_required: 401,
  forged_origin: 403,
  forged_host: 403,
  body_too_large: 413,
  unsupported_media_type: 415,
  version_conflict: 412,
  too_many_requests: 429,
  headers_too_large: 431,
};

/** A mistake of ours says nothing about itself: its words may hold paths and data. */
const BUG_BODY = JSON.stringify({
  error: {
    kind: 'bug',
    code: 'bug',
    message: 'this is a mistake in Counterweight, not in your request; its log has the details',
    issues: [],
  },
});

export function httpFailure(error: unknown): HttpFailure {
  const known = isHttpError(error) ? inputOf(error) : error;
  const { error: failure } = failureDocument(known);
  if (failure.kind === 'bug') return { status: STATUS.bug, body: BUG_BODY };
  const status = (failure.kind === 'input' && STATUS_OF_CODE[failure.code]) || STATUS[failure.kind];
  const none = {
    code: failure.code,
    path: '',
    file: null,
    line: null,
    value: null,
    expected: failure.message,
  };
  const named = failure.kind === 'input' && failure.issues.length === 0 ? [none] : failure.issues;
  const issues = named.map((issue) => ({ ...issue, path: parameterName(issue.path) }));
  return { status, body: JSON.stringify({ error: { ...failure, issues } }) };
}

/** Bad input that is one issue. */
export const inputError = (code: string, message: string, issue: Omit<Issue, 'code'>): InputError =>
  new InputError(code, message, [{ code, ...issue }]);

/** `--known-at` of the command line is `knownAt` here. */
const parameterName = (path: string): string =>
  path.startsWith('--') ? path.slice(2).replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase()) : path;

interface HttpError extends Error {
  readonly code: string;
  readonly statusCode: number;
}

/** What the HTTP library itself refuses: a body that is no JSON, too large, of a type nobody reads. */
const isHttpError = (error: unknown): error is HttpError =>
  error instanceof Error &&
  'code' in error &&
  String(error.code).startsWith('FST_') &&
  'statusCode' in error &&
  Number(error.statusCode) < 500;

function inputOf({ code, message, statusCode }: HttpError): InputError {
  if (statusCode === 413) return tooLarge('the body is larger than this route takes');
  if (statusCode === 415) {
    return inputError('unsupported_media_type', message, {
      path: 'content-type',
      expected: 'application/json, or text/csv for an import, without content-encoding',
    });
  }
  const json = code.includes('JSON') || code.includes('BODY');
  const known = json ? 'invalid_json' : 'invalid_request';
  return inputError(known, message, {
    path: json ? 'body' : '',
    expected: json ? 'a JSON document' : message,
  });
}

export const tooLarge = (message: string): InputError =>
  inputError('body_too_large', message, { path: 'body', expected: 'a smaller body; split the file' });
