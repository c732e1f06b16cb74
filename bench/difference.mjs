/** Whether two programs computed the same: `exact` values must be equal, `close` ones within rounding. */
const RELATIVE = 1e-12;

/** The first difference in words, or undefined. */
export function difference(ours, theirs) {
  return (
    firstUnlike('exact', ours.exact, theirs.exact, (a, b) => a === b) ??
    firstUnlike('close', ours.close, theirs.close, nearly)
  );
}

function firstUnlike(part, ours, theirs, alike) {
  if (String(Object.keys(ours).sort()) !== String(Object.keys(theirs).sort())) {
    return `${part} has ${Object.keys(ours)} against ${Object.keys(theirs)}`;
  }
  for (const name of Object.keys(ours)) {
    const [a, b] = [[ours[name]].flat(), [theirs[name]].flat()];
    if (a.length !== b.length) return `${name} has ${a.length} values against ${b.length}`;
    const at = a.findIndex((value, i) => !alike(value, b[i]));
    if (at >= 0) return `${name}[${at}] is ${a[at]} against ${b[at]}`;
  }
  return undefined;
}

function nearly(a, b) {
  if (a === null || b === null) return a === b;
  return Math.abs(a - b) <= RELATIVE * Math.max(Math.abs(a), Math.abs(b));
}
