/** A place at some level: an item, narrowed to a variation, a batch or a location by naming them. */
export interface Place {
  readonly item: number
  readonly variation?: number
  readonly batch?: number
  /**
   * What takes stock picks below it, a warehouse covering its bins; what adds stock adds right there, or at the
   * organization's default location when it is left out.
   */
  readonly location?: number
}

/** Whose policy or alert: the item's, or that of a variation, of a location with all in it, or of both. */
export interface PolicyPlace {
  readonly item: number
  readonly variation?: number
  readonly location?: number
}

/** So many units at a place. */
export interface Line extends Place {
  /** Units of the item's smallest unit: a whole number, 1 or more. */
  readonly quantity: number
  /** The serial numbers of the units, for an item that has them: as many as units, each once. */
  readonly serials?: ReadonlyArray<string>
}

/** So many units, and what one of them costs. */
export interface CostedLine extends Line {
  /** An exact decimal, `"12.50"` or `"799.995"`; kept, and reckoned with when the item's costs are kept. */
  readonly unitCost?: string
}

/** Some units of an item whose place is known already. */
export interface UnplacedLine {
  readonly item: number
  readonly variation?: number
  readonly batch?: number
  /** Units: a whole number, 1 or more. */
  readonly quantity: number
  readonly serials?: ReadonlyArray<string>
}

/** 1 to 1000 lines. */
export type Lines<L> = readonly [L, ...Array<L>]

/** What may be said with every change of stock; it is kept on the movements. */
export interface Context {
  /** A short code: `purchase`, `RESTOCK` … */
  readonly reason?: string | null
  /** Free text. */
  readonly note?: string | null
  /** The user who does it, as the caller numbers its users. */
  readonly actor?: number | null
  /** The business date, epoch milliseconds, of what is recorded late. Not in the future (`EffectiveInFuture`). */
  readonly effectiveAt?: number | null
}

/** A change of stock that has a name of the caller's: an order's number, a delivery note's … */
export interface Referenced extends Context {
  readonly reference?: string | null
}

/** By its id, or by the name the caller gave it. */
export type Target = { readonly id: number } | { readonly reference: string }

/** Raised together with a command. */
export interface AttachedNotice {
  /** Such as `order_placed`: small letters, digits and underscores. */
  readonly kind: string
  /** The e-mail address it is for; mailed to nobody when left out. */
  readonly to?: string | null
  /** Up to 50 named values. */
  readonly data?: Readonly<Record<string, string | number | boolean | null>>
}
