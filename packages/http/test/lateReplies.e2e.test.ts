import { MemoryStore, Store, StoreError } from "@stockbook/core"
import { Effect, Exit, Layer, Scope } from "effect"
import { afterAll, beforeAll, expect, it } from "vitest"
import { newProduct, openWorld, type World } from "./conformance/world.ts"

let failing = false
let kept = 0

/** A store that goes away between doing what was asked and keeping what was answered. */
const forgetful = Layer.effect(
  Store,
  Effect.map(Store, (store) =>
    Store.of({
      ...store,
      replies: {
        ...store.replies,
        keep: (...args) =>
          Effect.suspend(() =>
            failing
              ? new StoreError({ reason: "unavailable", message: "gone", cause: null })
              : Effect.tap(store.replies.keep(...args), () => Effect.sync(() => kept++))
          )
      }
    })
  )
).pipe(Layer.provideMerge(MemoryStore.layer))

const scope = Effect.runSync(Scope.make())
let world: World
let elsewhere: World
beforeAll(async () => {
  const shared = Layer.succeedContext(await Effect.runPromise(Scope.provide(Layer.build(forgetful), scope)))
  world = await openWorld(shared)
  elsewhere = await openWorld(shared, {}, world)
})
afterAll(async () => {
  await elsewhere.close()
  await world.close()
  await Effect.runPromise(Scope.close(scope, Exit.void))
})

it("answers as it did at first what it could not keep, and keeps it when it can", async () => {
  const { id } = await newProduct(world.admin)
  const purchase = { product_id: id, warehouse_id: 1, movement_type: "purchase", quantity: 10, unit_cost: 1 }
  const path = "/api/v1/stock-movements/"
  const key = { "idempotency-key": "a delivery" }
  failing = true
  const first = await world.admin.post(path, purchase, key)
  expect(first.status).toBe(201)
  // From here on the answer, made anew, would tell of twenty.
  expect((await world.admin.post(path, purchase)).status).toBe(201)
  const again = await world.admin.post(path, purchase, key)
  expect(again).toMatchObject({ status: 201, text: first.text })
  expect(again.headers.get("idempotency-replayed")).toBe("true")
  failing = false
  await expect.poll(() => kept, { timeout: 10_000 }).toBe(1)
  expect((await elsewhere.admin.post(path, purchase, key)).text).toBe(first.text)
})
