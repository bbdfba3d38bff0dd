import type { Delivery } from "@stockbook/core"
import { Data, type Effect } from "effect"

/** A notice was not taken. `why` is safe to log: no secret, nothing of an answer's body. */
export class Undelivered extends Data.TaggedError("Undelivered")<{
  readonly why: string
  /** Whether trying again may help. */
  readonly again: boolean
  /** Not before so many milliseconds, if the receiver said so. */
  readonly after?: number
}> {}

/**
 * A way to tell somebody: the port that e-mail, webhook and log implement.
 *
 * Law: `send` succeeds only when the notice was taken. Sent twice, a delivery carries the same `deliveryId`, by which the
 * receiver can tell. Interrupted, it stops as soon as it can.
 */
export interface Channel {
  /** As deliveries name it. */
  readonly name: "email" | "webhook"
  readonly send: (delivery: Delivery) => Effect.Effect<void, Undelivered>
  /** How many at once. */
  readonly concurrency: number
  /** How long a try may take, milliseconds. */
  readonly timeout: number
}

/**
 * A delivery's name among all there ever are, the same at every try. The instant of the event tells apart events of
 * one id from before and after a database was made anew.
 */
export const deliveryId = ({ organization, event, purpose, notice }: Delivery): string =>
  `${purpose}-${organization}-${event}-${notice.at.toString(36)}`
