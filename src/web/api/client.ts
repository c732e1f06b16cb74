/** Talks to the server: JSON in, JSON out, and failures as what the server says of them. */

interface FailureIssue {
  readonly code: string;
  readonly path: string;
  readonly file: string | null;
  readonly line: number | null;
  readonly value: string | null;
  readonly expected: string;
}

/** One of the four kinds of failure, or no answer at all. */
export class ApiFailure extends Error {
  constructor(
    readonly kind: string,
    readonly code: string,
    message: string,
    readonly issues: readonly FailureIssue[] = [],
  ) {
    super(message);
  }
}

export type Parameters = Readonly<Record<string, string | number | undefined>>;

const BASE = '/api/v1';

export function urlOf(path: string, parameters: Parameters = {}): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters))
    if (value !== undefined) query.set(name, String(value));
  const text = query.toString();
  return BASE + path + (text === '' ? '' : `?${text}`);
}

/** @throws ApiFailure */
export async function getJson<T>(path: string, parameters?: Parameters, signal?: AbortSignal): Promise<T> {
  const answer = await ask(urlOf(path, parameters), signal === undefined ? {} : { signal });
  return (await answer.json()) as T;
}

/** @throws ApiFailure */
export async function sendJson<T>(
  method: 'POST' | 'PUT' | 'DELETE',
  path: string,
  body?: unknown,
): Promise<T> {
  const init =
    body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
  const answer = await ask(urlOf(path), { method, ...init });
  return (answer.status === 204 ? undefined : await answer.json()) as T;
}

/** @throws ApiFailure */
export async function sendCsv<T>(path: string, file: Blob, parameters?: Parameters): Promise<T> {
  const headers = { 'content-type': 'text/csv' };
  const answer = await ask(urlOf(path, parameters), { method: 'POST', body: file, headers });
  return (await answer.json()) as T;
}

/** @throws ApiFailure */
export async function fetchFile(path: string, parameters: Parameters, body: unknown): Promise<Blob> {
  const headers = { 'content-type': 'application/json' };
  const answer = await ask(urlOf(path, parameters), { method: 'POST', body: JSON.stringify(body), headers });
  return answer.blob();
}

async function ask(url: string, init: RequestInit): Promise<Response> {
  let answer: Response;
  try {
    answer = await fetch(url, init);
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ApiFailure('operational', 'no_answer', 'the server does not answer');
  }
  if (answer.ok) return answer;
  throw await failureOf(answer);
}

async function failureOf(answer: Response): Promise<ApiFailure> {
  try {
    const { error } = (await answer.json()) as { error: ApiFailure };
    return new ApiFailure(error.kind, error.code, error.message, error.issues);
  } catch {
    return new ApiFailure('operational', `http_${answer.status}`, answer.statusText);
  }
}
