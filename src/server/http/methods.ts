/** Which methods an address takes, so that a request with another one is told so and not that there is no such address. */
interface Methods {
  readonly add: (method: string | readonly string[], pattern: string) => void;
  /** Sorted; empty where no route has such an address. */
  readonly of: (path: string) => readonly string[];
}

/** Routes with a `*` take any address: they say nothing of one. */
export function methodsSeen(): Methods {
  const routes: { readonly methods: readonly string[]; readonly parts: readonly string[] }[] = [];
  return {
    add: (method, pattern) => {
      if (!pattern.includes('*')) routes.push({ methods: [method].flat(), parts: partsOf(pattern) });
    },
    of: (path) => {
      const asked = partsOf(path);
      const found = routes.filter(
        ({ parts }) =>
          parts.length === asked.length &&
          parts.every((part, i) => part === asked[i] || (part.startsWith(':') && asked[i] !== '')),
      );
      return [...new Set(found.flatMap(({ methods }) => methods))].toSorted();
    },
  };
}

const partsOf = (path: string): string[] => path.replace(/\/+$/u, '').split('/');
