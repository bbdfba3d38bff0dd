import { Result } from "effect"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { replay } from "../../src/ledger/asOf.ts"
import { verifyItem } from "../../src/ledger/verifyItem.ts"
import { type Folded, fold, type Recorded, type Submission } from "../../src/rules/fold.ts"
import { leafName, type StockState } from "../../src/rules/State.ts"
import { Command } from "../../src/stock/Command.ts"
import type { Movement } from "../../src/stock/Movement.ts"
import type { Rejection } from "../../src/stock/Rejection.ts"
import { chapter, opening, step, type World } from "../../src/testing/histories.ts"
import { Oracle } from "../../src/testing/Oracle.ts"
import { sorted } from "../sorted.ts"
import { decode, emptyState, usualBatches } from "./given.ts"

const runs = Number(process.env["STOCKBOOK_HISTORIES"] ?? 3500)
const world: World = {
  organization: 1,
  items: [1, 2],
  variations: [1, 2],
  batches: [1, 2, 7, 9],
  locations: [1, 2, 5, 6]
}
/** Batch 7 expires in the midst of a history. */
const expiry = 1100
/** What the oracle knows of `emptyState`. */
const places = {
  parents: new Map([
    [5, 2],
    [6, 2]
  ]),
  unsellable: new Set([6]),
  expiries: new Map([[7, expiry]])
}
const batchesOf = (movements: boolean) =>
  fc
    .tuple(
      opening(world).map((steps) => ({ wait: 0, steps })),
      fc.array(
        fc.record({
          wait: fc.nat(30),
          steps: fc
            .array(chapter(world, { expiry: true, movements }), { minLength: 1, maxLength: 3 })
            .map((chapters) => chapters.flat())
        }),
        { minLength: 1, maxLength: 12 }
      )
    )
    .map(([first, others]) => [first, ...others])
const batches = batchesOf(true)
/** Only a batch of its own can name a movement that another command has just made. */
const batchesAlike = batchesOf(false)

interface Played {
  readonly state: StockState
  readonly oracle: Oracle
  readonly ledger: ReadonlyArray<Movement>
  readonly batches: ReadonlyArray<{ readonly batch: ReadonlyArray<Submission>; readonly folded: Folded }>
}

/** Plays a history through the fold, an oracle judging every answer. */
const play = (
  history: ReadonlyArray<{ wait: number; steps: ReadonlyArray<{ command: unknown; key?: string | undefined }> }>
): Played => {
  const movements = new Map<number, Movement>()
  const state: StockState = { ...emptyState({ ...usualBatches, 7: { expiresAt: expiry } }), movements }
  // What is not there of the second item may wait from the start.
  for (const item of state.items.values()) if (item.item === 2) item.details = { policy: { backorderLimit: 10 } }
  const recorded = new Map<string, Recorded>()
  const oracle = new Oracle(places)
  const ledger: Array<Movement> = []
  const played = []
  let now = 1000
  for (const { wait, steps } of history) {
    now += wait
    const batch = steps.map(({ command, key }) => ({ command: decode(command), key: key ?? null }))
    const folded = fold(state, batch, recorded, now)
    const answered = new Set(folded.answers.flatMap((a) => (Result.isSuccess(a) ? a.success.movements : [])))
    const ahead = folded.movements.filter((movement) => !answered.has(movement))
    for (const [hold, movements] of Map.groupBy(ahead, ({ cause, hold, id }) =>
      cause === "FillBackorder" ? hold : -id
    )) {
      const made = Array.from(state.holds.values()).find(({ id }) => id === hold)
      const filled = Array.from(state.documents.values()).find(
        (document) => document.kind === "backorder" && document.holds.some((id) => id === hold)
      )
      if (made === undefined || filled?.kind !== "backorder") for (const movement of movements) oracle.expire(movement)
      else oracle.fill(filled, made, movements)
    }
    for (const [index, answer] of folded.answers.entries()) {
      const submission = batch[index]
      if (submission === undefined) throw new Error("An answer to nothing")
      if (Result.isFailure(answer) && answer.failure._tag === "Defect") throw answer.failure.cause
      oracle.judge(
        submission.command,
        Result.isSuccess(answer)
          ? { _tag: "Success", success: answer.success }
          : { _tag: "Failure", failure: answer.failure as Rejection }
      )
    }
    oracle.judgeHeld()
    oracle.judgeBatches(now)
    oracle.judgeWaiting()
    ledger.push(...folded.movements)
    for (const movement of folded.movements) movements.set(movement.id, movement)
    played.push({ batch, folded })
  }
  return { state, oracle, ledger, batches: played }
}

