import { assert, describe, it } from "@effect/vitest"
import { Catalog, Stockbook, StockEngine, Store } from "@stockbook/core"
import { Context, Effect, Fiber, Layer, Option, Stream } from "effect"
import { PgStore } from "../src/index.ts"
import { freshDatabase } from "./support/database.ts"

/** Services over a store of their own, as another process would have them. */
const processOn = (url: string) =>
  Layer.build(Layer.fresh(Stockbook.layer().pipe(Layer.provideMerge(PgStore.layer({ url })))))

describe("A commit", () => {
  it.live("is heard of by another process, as soon as it is there", () =>
    Effect.gen(function* () {
      const url = yield* freshDatabase
      const writer = yield* processOn(url)
      const reader = yield* processOn(url)
      const { commits } = Context.get(reader, Store)
      if (commits === undefined) return assert.fail("nothing to hear")
      const heard = yield* Effect.forkScoped(Stream.runHead(commits))
      const { id: organization } = yield* Context.get(writer, Catalog).createOrganization("Acme")
      const { id: item } = yield* Context.get(writer, Catalog).createItem(organization, { name: "Lamp" })
      const receive = Context.get(writer, StockEngine).execute({
        _tag: "Receive",
        organization,
        lines: [{ item, quantity: 1 }]
      })
      // Listening may begin a moment after the first commits.
      yield* Effect.forkScoped(Effect.forever(Effect.andThen(receive, Effect.sleep(50))))
      assert.isTrue(Option.isSome(yield* Fiber.join(heard)))
    })
  )

  it.live("is not listened for by a process that has but one connection", () =>
    Effect.gen(function* () {
      const url = yield* freshDatabase
      const context = yield* Layer.build(PgStore.layer({ url, maxConnections: 1 }))
      assert.isUndefined(Context.get(context, Store).commits)
    })
  )
})
