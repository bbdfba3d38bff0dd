import { readFileSync, writeFileSync } from "node:fs"
import { describe, it } from "@effect/vitest"
import { Catalog, Stockbook, StockEngine, StockQueries } from "@stockbook/core"
import { Effect, Layer } from "effect"
import { expect, vi } from "vitest"
import { Database, SqliteClient, SqliteMigrations, SqliteStore } from "../src/index.ts"
import { inStore, scratchFile, stocked } from "./support/scratch.ts"

const withClient = (filename: string) =>
  Stockbook.layer().pipe(
    Layer.provideMerge(SqliteStore.layerWithClient().pipe(Layer.provide(SqliteMigrations.layer()))),
    Layer.provideMerge(SqliteClient.layer({ filename }))
  )

describe("A store that cannot write", () => {
  it.live("for the disk is full, says it is unavailable and wrote nothing", () =>
    Effect.gen(function* () {
      const filename = yield* scratchFile
      yield* Effect.gen(function* () {
        const engine = yield* StockEngine
        const queries = yield* StockQueries
        const { transaction } = yield* SqliteClient.SqliteClient
        const { organization, item } = yield* stocked(10_000)
        const reserve = (n: number) =>
          engine.execute({
            _tag: "Reserve",
            organization,
            reference: `${n}-${"x".repeat(100)}`,
            lines: [{ item, quantity: 1 }]
          })
        const pages = yield* transaction((database) => Number(database.get("PRAGMA page_count")?.["page_count"]))
        yield* transaction((database) => database.all(`PRAGMA max_page_count = ${pages + 5}`))
        const results = yield* Effect.all(
          Array.from({ length: 1000 }, (_, n) => Effect.result(reserve(n))),
          { concurrency: 50 }
        )
        const failures = results.flatMap((result) => (result._tag === "Failure" ? [result.failure] : []))
        expect(failures.length).toBeGreaterThan(0)
        for (const failure of failures) expect(failure).toMatchObject({ _tag: "StoreError", reason: "unavailable" })
        // The catalogue's road is another one.
        const catalog = yield* Catalog
        const products = yield* Effect.forEach(Array.from({ length: 50 }), (_, n) =>
          Effect.result(catalog.createItem(organization, { name: `Desk ${n}`, description: "x".repeat(1000) }))
        )
        const unmade = products.flatMap((result) => (result._tag === "Failure" ? [result.failure] : []))
        expect(unmade.length).toBeGreaterThan(0)
        for (const failure of unmade) expect(failure).toMatchObject({ _tag: "StoreError", reason: "unavailable" })
        const held = yield* queries.stock(organization, item)
        expect(held?.total.reserved).toBe(results.length - failures.length)
        expect((yield* queries.verify(null)).differences).toEqual([])

        yield* transaction((database) => database.all("PRAGMA max_page_count = 1000000"))
        expect((yield* reserve(1000)).replayed).toBe(false)
        expect((yield* catalog.createItem(organization, { name: "Desk" })).name).toBe("Desk")
        expect((yield* queries.verify(null)).differences).toEqual([])
      }).pipe(Effect.provide(withClient(filename)))
    }).pipe(Effect.scoped)
  )

  it.live("for it was opened to read only, says so and reads on", () =>
    Effect.gen(function* () {
      const filename = yield* scratchFile
      const { organization, item } = yield* inStore(filename, stocked(10))
      yield* Effect.gen(function* () {
        const engine = yield* StockEngine
        const catalog = yield* Catalog
        const lines = [{ item, quantity: 1 }] as const
        const error = yield* Effect.flip(engine.execute({ _tag: "Reserve", organization, lines }))
        expect(error).toMatchObject({ _tag: "StoreError", reason: "unavailable" })
        expect((yield* catalog.item(organization, item))?.available).toBe(10)
      }).pipe(
        Effect.provide(
          Stockbook.layer().pipe(
            Layer.provideMerge(SqliteStore.layerWithClient()),
            Layer.provide(SqliteClient.layer({ filename, readonly: true }))
          )
        )
      )
    }).pipe(Effect.scoped)
  )

  it.live("for it may only be read for now, says so, reads on, and writes again when it may", () =>
    Effect.gen(function* () {
      const filename = yield* scratchFile
      yield* Effect.gen(function* () {
        const engine = yield* StockEngine
        const catalog = yield* Catalog
        const queries = yield* StockQueries
        const client = yield* SqliteClient.SqliteClient
        const { organization, item } = yield* stocked(10)
        const lines = [{ item, quantity: 1 }] as const
        const reserve = engine.execute({ _tag: "Reserve", organization, lines }, { idempotencyKey: "one" })
        const create = catalog.createItem(organization, { name: "Desk" })
        yield* client`PRAGMA query_only = 1`
        for (const attempt of [reserve, create]) {
          const error = yield* Effect.flip(Effect.asVoid<unknown, { readonly _tag: string }, never>(attempt))
          expect(error).toMatchObject({ _tag: "StoreError", reason: "unavailable" })
        }
        expect((yield* queries.stock(organization, item))?.total.available).toBe(10)

        yield* client`PRAGMA query_only = 0`
        expect((yield* reserve).replayed).toBe(false)
        expect((yield* create).name).toBe("Desk")
        expect((yield* queries.verify(null)).differences).toEqual([])
      }).pipe(Effect.provide(withClient(filename)))
    }).pipe(Effect.scoped)
  )

  it.live("does not say that nothing was written when a commit could not be flushed", () =>
    Effect.gen(function* () {
      const filename = yield* scratchFile
      yield* Effect.gen(function* () {
        const engine = yield* StockEngine
        const catalog = yield* Catalog
        const { organization, item } = yield* stocked(10)
        const { transaction } = yield* SqliteClient.SqliteClient
        // The statement is kept prepared; from here on its flushing fails.
        const commit = yield* transaction((database) => database.prepare("COMMIT"))
        const flushing = Object.assign(new Error("disk I/O error"), { code: "ERR_SQLITE_ERROR", errcode: 1034 })
        const fail = () => {
          throw flushing
        }
        const mocks = [
          vi.spyOn(commit, "run").mockImplementation(fail),
          vi.spyOn(commit, "all").mockImplementation(fail)
        ]
        const lines = [{ item, quantity: 1 }] as const
        const reserving = yield* Effect.flip(engine.execute({ _tag: "Reserve", organization, lines }))
        const creating = yield* Effect.flip(catalog.createItem(organization, { name: "Desk" }))
        for (const mock of mocks) mock.mockRestore()
        expect(reserving).toMatchObject({ _tag: "StoreError", reason: "unknown" })
        expect(creating).toMatchObject({ _tag: "StoreError", reason: "unknown" })
        expect((yield* catalog.createItem(organization, { name: "Desk" })).name).toBe("Desk")
      }).pipe(Effect.provide(withClient(filename)))
    }).pipe(Effect.scoped)
  )

  it.live("for its folder is not there, does not open", () =>
    Effect.gen(function* () {
      const filename = yield* scratchFile
      const error = yield* Effect.flip(inStore(`${filename}/nowhere/stock.db`, Effect.void))
      expect(error).toMatchObject({ _tag: "StoreError", reason: "unavailable" })
    }).pipe(Effect.scoped)
  )
})

