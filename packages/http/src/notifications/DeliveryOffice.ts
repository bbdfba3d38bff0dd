import { type Delivery, InvalidInput, type Listed, OrganizationId, Store, type StoreError } from "@stockbook/core"
import { Effect } from "effect"

/** Which deliveries; what is left out does not narrow. */
export interface WhichDeliveries {
  readonly organization?: number | undefined
  /** The outbox event's id. */
  readonly event?: number | undefined
  readonly channel?: "email" | "webhook" | undefined
  readonly purpose?: string | undefined
}

/** Looks after notifications: for the operator's eyes, not for users. */
export interface DeliveryOffice {
  /** Deliveries, oldest event first, with what the last try failed of: `state: "dead"` are those given up. */
  readonly list: (
    which: WhichDeliveries & {
      readonly state?: Delivery["state"] | undefined
      readonly offset?: number | undefined
      /** 1 to 1,000; 100 by default. */
      readonly limit?: number | undefined
    }
  ) => Promise<Listed<Delivery>>
  /** Makes dead deliveries pending again, as if never tried; answers how many. */
  readonly redrive: (which: WhichDeliveries) => Promise<number>
}

const checked = (name: string, value: number, least: number, most: number): Effect.Effect<void, InvalidInput> =>
  Number.isSafeInteger(value) && value >= least && value <= most
    ? Effect.void
    : Effect.fail(
        new InvalidInput({ issues: [{ path: [name], message: `Expected an integer from ${least} to ${most}` }] })
      )

const scoped = ({ organization, event, channel, purpose }: WhichDeliveries) =>
  Effect.as(checked("organization", organization ?? 1, 1, Number.MAX_SAFE_INTEGER), {
    organization: organization === undefined ? null : OrganizationId.make(organization),
    event,
    channel,
    purpose
  })

/** The office over a store that `run` provides. */
export const deliveryOffice = (
  run: <A>(work: Effect.Effect<A, InvalidInput | StoreError, Store>) => Promise<A>
): DeliveryOffice => ({
  list: ({ state, offset = 0, limit = 100, ...which }) =>
    run(
      Effect.gen(function* () {
        yield* checked("offset", offset, 0, Number.MAX_SAFE_INTEGER)
        yield* checked("limit", limit, 1, 1000)
        const { deliveries } = yield* Store
        return yield* deliveries.list({ ...(yield* scoped(which)), state, offset, limit })
      })
    ),
  redrive: (which) => run(Effect.flatMap(Store, ({ deliveries }) => Effect.flatMap(scoped(which), deliveries.redrive)))
})
