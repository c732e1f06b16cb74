/** Headers of every answer: what a browser may do with it. */

/** Hashes of those style sheets. A new version of a library may need a new one: the browser tests say which. */
const STYLES = [
  // react-aria-components
  "'sha256-38RhXrc7EdReTKsOm23ZPOCUgniTUUcjky8QOOrQx6o='",
  // @observablehq/plot
  "'sha256-jSYQUrW7J0b3jPqhZP9C2Xh1PyJKHKXd4s0fpGGKrww='",
  // lightweight-charts
  "'sha256-3pRED1tOXas1FXFoPb9TGCjmYe9XQsmO9OV23khV2nY='",
];

const POLICY = [
  "default-src 'self'",
  // The kernel is WebAssembly; nothing else is compiled from text, and no script stands in a page.
  "script-src 'self' 'wasm-unsafe-eval'",
  // Three libraries of the workbench write a constant style sheet into the page; no other one is taken.
  `style-src 'self' ${STYLES.join(' ')}`,
  "worker-src 'self' blob:",
  "img-src 'self' data: blob:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

export const SAFETY_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': POLICY,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
};
