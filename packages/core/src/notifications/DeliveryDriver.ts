import type { Effect } from "effect"
import type { Listed } from "../catalog/lists.ts"
import type { OrganizationId } from "../catalog/Organization.ts"
import type { StoreError } from "../store/StoreError.ts"
import type { Delivery, DeliveryKey, DeliveryState, NewDelivery } from "./Delivery.ts"

/** Which deliveries, of one organization or of all (`null`). */
export interface DeliveryFilter {
  readonly organization: OrganizationId | null
  readonly event?: number | undefined
  readonly channel?: string | undefined
  readonly purpose?: string | undefined
}

/**
 * The narrow contract of the bookkeeping of deliveries.
 *
 * Law: a key is there once, however often and by however many it is added. A pending delivery that is due is claimed by
 * one worker at a time, of any number in any number of processes, until its lease is over by the store's clock; what a
 * worker says of an attempt that is no longer the latest changes nothing, except that it succeeded.
 */
export interface DeliveryDriver {
  /** Adds deliveries, to be tried at once, all or none; one whose key is there already stays as it is. */
  readonly add: (deliveries: ReadonlyArray<NewDelivery>) => Effect.Effect<void, StoreError>
  /** Begins an attempt of pending deliveries of a channel that are due, the longest due first. `lease` in milliseconds. */
  readonly claim: (channel: string, limit: number, lease: number) => Effect.Effect<ReadonlyArray<Delivery>, StoreError>
  /** It is sent. Changes nothing if it is no longer pending. */
  readonly sent: (key: DeliveryKey) => Effect.Effect<void, StoreError>
  /** The attempt of this number failed: try again so many milliseconds from now, or never (`null`): it is dead. */
  readonly failed: (
    key: DeliveryKey,
    attempt: number,
    error: string,
    retryIn: number | null
  ) => Effect.Effect<void, StoreError>
  /** Deliveries of a state, by the order of their events, oldest first. */
  readonly list: (
    filter: DeliveryFilter & {
      readonly state?: DeliveryState | undefined
      readonly offset: number
      readonly limit: number
    }
  ) => Effect.Effect<Listed<Delivery>, StoreError>
  /** Makes dead deliveries pending again, as if never tried; answers how many. */
  readonly redrive: (filter: DeliveryFilter) => Effect.Effect<number, StoreError>
  /** Deletes what was sent more than so many milliseconds ago, at most `limit` of it; answers how many. */
  readonly clear: (age: number, limit: number) => Effect.Effect<number, StoreError>
}
