import type { Delivery, DeliveryDriver, DeliveryFilter, DeliveryKey } from "@stockbook/core"
import { Effect } from "effect"
import type { Fragment } from "effect/sql/Statement"
import type { Session } from "../Session.ts"

interface DeliveryRow extends Omit<Delivery, "notice"> {
  /** JSON. */
  readonly notice: string
}

const toDelivery = ({ notice, ...row }: DeliveryRow): Delivery => ({
  ...row,
  notice: JSON.parse(notice) as Delivery["notice"]
})

const columns = `deliveries.organization, deliveries.event, deliveries.channel, deliveries.purpose, deliveries.state,
  deliveries.attempts, deliveries.next_attempt_at AS "nextAttemptAt", deliveries.last_error AS "lastError",
  deliveries.created_at AS "createdAt", deliveries.sent_at AS "sentAt", CAST(deliveries.notice AS text) AS notice`

const sameKey = `deliveries.organization = due.organization AND deliveries.event = due.event
  AND deliveries.channel = due.channel AND deliveries.purpose = due.purpose`

/** The bookkeeping of deliveries over SQL. */
export const sqlDeliveries = (session: Session): DeliveryDriver => {
  const { sql, moment, skipLocked } = session
  const returned = sql.literal(columns)
  const isDue = sql.literal(sameKey)

  const where = ({ organization, event, channel, purpose }: DeliveryFilter, ...more: ReadonlyArray<Fragment>) =>
    sql.and([
      ...(organization === null ? [] : [sql`organization = ${organization}`]),
      ...(event === undefined ? [] : [sql`event = ${event}`]),
      ...(channel === undefined ? [] : [sql`channel = ${channel}`]),
      ...(purpose === undefined ? [] : [sql`purpose = ${purpose}`]),
      ...more
    ])

  const is = (key: DeliveryKey) => where(key, sql`state = 'pending'`)

  return {
    add: (deliveries) =>
      deliveries.length === 0
        ? Effect.void
        : Effect.flatMap(moment, (now) =>
            session.write(
              Effect.forEach(
                deliveries,
                ({ organization, event, channel, purpose, notice }) => sql`INSERT INTO deliveries
                    (organization, event, channel, purpose, notice, state, attempts, next_attempt_at, created_at)
                  VALUES (${organization}, ${event}, ${channel}, ${purpose}, ${JSON.stringify(notice)}, 'pending', 0,
                    ${now}, ${now})
                  ON CONFLICT (organization, event, channel, purpose) DO NOTHING`,
                { discard: true }
              )
            )
          ),
    claim: (channel, limit, lease) =>
      Effect.flatMap(moment, (now) =>
        session.write(
          Effect.map(
            sql<DeliveryRow>`WITH due AS MATERIALIZED (
                SELECT organization, event, channel, purpose FROM deliveries
                WHERE channel = ${channel} AND state = 'pending' AND next_attempt_at <= ${now}
                ORDER BY next_attempt_at, event LIMIT ${limit} ${skipLocked})
              UPDATE deliveries SET attempts = attempts + 1, next_attempt_at = ${now} + ${lease}
              FROM due WHERE ${isDue} RETURNING ${returned}`,
            (rows) => rows.map(toDelivery).sort((a, b) => a.event - b.event)
          )
        )
      ),
    sent: (key) =>
      Effect.flatMap(moment, (now) =>
        session.write(
          Effect.asVoid(sql`UPDATE deliveries SET state = 'sent', sent_at = ${now}, last_error = NULL WHERE ${is(key)}`)
        )
      ),
    failed: (key, attempt, error, retryIn) =>
      Effect.flatMap(moment, (now) =>
        session.write(
          Effect.asVoid(sql`UPDATE deliveries SET state = ${retryIn === null ? "dead" : "pending"},
              next_attempt_at = ${now} + ${retryIn ?? 0}, last_error = ${error}
            WHERE ${is(key)} AND attempts = ${attempt}`)
        )
      ),
    list: ({ state, offset, limit, ...filter }) => {
      const matching = where(filter, state === undefined ? sql`1 = 1` : sql`state = ${state}`)
      return session.snapshot(
        Effect.gen(function* () {
          const [count] = yield* sql<{ readonly total: number }>`SELECT count(*) AS total FROM deliveries
            WHERE ${matching}`
          const rows = yield* sql<DeliveryRow>`SELECT ${returned} FROM deliveries WHERE ${matching}
            ORDER BY event, channel, purpose LIMIT ${limit} OFFSET ${offset}`
          return { rows: rows.map(toDelivery), total: count?.total ?? 0 }
        })
      )
    },
    redrive: (filter) =>
      Effect.flatMap(moment, (now) =>
        session.write(
          Effect.map(
            sql`UPDATE deliveries SET state = 'pending', attempts = 0, next_attempt_at = ${now}
              WHERE ${where(filter, sql`state = 'dead'`)} RETURNING event`,
            (rows) => rows.length
          )
        )
      ),
    clear: (age, limit) =>
      Effect.flatMap(moment, (now) =>
        session.write(
          Effect.map(
            sql`DELETE FROM deliveries WHERE (organization, event, channel, purpose) IN (
                SELECT organization, event, channel, purpose FROM deliveries
                WHERE state = 'sent' AND sent_at < ${now} - ${age} LIMIT ${limit}) RETURNING event`,
            (rows) => rows.length
          )
        )
      )
  }
}
