/** Grids: what a company's outlook would be worth at a margin and a multiple, and what becomes of a multiple as profits grow. */

export interface Scenario {
  /** Sales of the year, currency. */
  readonly sales: number;
  /** Net margin, fraction. */
  readonly margin: number;
  readonly profit: number;
  /** Market value of today over this profit. */
  readonly multipleNow: number;
  /** Per multiple asked: price per share at it, and its return against the price of today. */
  readonly at: readonly { readonly multiple: number; readonly price: number; readonly return: number }[];
}

/** Sales by margins, each with the price at every multiple; margins above 0. */
export function scenarioGrid(
  { price, shares }: { readonly price: number; readonly shares: number },
  sales: readonly number[],
  margins: readonly number[],
  multiples: readonly number[],
): Scenario[] {
  return sales.flatMap((amount) =>
    margins.map((margin): Scenario => {
      const profit = amount * margin;
      return {
        sales: amount,
        margin,
        profit,
        multipleNow: (price * shares) / profit,
        at: multiples.map((multiple) => {
          const then = (multiple * profit) / shares;
          return { multiple, price: then, return: then / price - 1 };
        }),
      };
    }),
  );
}

export interface Compression {
  /** Growth of earnings a year, fraction. */
  readonly growth: number;
  /** Per number of years: the multiple at an unchanged price, and the yearly return if it falls to the exit multiple. */
  readonly after: readonly {
    readonly years: number;
    readonly multiple: number;
    readonly returnAtExit: number;
  }[];
}

/**
 * A multiple of M becomes M / (1 + g)^n while the price stands still; sold at the exit multiple after n years the price has
 * returned (exit (1 + g)^n / M)^(1/n) - 1 a year.
 */
export function compressionTable(
  multiple: number,
  exit: number,
  growths: readonly number[],
  years: readonly number[],
): Compression[] {
  return growths.map((growth) => ({
    growth,
    after: years.map((n) => ({
      years: n,
      multiple: multiple / (1 + growth) ** n,
      returnAtExit: ((exit * (1 + growth) ** n) / multiple) ** (1 / n) - 1,
    })),
  }));
}
