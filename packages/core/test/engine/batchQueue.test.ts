import { assert, describe, it } from "@effect/vitest"
import { Deferred, Effect, Exit, Fiber, Scope } from "effect"
import { makeBatchQueue } from "../../src/engine/BatchQueue.ts"

/** A queue whose batches are seen, and wait at a gate while it is closed. */
const watched = Effect.fnUntraced(function* (
  options: { batchSize?: number; capacity?: number; inFlight?: number } = {}
) {
  const batches: Array<ReadonlyArray<number>> = []
  const gate = yield* Deferred.make<void>()
  const scope = yield* Scope.make()
  const queue = yield* makeBatchQueue<number, number, never>(
    { batchSize: options.batchSize ?? 10, capacity: options.capacity ?? 100, inFlight: options.inFlight ?? 1 },
    (batch, next) =>
      Effect.gen(function* () {
        batches.push(batch)
        if (options.inFlight !== undefined) next()
        yield* Deferred.await(gate)
        return batch.map((n) => Exit.succeed(n * 2))
      })
  ).pipe(Scope.provide(scope))
  const submit = (n: number) => Effect.forkChild(queue.submit(n), { startImmediately: true })
  return {
    batches,
    submit,
    queue,
    open: Deferred.succeed(gate, undefined),
    close: Scope.close(scope, Exit.void),
    /** Until so many batches have been handed over, and a moment longer. */
    handedOver: (n: number) =>
      Effect.sleep(1).pipe(Effect.repeat({ until: () => batches.length >= n }), Effect.andThen(Effect.sleep(5)))
  }
})

describe("the batch queue", () => {
  it.live("gathers what arrives while a batch is handled, to the limit, and answers each its own", () =>
    Effect.gen(function* () {
      const { batches, submit, open, handedOver } = yield* watched({ batchSize: 4 })
      const first = yield* Effect.forEach([1, 2], submit)
      yield* handedOver(1)
      const later = yield* Effect.forEach([3, 4, 5, 6, 7], submit)
      yield* open
      const answers = yield* Effect.forEach([...first, ...later], Fiber.join)
      assert.deepStrictEqual(answers, [2, 4, 6, 8, 10, 12, 14])
      assert.deepStrictEqual(batches, [[1, 2], [3, 4, 5, 6], [7]])
    })
  )

  it.live("refuses one more than it may hold, and takes in again when there is room", () =>
    Effect.gen(function* () {
      const { submit, queue, open, handedOver } = yield* watched({ batchSize: 1, capacity: 2 })
      const first = yield* submit(1)
      yield* handedOver(1)
      const waiting = yield* Effect.forEach([2, 3], submit)
      const refused = yield* Effect.flip(queue.submit(4))
      assert.deepInclude<object>(refused, { _tag: "Overloaded", capacity: 2 })
      yield* open
      yield* Effect.forEach([first, ...waiting], Fiber.join)
      assert.strictEqual(yield* queue.submit(5), 10)
    })
  )

  it.live("never hands over what a caller has given up, and frees its place", () =>
    Effect.gen(function* () {
      const { batches, submit, queue, open, handedOver } = yield* watched({ capacity: 2 })
      const first = yield* submit(1)
      yield* handedOver(1)
      const given = yield* submit(2)
      yield* submit(3)
      yield* Fiber.interrupt(given)
      const taken = yield* submit(4)
      assert.strictEqual(queue.waiting(), 2)
      yield* open
      yield* Effect.forEach([first, taken], Fiber.join)
      assert.deepStrictEqual(batches, [[1], [3, 4]])
    })
  )

  it.live("hands over as many batches at once as it may, once each lets the next one go, each with its share", () =>
    Effect.gen(function* () {
      const { batches, submit, queue, open, close, handedOver } = yield* watched({ batchSize: 4, inFlight: 2 })
      const first = yield* Effect.forEach([1], submit)
      yield* handedOver(1)
      const later = yield* Effect.forEach([2, 3, 4], submit)
      yield* handedOver(2)
      const last = yield* Effect.forEach([5, 6, 7, 8, 9, 10, 11], submit)
      yield* handedOver(2)
      assert.deepStrictEqual(batches, [[1], [2, 3, 4]])
      assert.strictEqual(queue.waiting(), 7)
      const closing = yield* Effect.forkChild(close, { startImmediately: true })
      yield* open
      const answers = yield* Effect.forEach([...first, ...later, ...last], Fiber.join)
      assert.deepStrictEqual(answers, [2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22])
      assert.deepStrictEqual(batches.flat(), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11])
      // Ten waiting or in hand make five for each of two, of which one batch takes four.
      assert.deepStrictEqual(batches[2], [5, 6, 7, 8])
      yield* Fiber.join(closing)
    })
  )

  it.live("waits with the next batch for the answers to one that does not let it go", () =>
    Effect.gen(function* () {
      const running: Array<number> = []
      let most = 0
      const queue = yield* makeBatchQueue<number, number, never>(
        { batchSize: 1, capacity: 100, inFlight: 2 },
        (batch, next) =>
          Effect.gen(function* () {
            running.push(...batch)
            most = Math.max(most, running.length)
            // Even ones let the next one go, more than once; odd ones do not.
            if (batch.some((n) => n % 2 === 0)) [next, next, next].map((go) => go())
            else assert.isAtMost(running.filter((n) => n > (batch[0] ?? 0)).length, 0)
            yield* Effect.sleep(1)
            for (const n of batch) running.splice(running.indexOf(n), 1)
            return batch.map((n) => Exit.succeed(n))
          })
      )
      const all = Array.from({ length: 40 }, (_, n) => n)
      assert.deepStrictEqual(yield* Effect.forEach(all, queue.submit, { concurrency: "unbounded" }), all)
      assert.strictEqual(most, 2)
    }).pipe(Effect.scoped)
  )

  it.live("finishes what it accepted when it is closed, and takes in nothing more", () =>
    Effect.gen(function* () {
      const { submit, queue, open, close } = yield* watched({ batchSize: 1 })
      const accepted = yield* Effect.forEach([1, 2, 3], submit)
      const closing = yield* Effect.forkChild(close, { startImmediately: true })
      assert.strictEqual((yield* Effect.flip(queue.submit(4)))._tag, "EngineClosed")
      yield* open
      yield* Fiber.join(closing)
      assert.strictEqual(queue.waiting(), 0)
      assert.deepStrictEqual(yield* Effect.forEach(accepted, Fiber.join), [2, 4, 6])
    })
  )

  it.live("fails a batch's callers, and only them, when handling it fails", () =>
    Effect.gen(function* () {
      let broken = true
      const queue = yield* makeBatchQueue<number, number, never>({ batchSize: 10, capacity: 10 }, (batch) =>
        broken ? Effect.die(new Error("bug")) : Effect.succeed(batch.map((n) => Exit.succeed(n)))
      )
      const [one, two] = yield* Effect.all([Effect.exit(queue.submit(1)), Effect.exit(queue.submit(2))], {
        concurrency: "unbounded"
      })
      assert.isTrue(Exit.isFailure(one) && Exit.isFailure(two))
      broken = false
      assert.strictEqual(yield* queue.submit(3), 3)
    }).pipe(Effect.scoped)
  )
})
