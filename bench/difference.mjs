/**
 * Whether two programs computed the same: `exact` values must be equal, `close` ones within rounding, `sampled` means
 * within their standard errors.
 */
const RELATIVE = 1e-12;
/** Of thousands compared, none is so many standard errors off by chance. */
const ERRORS = 5.5;

/** The first difference in words, or undefined. */
export function difference(ours, theirs) {
  return (
    firstUnlike('exact', ours.exact, theirs.exact, (a, b) => a === b) ??
    firstUnlike('close', ours.close, theirs.close, nearly) ??
    firstFarApart(ours.sampled ?? {}, theirs.sampled ?? {})
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

/** A mean that is `null` has too small a sample to be compared. */
function firstFarApart(ours, theirs) {
  for (const name of Object.keys({ ...ours, ...theirs })) {
    const [a, b] = [ours[name], theirs[name]];
    if (a?.mean.length !== b?.mean.length) return `${name} is not sampled by both`;
    const at = a.mean.findIndex((mean, i) => {
      if (mean === null || b.mean[i] === null) return false;
      const apart = Math.abs(mean - b.mean[i]);
      return apart > ERRORS * Math.hypot(a.error[i], b.error[i]) + RELATIVE * Math.abs(mean);
    });
    if (at >= 0) return `${name}[${at}] is ${a.mean[at]} against ${b.mean[at]}`;
  }
  return undefined;
}

/**
 * How many times as long the peer needs for the same standard error of the sampled chances `in`: its time over ours,
 * times its variance over ours, for the median name between 5 % and 95 %. Undefined where nothing is sampled.
 */
export function sameErrorRatio(timeRatio, { sampled: ours }, { sampled: theirs }) {
  if (ours === undefined || theirs === undefined) return undefined;
  const variances = ours.in.mean
    .flatMap((p, i) => (p > 0.05 && p < 0.95 ? [(theirs.in.error[i] / ours.in.error[i]) ** 2] : []))
    .toSorted((a, b) => a - b);
  return timeRatio * variances[variances.length >> 1];
}