describe("A store that holds what no program of ours wrote", () => {
  it.live("is corrupt when it is no database", () =>
    Effect.gen(function* () {
      const filename = yield* scratchFile
      writeFileSync(filename, "This is a text. ".repeat(500))
      const error = yield* Effect.flip(inStore(filename, Effect.void))
      expect(error).toMatchObject({ _tag: "StoreError", reason: "corrupt" })
      expect(readFileSync(filename, "utf8")).toContain("This is a text.")
    }).pipe(Effect.scoped)
  )

  it.live("is corrupt when a number has more digits than a number can have, and loses none of them", () =>
    Effect.gen(function* () {
      const filename = yield* scratchFile
      const { organization, item } = yield* inStore(filename, stocked(10))
      const behind = new Database({ filename })
      behind.exec("UPDATE balances SET available = 9007199254740993")
      behind.close()
      yield* inStore(
        filename,
        Effect.gen(function* () {
          const engine = yield* StockEngine
          const queries = yield* StockQueries
          const lines = [{ item, quantity: 1 }] as const
          const reading = yield* Effect.flip(queries.stock(organization, item))
          const writing = yield* Effect.flip(engine.execute({ _tag: "Reserve", organization, lines }))
          expect(reading).toMatchObject({ _tag: "StoreError", reason: "corrupt" })
          expect(writing).toMatchObject({ _tag: "StoreError", reason: "corrupt" })
        })
      )
    }).pipe(Effect.scoped)
  )

  it.live("finds nothing under the largest ids", () =>
    Effect.gen(function* () {
      const filename = yield* scratchFile
      yield* inStore(
        filename,
        Effect.gen(function* () {
          const { organization } = yield* stocked(1)
          const engine = yield* StockEngine
          const item = Number.MAX_SAFE_INTEGER
          const receive = { _tag: "Receive", organization, lines: [{ item, quantity: 1 }] } as const
          expect(yield* Effect.flip(engine.execute(receive))).toMatchObject({ _tag: "UnknownItem", item })
          const hold = { id: Number.MAX_SAFE_INTEGER }
          expect(yield* Effect.flip(engine.execute({ _tag: "Release", organization, hold }))).toMatchObject({
            _tag: "UnknownHold"
          })
          const beyond = { _tag: "Receive", organization, lines: [{ item: 2 ** 53, quantity: 1 }] } as const
          expect(yield* Effect.flip(engine.execute(beyond))).toMatchObject({ _tag: "InvalidInput" })
        })
      )
    }).pipe(Effect.scoped)
  )
})
