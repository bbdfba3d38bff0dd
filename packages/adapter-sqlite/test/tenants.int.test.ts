import { describe, it } from "@effect/vitest"
import { Catalog, Stockbook, StockEngine } from "@stockbook/core"
import { Effect, Layer, Result } from "effect"
import { expect } from "vitest"
import { SqliteStore } from "../src/index.ts"

describe("Two organizations in one batch", () => {
  it.live("do not hide an item, a location or a hold from its owner by naming its id", () =>
    Effect.gen(function* () {
      const catalog = yield* Catalog
      const engine = yield* StockEngine
      const owner = yield* catalog.createOrganization("Owner")
      const stranger = yield* catalog.createOrganization("Stranger")
      const { id: item } = yield* catalog.createItem(owner.id, { name: "Lamp" })
      const lines = [{ item, quantity: 1, location: owner.defaultLocation }] as const
      const receive = (organization: number) => engine.execute({ _tag: "Receive", organization, lines })
      const held = yield* Effect.andThen(
        receive(owner.id),
        engine.execute({ _tag: "Reserve", organization: owner.id, lines })
      )
      const hold = { id: held.holds[0]?.id ?? 0 }
      const extend = (organization: number) => engine.execute({ _tag: "Commit", organization, hold })
      // They arrive together and so go together; whoever comes last must not decide whose rows are loaded.
      const tags = (results: ReadonlyArray<Result.Result<unknown, { readonly _tag: string }>>) =>
        results.map((result) => (Result.isSuccess(result) ? "done" : result.failure._tag))
      const received = yield* Effect.all([Effect.result(receive(owner.id)), Effect.result(receive(stranger.id))], {
        concurrency: "unbounded"
      })
      expect(tags(received)).toEqual(["done", "UnknownItem"])
      const committed = yield* Effect.all([Effect.result(extend(owner.id)), Effect.result(extend(stranger.id))], {
        concurrency: "unbounded"
      })
      expect(tags(committed)).toEqual(["done", "UnknownHold"])
    }).pipe(Effect.provide(Stockbook.layer().pipe(Layer.provideMerge(SqliteStore.layer({ filename: ":memory:" })))))
  )
})
