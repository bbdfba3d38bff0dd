import type { Count, CountLine } from "../documents/Count.ts"
import type { SingleCommand } from "../stock/Command.ts"
import type { Movement } from "../stock/Movement.ts"
import type { Outcome } from "../stock/Outcome.ts"
import type { Rejection } from "../stock/Rejection.ts"
import { Broken, expectSame, type Oracle } from "./Oracle.ts"

/** What an accepted command about a count must have done. The books are as they were before it. */
export const judgeCount = (oracle: Oracle, command: SingleCommand, { documents, movements }: Outcome): void => {
  const tag = command._tag
  if (tag !== "StartCount" && tag !== "RecordCount" && tag !== "PostCount" && tag !== "CancelCount") return
  const count = documents.find((document): document is Count => document.kind === "count")
  if (count === undefined) throw new Broken(`${tag} without a count`)
  if (tag !== "PostCount") expectSame(movements.length, 0, `movements of ${tag}`)
  if (tag === "CancelCount") return
  for (const line of count.lines) {
    if (count.blind && count.status === "open" && (line.expected ?? line.onHandThen ?? line.difference) !== null) {
      throw new Broken(`Count ${count.id} is blind, and shows what it expects`)
    }
  }
  if (tag === "StartCount") {
    for (const line of count.blind ? [] : count.lines) {
      expectSame(line.expected ?? -1, onHandAt(oracle, line), `expected at line ${line.line}`)
    }
    return
  }
  if (tag === "RecordCount") {
    const last = count.lines.filter(({ countedAt }) => countedAt === count.updatedAt)
    for (const { counted } of command.lines.slice(-1)) {
      if (!last.some((line) => line.counted === counted)) throw new Broken("What was counted is not in the count")
    }
    return
  }
  let units = 0
  for (const line of count.lines) {
    if (line.counted === null || line.onHandThen === null) continue
    const difference = line.counted - line.onHandThen
    expectSame(line.difference ?? 0, difference, `the difference of line ${line.line}`)
    const net = movements.reduce((sum, movement) => sum + changeAt(movement, line), 0)
    expectSame(net, difference, `what posting line ${line.line} moved`)
    if (line.moved !== 0 && command.acceptStale !== true) throw new Broken(`Line ${line.line} is stale, and was posted`)
    units += Math.abs(difference)
  }
  const moved = movements.reduce((sum, { quantity }) => sum + quantity, 0)
  expectSame(moved, units, `units moved by count ${count.id}`)
}

/** What a refusal about a count must have found. */
export const judgeCountRejection = (oracle: Oracle, rejection: Rejection): void => {
  if (rejection._tag === "StaleCountLine" && rejection.moved === 0)
    throw new Broken("A line that did not move is stale")
  if (rejection._tag !== "CountShortage") return
  const { missing, available, quarantined, reserved, committed } = rejection
  if (missing <= available + quarantined) throw new Broken("Refused although the missing units were free")
  expectSame(available, Math.max(0, oracle.unitsAt(rejection, "available")), "available at the line that is short")
  expectSame(quarantined, oracle.unitsAt(rejection, "quarantined"), "quarantined at the line that is short")
  expectSame(reserved, oracle.unitsAt(rejection, "reserved"), "reserved at the line that is short")
  expectSame(committed, oracle.unitsAt(rejection, "committed"), "committed at the line that is short")
}

type Leaf = Pick<CountLine, "item" | "location" | "variation" | "batch">

const onHandAt = (oracle: Oracle, leaf: Leaf): number => {
  const row = oracle.books.get(`${leaf.item}/${leaf.location}/${leaf.variation}/${leaf.batch}`)
  return row === undefined ? 0 : Object.values(row.units).reduce((sum, units) => sum + units, 0)
}

const changeAt = (movement: Movement, { item, location, variation, batch }: Leaf): number => {
  if (movement.item !== item) return 0
  const is = (end: Movement["from"]) =>
    typeof end !== "string" && end.location === location && end.variation === variation && end.batch === batch
  return (is(movement.to) ? movement.quantity : 0) - (is(movement.from) ? movement.quantity : 0)
}