const everythingOf = (state: StockState, ledger: ReadonlyArray<Movement>) =>
  Array.from(state.items.values(), ({ totals, leaves, anonymous: _, ...item }) => ({
    stock: { ...item, ...totals },
    balances: Array.from(leaves.values(), ({ key, ...levels }) => ({
      organization: item.organization,
      negativeLimit: item.negativeLimit,
      ...key,
      ...levels
    })),
    due: [],
    barred: [],
    holds: Array.from(state.holds.values()).filter((hold) => hold.lines.some((line) => line.item === item.item)),
    documents: Array.from(state.documents.values()).filter((document) => document.items.includes(item.item)),
    serials: Array.from(state.serials.values()).filter((serial) => serial.item === item.item),
    movements: ledger.filter((movement) => movement.item === item.item)
  }))

const check = <T>(property: fc.IRawProperty<T>) => fc.assert(property, { numRuns: runs })

// Thousands of histories, on a machine that may have other things to do.
describe("any history", { timeout: 120_000 + runs * 20 }, () => {
  it("is drawn from all commands", () => {
    const drawn = fc.sample(fc.tuple(opening(world), step(world, { expiry: true })), { numRuns: 3000, seed: 1 })
    const tags = new Set(
      drawn
        .flatMap(([first, one]) => [...first, one])
        .flatMap(({ command }) => [command, ...(command._tag === "Linked" ? command.commands : [])])
        .map(({ _tag }) => _tag)
    )
    const all = Command.members.map(({ fields }) => fields._tag.schema.literal)
    expect(Array.from(tags).sort()).toEqual(all.toSorted())
  })

  it("is answered as an independent oracle demands, and leaves a ledger that proves itself", () => {
    check(
      fc.property(batches, (history) => {
        const { state, ledger, oracle } = play(history)
        expect(everythingOf(state, ledger).flatMap(verifyItem)).toEqual([])
        for (const item of world.items) {
          const placed = Array.from(state.serials.values()).filter((unit) => unit.item === item && unit.place !== null)
          expect(placed.length).toBe(oracle.serials.count(item))
        }
      })
    )
  })

  it("gives the same answers and the same state however it is batched", () => {
    check(
      fc.property(batchesAlike, (history) => {
        const together = play(history)
        const apart = play(
          history.flatMap(({ wait, steps }) => steps.map((one, i) => ({ wait: i === 0 ? wait : 0, steps: [one] })))
        )
        expect(answersOf(apart)).toEqual(answersOf(together))
        expect(levelsOf(apart.state)).toEqual(levelsOf(together.state))
      })
    )
  })

  it("may ask again for what is over, among commands that do something", () => {
    const organization = 1
    const receive = { _tag: "Receive", organization, lines: [{ item: 1, quantity: 2, location: 6 }] }
    const request = {
      _tag: "RequestTransfer",
      organization,
      reference: "T",
      from: 6,
      to: 2,
      lines: [{ item: 1, quantity: 2 }]
    }
    const cancel = { _tag: "CancelTransfer", organization, transfer: { reference: "T" } }
    const expected = { _tag: "ExpectSupply", organization, reference: "S", lines: [{ item: 1, quantity: 1 }] }
    const call = { _tag: "CancelSupply", organization, supply: { reference: "S" } }
    const again = { _tag: "Linked", organization, commands: [receive, request, expected] }
    const history = [receive, request, cancel, expected, call, again].map((command) => ({
      wait: 1,
      steps: [{ command }]
    }))
    const { batches, oracle } = play(history)
    const answers = batches.flatMap(({ folded }) => folded.answers.map(Result.getOrThrow))
    expect(answers.at(-1)?.documents.map(({ status }) => status)).toEqual(["cancelled", "cancelled"])
    expect(oracle.units({ item: 1 }, "available")).toBe(4)
  })

  it("leaves everything as it was when a command is rejected", () => {
    check(
      fc.property(batches, step(world, { expiry: true }), (history, last) => {
        const { state } = play(history)
        const before = structuredClone(state)
        const now = Math.max(...Array.from(state.items.values(), (item) => item.clock))
        const folded = fold(state, [{ command: decode(last.command), key: null }], new Map(), now)
        if (folded.answers.every(Result.isSuccess)) return
        expect(folded.movements).toEqual([])
        expect(state).toEqual(before)
      })
    )
  })

  it("answers a repeated key with the first outcome and does nothing, and another command under it with a conflict", () => {
    check(
      fc.property(batches, (history) => {
        const outcomes = new Map<string, { command: string; outcome: string }>()
        for (const { batch, folded } of play(history).batches) {
          for (const [index, { command, key }] of batch.entries()) {
            const answer = folded.answers[index]
            if (key === null || answer === undefined) continue
            const known = outcomes.get(key)
            const print = JSON.stringify(sorted(command))
            if (known === undefined) {
              if (Result.isFailure(answer)) expect(answer.failure._tag).not.toBe("IdempotencyConflict")
              else outcomes.set(key, { command: print, outcome: JSON.stringify({ ...answer.success, replayed: true }) })
            } else if (known.command === print) {
              expect(JSON.stringify(Result.getOrThrow(answer))).toBe(known.outcome)
            } else {
              expect(Result.isFailure(answer) ? answer.failure._tag : "").toBe("IdempotencyConflict")
            }
          }
        }
      })
    )
  })

  it("raises one low-stock alert per crossing, and clears each at most once", () => {
    check(
      fc.property(batches, (history) => {
        const open = new Map<string, boolean>()
        for (const { folded } of play(history).batches) {
          for (const { event } of folded.events) {
            if (event._tag !== "LowStockRaised" && event._tag !== "LowStockCleared") continue
            const raised = event._tag === "LowStockRaised"
            const scope = `${event.item}/${event.variation}/${event.location}`
            expect(open.get(scope) ?? false).toBe(!raised)
            open.set(scope, raised)
            if (raised) expect(event.available).toBeLessThanOrEqual(event.threshold)
            else if (event.threshold !== null) expect(event.available).toBeGreaterThan(event.threshold)
          }
        }
      })
    )
  })

  it("can be replayed to any point of its ledger", () => {
    check(
      fc.property(batches, fc.nat(), (history, seed) => {
        const { ledger, oracle } = play(history)
        const until = ledger.length === 0 ? 0 : seed % (ledger.length + 1)
        const partial = new Oracle(places)
        for (const movement of ledger.slice(0, until)) partial.post(movement)
        for (const leaf of replay(ledger.slice(0, until).filter(({ item }) => item === 1))) {
          const { variation, batch, location } = leaf
          expect(leaf.available).toBe(partial.books.get(`1/${location}/${variation}/${batch}`)?.units.available ?? 0)
        }
        expect(oracle.movements).toEqual(ledger)
      })
    )
  })

  it("keeps the time of an item from going back when the store's clock does", () => {
    const receive = { _tag: "Receive", organization: 1, lines: [{ item: 1, quantity: 1 }] }
    const { ledger } = play([
      { wait: 500, steps: [{ command: receive }] },
      { wait: -300, steps: [{ command: receive }] }
    ])
    expect(ledger.map(({ at }) => at)).toEqual([1500, 1500])
  })

  it("never expires a hold early, and lets an expired one block nobody", () => {
    check(
      fc.property(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 0, max: 200 }), (expiresIn, wait) => {
        const reserve = (reference: string) => ({
          _tag: "Reserve",
          organization: 1,
          reference,
          expiresIn,
          lines: [{ item: 1, quantity: 3 }]
        })
        const receive = { _tag: "Receive", organization: 1, lines: [{ item: 1, quantity: 3 }] }
        const { batches } = play([
          { wait: 0, steps: [{ command: receive }, { command: reserve("first") }] },
          { wait, steps: [{ command: reserve("second") }] }
        ])
        const second = batches[1]?.folded.answers[0]
        expect(second !== undefined && Result.isSuccess(second)).toBe(wait >= expiresIn)
      })
    )
  })
})

const answersOf = (played: Played) =>
  played.batches.flatMap(({ folded }) =>
    folded.answers.map((answer) =>
      Result.isSuccess(answer)
        ? answer.success.items.map(({ item, ...levels }) => ({ item, ...levels }))
        : answer.failure._tag
    )
  )

const levelsOf = (state: StockState) =>
  Array.from(state.items.values(), ({ item, leaves }) => [
    item,
    Array.from(leaves.values(), ({ key, ...levels }) => [
      leafName(key.location, key.variation, key.batch),
      levels
    ]).sort()
  ])
