import { assert, describe } from "@effect/vitest"
import { Effect, Result, Schema } from "effect"
import fc from "fast-check"
import { StockEngine } from "../engine/StockEngine.ts"
import { replay } from "../ledger/asOf.ts"
import { StockQueries } from "../ledger/StockQueries.ts"
import { Command } from "../stock/Command.ts"
import type { Balance } from "../stock/Levels.ts"
import { namingMovements } from "./adjustingHistories.ts"
import { chapter, opening, type Step } from "./histories.ts"
import { Oracle, type OracleAnswer } from "./Oracle.ts"
import { differences, lotScenario, type Scenario } from "./scenario.ts"
import type { Register } from "./suite.ts"

/** Random histories, each in an organization of its own, judged answer by answer and then from the ledger. */
export const historyContract = (it: Register, histories: number): void => {
  describe("random histories", () => {
    it.effect(
      `answer as the oracle demands, ${histories} times`,
      () => {
        const seeds = Array.from({ length: histories }, (_, n) => n + 1)
        // Side by side, so that the batches that are stored mix what different histories ask for.
        return Effect.forEach(seeds, playOne, { concurrency: 16, discard: true })
      },
      60_000 + histories * 500
    )
  })
}

const playOne = Effect.fnUntraced(function* (seed: number) {
  const at = yield* lotScenario
  const world = at
  const chapters = fc.array(chapter(world, { expiry: false }), { minLength: 1, maxLength: 20 })
  const [[first, others] = [[], []]] = fc.sample(fc.tuple(opening(world), chapters), { seed, numRuns: 1 })
  yield* Effect.mapError(play(at, [...first, ...others.flat()]), (cause) => new Error(`Seed ${seed}`, { cause }))
})

const decode = Schema.decodeUnknownSync(Command)

const play = Effect.fnUntraced(function* (at: Scenario, steps: ReadonlyArray<Step>) {
  const engine = yield* StockEngine
  const queries = yield* StockQueries
  const oracle = new Oracle()
  for (const { command: named, key } of steps) {
    const command = namingMovements(
      named,
      oracle.movements.map(({ id }) => id)
    )
    const result = yield* Effect.result(engine.execute(command, { idempotencyKey: key }))
    const answer: OracleAnswer = Result.isSuccess(result)
      ? { _tag: "Success", success: result.success }
      : isRejection(result.failure)
        ? { _tag: "Failure", failure: result.failure }
        : yield* Effect.fail(result.failure)
    yield* Effect.try({ try: () => oracle.judge(decode(command), answer), catch: (cause) => cause })
  }
  oracle.judgeHeld()
  assert.deepStrictEqual(yield* differences(at), [])
  const movements = yield* queries.movements({ organization: at.organization }, { limit: 1000, order: "oldest" })
  assert.deepStrictEqual(movements, oracle.movements)
  for (const item of at.items) {
    const last = oracle.movements.at(-1)?.at ?? 0
    const replayed = yield* queries.balanceAsOf(at.organization, item, last)
    const ledger = oracle.movements.filter((movement) => movement.item === item)
    assert.deepStrictEqual(byLeaf(replayed), byLeaf(replay(ledger)))
    // At every instant of the ledger, and before it.
    for (const instant of new Set([...ledger.map((movement) => movement.at), (ledger[0]?.at ?? 1) - 1])) {
      const found = yield* queries.balanceAsOf(at.organization, item, instant)
      assert.deepStrictEqual(byLeaf(found), byLeaf(replay(ledger.filter((movement) => movement.at <= instant))))
    }
    for (const leaf of replayed) {
      const booked = oracle.books.get(`${leaf.item}/${leaf.location}/${leaf.variation}/${leaf.batch}`)
      assert.deepStrictEqual(booked?.units, {
        available: leaf.available,
        reserved: leaf.reserved,
        committed: leaf.committed,
        quarantined: leaf.quarantined
      })
    }
  }
})

const byLeaf = (leaves: ReadonlyArray<Balance>) =>
  leaves.toSorted(
    (a, b) => a.location - b.location || (a.variation ?? 0) - (b.variation ?? 0) || (a.batch ?? 0) - (b.batch ?? 0)
  )

const isRejection = (
  error: Effect.Error<ReturnType<StockEngine["Service"]["execute"]>>
): error is Extract<OracleAnswer, { readonly _tag: "Failure" }>["failure"] =>
  error._tag !== "Overloaded" && error._tag !== "EngineClosed" && error._tag !== "StoreError"
