/** Why a session does not take an order or a cancel, as whole numbers for the fast path; words: `explainRejection.ts`. */
export const REJECTIONS = [
  'accepted',
  'phase_closed',
  'kind_unknown',
  'kind_not_now',
  'not_a_number',
  'unknown_account',
  'suspended',
  'order_too_small',
  'order_too_large',
  'order_step',
  'odd_lot',
  'short_sale',
  'bought_today',
  'shares_committed',
  'purchase_cap',
  'off_tick',
  'above_limit',
  'below_limit',
  'outside_book',
  'outside_cage',
  'protection_price',
  'session_full',
  'cancel_refused',
  'unknown_order',
  'order_done',
] as const;
export type RejectionCode = (typeof REJECTIONS)[number];

/** Number of each code; 0 is accepted. */
export const REJECTED = Object.fromEntries(REJECTIONS.map((code, i) => [code, i])) as Readonly<
  Record<RejectionCode, number>
>;
