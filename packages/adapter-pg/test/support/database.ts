import { randomBytes } from "node:crypto"
import * as PgClient from "@effect/sql-pg/PgClient"
import { Effect, Layer, Redacted } from "effect"
import { inject } from "vitest"
import type {} from "./globalSetup.ts"

/** The address of a database of the run's server. */
const urlOf = (database: string): string => {
  const url = new URL(inject("postgres"))
  url.pathname = `/${database}`
  return url.href
}

/** A new, empty database, dropped with the scope. */
export const freshDatabase = Effect.acquireRelease(
  Effect.gen(function* () {
    const name = `test_${randomBytes(6).toString("hex")}`
    yield* admin(`CREATE DATABASE ${name}`)
    return name
  }),
  (name) => admin(`DROP DATABASE ${name} WITH (FORCE)`)
).pipe(Effect.map(urlOf))

const admin = (statement: string) =>
  PgClient.PgClient.use((sql) => Effect.asVoid(sql.unsafe(statement))).pipe(
    Effect.provide(Layer.suspend(() => PgClient.layer({ url: Redacted.make(urlOf("postgres")), maxConnections: 1 }))),
    Effect.orDie
  )
