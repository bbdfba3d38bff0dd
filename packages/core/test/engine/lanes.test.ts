import { assert, describe, it } from "@effect/vitest"
import { Deferred, Effect, Exit, Fiber, Scope } from "effect"
import { makeLanes } from "../../src/engine/Lanes.ts"

/** Lanes by the tens of the inputs, whose batches are seen, and wait at a gate of their lane. */
const watched = Effect.fnUntraced(function* (
  options: { batchSize?: number; capacity?: number; inFlight?: number } = {}
) {
  const batches: Array<ReadonlyArray<number>> = []
  const gates = new Map<number, Deferred.Deferred<void>>()
  const gate = (lane: number) => {
    const known = gates.get(lane) ?? Deferred.makeUnsafe<void>()
    gates.set(lane, known)
    return known
  }
  let together = 0
  let most = 0
  const scope = yield* Scope.make()
  const laneOf = (n: number) => Math.floor(n / 10)
  const lanes = yield* makeLanes<number, number, never>(
    { batchSize: options.batchSize ?? 10, capacity: options.capacity ?? 100, inFlight: options.inFlight ?? 10 },
    laneOf,
    (batch) =>
      Effect.gen(function* () {
        batches.push(batch)
        together += 1
        most = Math.max(most, together)
        yield* Deferred.await(gate(laneOf(batch[0] ?? 0)))
        together -= 1
        return batch.map((n) => Exit.succeed(n * 2))
      })
  ).pipe(Scope.provide(scope))
  return {
    batches,
    lanes,
    most: () => most,
    submit: (n: number) => Effect.forkChild(lanes.submit(n), { startImmediately: true }),
    open: (...opened: ReadonlyArray<number>) =>
      Effect.forEach(opened, (lane) => Deferred.succeed(gate(lane), undefined)),
    close: Scope.close(scope, Exit.void)
  }
})

/** Several turns of the event loop: after one that was held up, timers come before what was ready. */
const settle = Effect.repeat(Effect.sleep(1), { times: 4 })

describe("lanes", () => {
  it.live("mix nothing, and do not wait for each other", () =>
    Effect.gen(function* () {
      const { batches, submit, open } = yield* watched()
      const first = yield* Effect.forEach([11, 21, 12, 22], submit)
      yield* settle
      assert.deepStrictEqual(batches, [
        [11, 12],
        [21, 22]
      ])
      yield* open(2)
      const [, second, , fourth] = first
      if (second === undefined || fourth === undefined) return assert.fail()
      assert.deepStrictEqual(yield* Effect.forEach([second, fourth], Fiber.join), [42, 44])
      yield* open(1)
      assert.deepStrictEqual(yield* Effect.forEach(first, Fiber.join), [22, 42, 24, 44])
    })
  )

  it.live("handle one batch of a lane at a time, in order, and gather meanwhile to the limit", () =>
    Effect.gen(function* () {
      const { batches, submit, open } = yield* watched({ batchSize: 2 })
      const first = yield* submit(11)
      yield* settle
      const later = yield* Effect.forEach([12, 13, 14], submit)
      yield* settle
      assert.deepStrictEqual(batches, [[11]])
      yield* open(1)
      assert.deepStrictEqual(yield* Effect.forEach([first, ...later], Fiber.join), [22, 24, 26, 28])
      assert.deepStrictEqual(batches, [[11], [12, 13], [14]])
    })
  )

  it.live("are in flight up to a number, and take turns", () =>
    Effect.gen(function* () {
      const { batches, submit, open, most } = yield* watched({ batchSize: 1, inFlight: 2 })
      const all = yield* Effect.forEach([11, 12, 21, 22, 31, 32], submit)
      yield* settle
      assert.deepStrictEqual(batches, [[11], [21]])
      yield* open(1)
      yield* settle
      // The third lane goes before the first goes again.
      assert.deepStrictEqual(batches, [[11], [21], [31]])
      yield* open(2, 3)
      assert.deepStrictEqual(yield* Effect.forEach(all, Fiber.join), [22, 24, 42, 44, 62, 64])
      assert.strictEqual(most(), 2)
    })
  )

  it.live("have one capacity together", () =>
    Effect.gen(function* () {
      const { submit, lanes, open } = yield* watched({ batchSize: 1, capacity: 2, inFlight: 1 })
      const first = yield* submit(11)
      yield* settle
      const waiting = yield* Effect.forEach([21, 31], submit)
      assert.deepInclude<object>(yield* Effect.flip(lanes.submit(41)), { _tag: "Overloaded", capacity: 2 })
      assert.strictEqual(lanes.waiting(), 2)
      const [given, kept] = waiting
      if (given === undefined || kept === undefined) return assert.fail()
      yield* Fiber.interrupt(given)
      const taken = yield* submit(12)
      yield* open(1, 2, 3)
      assert.deepStrictEqual(yield* Effect.forEach([first, kept, taken], Fiber.join), [22, 62, 24])
    })
  )

  it.live("are forgotten when nothing waits in them", () =>
    Effect.gen(function* () {
      const { batches, submit, lanes, open } = yield* watched({ inFlight: 1 })
      const first = yield* submit(11)
      const given = yield* submit(21)
      yield* settle
      yield* Fiber.interrupt(given)
      assert.strictEqual(lanes.lanes(), 2)
      yield* open(1, 2)
      yield* Fiber.join(first)
      yield* settle
      assert.strictEqual(lanes.lanes(), 0)
      assert.strictEqual(lanes.waiting(), 0)
      assert.deepStrictEqual(batches, [[11]])
      assert.strictEqual(yield* lanes.submit(22), 44)
    })
  )

  it.live("answer a batch that fails, and go on", () =>
    Effect.gen(function* () {
      const lanes = yield* makeLanes<number, number, never>(
        { batchSize: 1, capacity: 10, inFlight: 1 },
        (n) => n,
        ([n]) => (n === 1 ? Effect.die("one") : Effect.succeed([Exit.succeed(n ?? 0)]))
      )
      assert.isTrue(Exit.isFailure(yield* Effect.exit(lanes.submit(1))))
      assert.strictEqual(yield* lanes.submit(2), 2)
    }).pipe(Effect.scoped)
  )

  it.live("finish what they accepted when they are closed, and take in nothing more", () =>
    Effect.gen(function* () {
      const { submit, lanes, open, close } = yield* watched({ batchSize: 1, inFlight: 1 })
      const accepted = yield* Effect.forEach([11, 12, 21], submit)
      const closing = yield* Effect.forkChild(close, { startImmediately: true })
      assert.deepInclude<object>(yield* Effect.flip(lanes.submit(13)), { _tag: "EngineClosed" })
      yield* settle
      assert.isUndefined(closing.pollUnsafe())
      yield* open(1, 2)
      assert.deepStrictEqual(yield* Effect.forEach(accepted, Fiber.join), [22, 24, 42])
      yield* Fiber.join(closing)
    })
  )
})
