import type { IncomingMessage } from "node:http"
import type { Actor, StoreError } from "@stockbook/core"

/** One request and its answer, from the first middleware to the line in the access log. */
export interface Exchange {
  readonly id: string
  /** `performance.now()` when the request came in. */
  readonly startedAt: number
  /** The client's address as the host app sees it (`trust proxy` decides), while there is a connection to tell it. */
  readonly address: string
  /** The path the router is mounted at, without a slash at its end: `""` at the root. */
  readonly base: string
  /** The body, if the host app has already parsed it. */
  readonly parsed: { readonly body: unknown } | null
  /** Who asks, once that is known. */
  actor: Actor | null
  /** What the store failed with, if the answer says only that it is not available. */
  trouble: StoreError | null
}

const EXCHANGE = Symbol("Stockbook's exchange")

/** A request that may carry its exchange. */
interface Source {
  [EXCHANGE]?: Exchange
}

/** Remembers the exchange a Node request belongs to. */
export const begin = (request: IncomingMessage & Source, exchange: Exchange): void => {
  request[EXCHANGE] = exchange
}

/** The exchange an effect's request belongs to. */
export const exchangeOf = ({ source }: { readonly source: Source }): Exchange => {
  const exchange = source[EXCHANGE]
  if (exchange === undefined) throw new Error("The request did not come through the Stockbook router")
  return exchange
}
