/** What the oracle is told of the world: what each location is a part of, where nothing is sold from, when batches expire. */
export interface OracleWorld {
  readonly parents: ReadonlyMap<number, number>
  readonly unsellable: ReadonlySet<number>
  /** When batches expire, epoch milliseconds. */
  readonly expiries?: ReadonlyMap<number, number>
}
