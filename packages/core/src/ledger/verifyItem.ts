import type { ItemId } from "../catalog/Item.ts"
import { toMillionths } from "../costs/Amount.ts"
import { replayValue, valuationOf } from "../costs/valuation.ts"
import type { StockDocument } from "../documents/Document.ts"
import { outstandingOf, stillExpected } from "../documents/Supply.ts"
import { leafName } from "../rules/State.ts"
import { stockStates } from "../stock/Account.ts"
import type { Hold } from "../stock/Hold.ts"
import { addLevels, type Balance, type Levels, noLevels, onHand } from "../stock/Levels.ts"
import type { Movement } from "../stock/Movement.ts"
import type { Serial } from "../stock/Serial.ts"
import type { StockKey } from "../stock/StockKey.ts"
import { replay } from "./asOf.ts"
import type { StoredItem } from "./LedgerDriver.ts"
import { checkOrders } from "./verifyOrders.ts"
import { checkReversals } from "./verifyReversals.ts"

/** One way in which what is stored of an item differs from what its ledger says. Units where they are quantities. */
export interface Difference {
  readonly organization: number
  readonly item: number
  /**
   * Which rule is broken: `balance` (a leaf is not the fold of its movements), `total` (the item is not the sum of
   * its leaves), `negative` (a state below zero, now or at some point of the ledger), `held` (reserved or committed
   * is not what open holds and transfers hold), `hold` (a hold's parts do not add up), `document` (a document's do not), `expected` (units expected are not what open supplies expect), `movement` (a movement no ledger may have), `running` (what a movement says
   * is left after it is not), `order` (time went back) or `cost` (layers are not what the movements brought and took; in
   * millionths where it is a value) `serial` (other units are known than are there), `reversal`
   * (what came back of a movement is not what its record says) or `ordered` (an order moved other units than it says).
   */
  readonly rule:
    | "balance"
    | "total"
    | "negative"
    | "held"
    | "hold"
    | "document"
    | "expected"
    | "movement"
    | "running"
    | "order"
    | "cost"
    | "serial"
    | "reversal"
    | "ordered"
  /** What it was found at: a leaf and state, a hold, a movement. */
  readonly at: string
  readonly expected: number
  readonly actual: number
}

/** All that is stored of one item. */
export type Everything = StoredItem & {
  readonly holds: ReadonlyArray<Hold>
  readonly documents: ReadonlyArray<StockDocument>
  readonly serials: ReadonlyArray<Serial>
  readonly movements: ReadonlyArray<Movement>
}

/** Recomputes an item from its ledger and names each difference; none means it is right. */
export const verifyItem = ({
  stock,
  balances,
  holds,
  documents,
  movements,
  serials
}: Everything): ReadonlyArray<Difference> => {
  const differences: Array<Difference> = []
  const report = (rule: Difference["rule"], at: string, expected: number, actual: number) => {
    if (expected === actual) return
    differences.push({ organization: stock.organization, item: stock.item, rule, at, expected, actual })
  }

  checkLedger(movements, Math.max(stock.negativeLimit, stock.details?.policy?.lowestFloor ?? 0), report)
  checkReversals(documents, movements, report)
  checkOrders(documents, movements, report)

  const stored = new Map(balances.map((leaf) => [nameOf(leaf), leaf]))
  const folded = new Map(replay(movements).map((leaf) => [nameOf(leaf), leaf]))
  for (const name of new Set([...stored.keys(), ...folded.keys()])) {
    for (const state of stockStates) {
      const actual = stored.get(name)?.[state] ?? 0
      report("balance", `${name} ${state}`, folded.get(name)?.[state] ?? 0, actual)
      const floor = state === "available" ? -stock.negativeLimit : 0
      report("negative", `${name} ${state}`, Math.max(actual, floor), actual)
    }
  }

  const sum = balances.reduce<Levels>(addLevels, noLevels)
  for (const state of stockStates) report("total", state, sum[state], stock[state])

  const held = heldOf(stock.item, holds, documents, report)
  for (const name of new Set([...stored.keys(), ...held.keys()])) {
    report("held", `${name} reserved`, held.get(name)?.reserved ?? 0, stored.get(name)?.reserved ?? 0)
    report("held", `${name} committed`, held.get(name)?.committed ?? 0, stored.get(name)?.committed ?? 0)
  }
  checkBackorders(stock, documents, report)
  checkSerials(stock, balances, serials, report)
  checkCosts(stock, balances, movements, report)
  report("expected", "units", expectedOf(stock.item, documents), stock.details?.expected ?? 0)
  return differences
}

/** Units of the item that open supplies still expect. */
const expectedOf = (item: ItemId, documents: ReadonlyArray<StockDocument>): number =>
  documents.reduce(
    (sum, document) =>
      document.kind === "supply"
        ? document.lines.reduce(
            (units, line) => (line.item === item ? units + stillExpected(document, line) : units),
            sum
          )
        : sum,
    0
  )

