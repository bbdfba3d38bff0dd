import * as PgClient from "@effect/sql-pg/PgClient"
import { Store } from "@stockbook/core"
import { Context, Effect, Layer, Redacted } from "effect"
import { afterAll } from "vitest"
import { replaySuite } from "../../core/test/simulation/replaySuite.ts"
import { PgStore } from "../src/index.ts"
import { clockSetter, simulatedClock } from "./support/simulatedClock.ts"
import { startServer, type TestServer } from "./support/TestServer.ts"

/** A server of its own: its clocks are not to be set in another's, and nothing that it stores is to last. */
let starting: Promise<TestServer> | null = null
let databases = 0

const server = Effect.promise(() => {
  starting ??= startServer(["fsync=off", "synchronous_commit=off", "full_page_writes=off"]).then(async (started) => {
    await Effect.runPromise(makeTemplate(started.url))
    return started
  })
  return starting
})

/** A migrated database that each history gets a copy of. */
const makeTemplate = (url: string) =>
  Effect.andThen(
    Effect.andThen(run(`${url}/postgres`, ["CREATE DATABASE model"]), run(`${url}/model`, simulatedClock)),
    Effect.scoped(Layer.build(PgStore.layer({ url: `${url}/model` })))
  )

const run = (url: string, statements: ReadonlyArray<string>) =>
  PgClient.PgClient.use((sql) =>
    Effect.forEach(statements, (statement) => sql.unsafe(statement), { discard: true })
  ).pipe(Effect.provide(PgClient.layer({ url: Redacted.make(url), maxConnections: 1 })))

const open = Effect.gen(function* () {
  const { url } = yield* server
  const name = `history_${++databases}`
  yield* Effect.acquireRelease(run(`${url}/postgres`, [`CREATE DATABASE ${name} TEMPLATE model`]), () =>
    Effect.orDie(run(`${url}/postgres`, [`DROP DATABASE ${name} WITH (FORCE)`]))
  )
  const setClock = yield* clockSetter(`${url}/${name}`)
  const context = yield* Layer.build(Layer.fresh(PgStore.layerWithoutMigrations({ url: `${url}/${name}` })))
  let time: number | null = null
  const passTo = (now: number) => {
    if (now === time) return Effect.void
    time = now
    return setClock(now)
  }
  return {
    store: Context.get(context, Store),
    at: <A, E, R>(now: number, effect: Effect.Effect<A, E, R>) => Effect.andThen(passTo(now), effect)
  }
})

replaySuite("Postgres", open, 12)

afterAll(async () => (await starting)?.stop())
