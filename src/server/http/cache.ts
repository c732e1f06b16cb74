/** Finished answers by URL, least recently used out first, bounded by their bytes; one computation per answer. */

export interface Answer {
  readonly body: Buffer;
  readonly type: string;
  readonly etag: string;
  /** Name for a browser that saves it. */
  readonly fileName?: string;
}

export interface AnswerCache {
  readonly get: (key: string) => Answer | undefined;
  /** The answer held, or made now; callers that come meanwhile wait for the same one. Failures are not kept. */
  readonly of: (key: string, make: () => Promise<Answer>) => Promise<Answer>;
  readonly clear: () => void;
}

export function answerCache(limitBytes: number): AnswerCache {
  const held = new Map<string, Answer>();
  const underway = new Map<string, Promise<Answer>>();
  let bytes = 0;

  const get = (key: string): Answer | undefined => {
    const answer = held.get(key);
    if (answer === undefined) return undefined;
    // A Map keeps the order of insertion: the one used last goes to the end.
    held.delete(key);
    held.set(key, answer);
    return answer;
  };

  const keep = (key: string, answer: Answer): void => {
    held.set(key, answer);
    bytes += sizeOf(key, answer);
    for (const [oldKey, old] of held) {
      if (bytes <= limitBytes) return;
      held.delete(oldKey);
      bytes -= sizeOf(oldKey, old);
    }
  };

  return {
    get,
    async of(key, make) {
      const known = get(key) ?? underway.get(key);
      if (known !== undefined) return known;
      const making = make();
      underway.set(key, making);
      try {
        const answer = await making;
        if (underway.get(key) === making) keep(key, answer);
        return answer;
      } finally {
        if (underway.get(key) === making) underway.delete(key);
      }
    },
    clear() {
      held.clear();
      // What is being made from the old data is answered, but not kept.
      underway.clear();
      bytes = 0;
    },
  };
}

/** With what a map entry costs beside its bytes, so that many small answers count too. */
const sizeOf = (key: string, { body }: Answer): number => body.length + 2 * key.length + 200;