/** What open holds and transfers still hold of the item, by leaf. */
const heldOf = (
  item: ItemId,
  holds: ReadonlyArray<Hold>,
  documents: ReadonlyArray<StockDocument>,
  report: Report
): ReadonlyMap<string, { readonly reserved: number; readonly committed: number }> => {
  const held = new Map<string, { reserved: number; committed: number }>()
  const add = (leaf: StockKey, reserved: number, committed: number) => {
    if (leaf.item !== item) return
    const sums = held.get(nameOf(leaf)) ?? { reserved: 0, committed: 0 }
    held.set(nameOf(leaf), { reserved: sums.reserved + reserved, committed: sums.committed + committed })
  }
  for (const hold of holds) {
    for (const line of hold.lines) {
      const parts = line.reserved + line.committed + line.fulfilled + line.released + line.expired
      report("hold", `hold ${hold.id} line ${line.line}`, line.held, parts)
      add(line, line.reserved, line.committed)
    }
  }
  for (const document of documents) {
    if (document.kind !== "transfer") continue
    for (const line of document.lines) {
      const parts = line.committed + line.inTransit + line.received + line.lost + line.cancelled
      report("document", `transfer ${document.id} line ${line.line}`, line.quantity, parts)
      add(line, 0, line.committed)
      add({ ...line, location: document.transit }, 0, line.inTransit)
    }
  }
  return held
}

/** Each backorder's parts add up, and as many documents are attached to the item as it counts. */
const checkBackorders = (
  { item, details }: Everything["stock"],
  documents: ReadonlyArray<StockDocument>,
  report: Report
): void => {
  for (const document of documents) {
    if (document.kind !== "backorder" || document.item !== item) continue
    const { id, wanted, waiting, filled, cancelled } = document
    report("document", `backorder ${id}`, wanted, waiting + filled + cancelled)
  }
  const attached = documents.filter((document) => document.attached).length
  report("document", "attached", attached, details?.attached ?? 0)
  const expected = documents.reduce((sum, document) => sum + outstandingOf(document, item), 0)
  report("document", "expected", expected, details?.expected ?? 0)
}

type Report = (rule: Difference["rule"], at: string, expected: number, actual: number) => void

/** Of an item whose units have serials, as many are known to be at each leaf and state as there are units. */
const checkSerials = (
  { details }: Everything["stock"],
  balances: Everything["balances"],
  serials: Everything["serials"],
  report: Report
): void => {
  if (details?.serials !== true) return
  const known = new Map<string, number>()
  for (const { place } of serials) {
    if (place === null) continue
    const name = `${nameOf(place)} ${place.state}`
    known.set(name, (known.get(name) ?? 0) + 1)
  }
  for (const leaf of balances) {
    for (const state of stockStates) {
      const name = `${nameOf(leaf)} ${state}`
      report("serial", name, leaf[state], known.get(name) ?? 0)
      known.delete(name)
    }
  }
  for (const [name, count] of known) report("serial", name, 0, count)
}

/** The layers of each location are what movements brought and took, and as many units as are on hand there. */
const checkCosts = (
  { item, details }: Everything["stock"],
  balances: Everything["balances"],
  movements: ReadonlyArray<Movement>,
  report: Report
): void => {
  if (details?.costs === undefined) return
  const stored = new Map(valuationOf(item, details.costs).byLocation.map((pool) => [pool.location, pool]))
  const replayed = new Map(replayValue(item, movements).byLocation.map((pool) => [pool.location, pool]))
  for (const location of new Set([...stored.keys(), ...replayed.keys()])) {
    const [expected, actual] = [replayed, stored].map((pools) => toMillionths(pools.get(location)?.value ?? "0.00"))
    report("cost", `value at location ${location}`, Number(expected), Number(actual))
    const there = balances.filter((leaf) => leaf.location === location).reduce((sum, leaf) => sum + onHand(leaf), 0)
    report("cost", `units at location ${location}`, there, stored.get(location)?.units ?? 0)
    report("cost", `replayed units at location ${location}`, there, replayed.get(location)?.units ?? 0)
  }
}

/** Walks the ledger in order: every quantity positive, no state ever below its floor, no step back in time. */
const checkLedger = (movements: ReadonlyArray<Movement>, negativeLimit: number, report: Report): void => {
  const running = new Map<string, number>()
  let available = 0
  let onHand = 0
  let clock = 0
  for (const movement of movements) {
    const at = `movement ${movement.id}`
    if (!Number.isSafeInteger(movement.quantity) || movement.quantity < 1) {
      report("movement", at, 1, movement.quantity)
    }
    if (typeof movement.from === "string" && typeof movement.to === "string") report("movement", at, 1, 0)
    if (movement.at < clock) report("order", at, clock, movement.at)
    clock = Math.max(clock, movement.at)
    for (const [account, sign] of [
      [movement.from, -1],
      [movement.to, 1]
    ] as const) {
      if (typeof account === "string") continue
      if (account.state === "available") available += sign * movement.quantity
      onHand += sign * movement.quantity
      const name = `${leafName(account.location, account.variation, account.batch)} ${account.state}`
      const next = (running.get(name) ?? 0) + sign * movement.quantity
      running.set(name, next)
      if (next < (account.state === "available" ? -negativeLimit : 0))
        report("negative", `${name} after ${at}`, 0, next)
    }
    report("running", `${at} available`, available, movement.availableAfter)
    report("running", `${at} on hand`, onHand, movement.onHandAfter)
  }
}

const nameOf = (leaf: Pick<Balance, "location" | "variation" | "batch">): string =>
  leafName(leaf.location, leaf.variation, leaf.batch)
