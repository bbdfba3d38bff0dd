import { assert, it } from "@effect/vitest"
import { Deferred, Effect, Fiber } from "effect"
import { TestClock } from "effect/testing"
import { makeInFlight } from "../src/exchange/InFlight.ts"

/** Work that counts how often it ran, and waits to be told what it finds. */
const arranged = Effect.gen(function* () {
  const inFlight = makeInFlight<string>()
  const outcome = yield* Deferred.make<string | null, Error>()
  let runs = 0
  const work = Effect.suspend(() => {
    runs += 1
    return Effect.map(Deferred.await(outcome), (found) => [`did ${found}`, found] as const)
  })
  const come = (name = "key") =>
    Effect.forkChild(
      inFlight.run(name, { work, shared: (found) => Effect.succeed(`shared ${found}`), late: Effect.succeed("late") }),
      { startImmediately: true }
    )
  return { outcome, come, runs: () => runs }
})

it.effect("those who come meanwhile get what the first found", () =>
  Effect.gen(function* () {
    const { outcome, come, runs } = yield* arranged
    const first = yield* come()
    const others = yield* Effect.all([come(), come()])
    const elsewhere = yield* come("another key")
    assert.strictEqual(runs(), 2)
    yield* Deferred.succeed(outcome, "it")
    assert.strictEqual(yield* Fiber.join(first), "did it")
    for (const other of others) assert.strictEqual(yield* Fiber.join(other), "shared it")
    assert.strictEqual(yield* Fiber.join(elsewhere), "did it")
  })
)

it.effect("where the first found nothing, or failed, the next does the work", () =>
  Effect.gen(function* () {
    for (const end of [Effect.succeed(null), Effect.fail(new Error("no"))]) {
      const { outcome, come, runs } = yield* arranged
      const first = yield* come()
      const second = yield* come()
      yield* Deferred.complete(outcome, end)
      yield* Fiber.await(first)
      yield* Fiber.await(second)
      assert.strictEqual(runs(), 2)
    }
  })
)

it.effect("a client that goes away leaves the work to the next", () =>
  Effect.gen(function* () {
    const { outcome, come, runs } = yield* arranged
    const first = yield* come()
    const second = yield* come()
    yield* Fiber.interrupt(first)
    yield* Deferred.succeed(outcome, "it")
    assert.strictEqual(yield* Fiber.join(second), "did it")
    assert.strictEqual(runs(), 2)
  })
)

it.effect("nobody waits for longer than ten seconds", () =>
  Effect.gen(function* () {
    const { come, runs } = yield* arranged
    yield* come()
    const second = yield* come()
    yield* TestClock.adjust("10 seconds")
    assert.strictEqual(yield* Fiber.join(second), "late")
    assert.strictEqual(runs(), 1)
  })
)
