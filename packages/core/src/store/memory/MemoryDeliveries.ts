import { Clock, Effect } from "effect"
import type { Delivery, DeliveryKey } from "../../notifications/Delivery.ts"
import type { DeliveryDriver, DeliveryFilter } from "../../notifications/DeliveryDriver.ts"
import type { Tables } from "./Tables.ts"

/** The bookkeeping of deliveries in memory. */
export const memoryDeliveries = ({ deliveries }: Tables): DeliveryDriver => {
  const matching = (filter: DeliveryFilter): Array<Delivery> =>
    Array.from(deliveries.values()).filter((delivery) => matches(delivery, filter))
  const change = (delivery: Delivery, fields: Partial<Delivery>): Delivery => {
    const changed = { ...delivery, ...fields }
    deliveries.set(nameOf(delivery), changed)
    return changed
  }
  return {
    add: (added) =>
      Effect.map(Clock.currentTimeMillis, (now) => {
        for (const delivery of added) {
          if (deliveries.has(nameOf(delivery))) continue
          const state = { state: "pending", attempts: 0, nextAttemptAt: now, lastError: null } as const
          deliveries.set(nameOf(delivery), { ...delivery, ...state, createdAt: now, sentAt: null })
        }
      }),
    claim: (channel, limit, lease) =>
      Effect.map(Clock.currentTimeMillis, (now) =>
        matching({ organization: null, channel })
          .filter((delivery) => delivery.state === "pending" && delivery.nextAttemptAt <= now)
          .sort((a, b) => a.nextAttemptAt - b.nextAttemptAt || a.event - b.event)
          .slice(0, limit)
          .map((delivery) => change(delivery, { attempts: delivery.attempts + 1, nextAttemptAt: now + lease }))
      ),
    sent: (key) =>
      Effect.map(Clock.currentTimeMillis, (now) => {
        const delivery = deliveries.get(nameOf(key))
        if (delivery?.state === "pending") change(delivery, { state: "sent", sentAt: now, lastError: null })
      }),
    failed: (key, attempt, error, retryIn) =>
      Effect.map(Clock.currentTimeMillis, (now) => {
        const delivery = deliveries.get(nameOf(key))
        if (delivery?.state !== "pending" || delivery.attempts !== attempt) return
        change(delivery, {
          state: retryIn === null ? "dead" : "pending",
          nextAttemptAt: now + (retryIn ?? 0),
          lastError: error
        })
      }),
    list: ({ state, offset, limit, ...filter }) =>
      Effect.sync(() => {
        const found = matching(filter).filter((delivery) => state === undefined || delivery.state === state)
        const name = ({ channel, purpose }: Delivery) => `${channel}/${purpose}`
        found.sort((a, b) => a.event - b.event || (name(a) < name(b) ? -1 : 1))
        return { rows: found.slice(offset, offset + limit), total: found.length }
      }),
    redrive: (filter) =>
      Effect.map(Clock.currentTimeMillis, (now) => {
        const dead = matching(filter).filter((delivery) => delivery.state === "dead")
        for (const delivery of dead) change(delivery, { state: "pending", attempts: 0, nextAttemptAt: now })
        return dead.length
      }),
    clear: (age, limit) =>
      Effect.map(Clock.currentTimeMillis, (now) => {
        const old = Array.from(deliveries.values()).filter(({ sentAt }) => sentAt !== null && sentAt < now - age)
        const cleared = old.slice(0, limit)
        for (const delivery of cleared) deliveries.delete(nameOf(delivery))
        return cleared.length
      })
  }
}

const nameOf = ({ organization, event, channel, purpose }: DeliveryKey): string =>
  JSON.stringify([organization, event, channel, purpose])

const matches = (delivery: Delivery, filter: DeliveryFilter): boolean =>
  (filter.organization === null || delivery.organization === filter.organization) &&
  (filter.event === undefined || delivery.event === filter.event) &&
  (filter.channel === undefined || delivery.channel === filter.channel) &&
  (filter.purpose === undefined || delivery.purpose === filter.purpose)
