import { Equal } from "effect"
import type { Supply } from "../documents/Supply.ts"
import type { SingleCommand } from "../stock/Command.ts"
import type { Outcome } from "../stock/Outcome.ts"
import type { Rejection } from "../stock/Rejection.ts"

/** A promise about supplies that the library broke. */
class BrokenSupply extends Error {}

/** The oracle's knowledge of supplies: what is expected of each and what came, judged by what it is shown. */
export class SupplyOracle {
  readonly #supplies = new Map<number, Supply>()

  /** Judges what a command did to supplies, before its documents are kept. */
  judge(command: SingleCommand, { movements, documents }: Outcome): void {
    if (command._tag === "ReceiveSupply") {
      const supply = documents.find((document) => document.kind === "supply")
      if (supply === undefined) throw new BrokenSupply("A receipt of no supply")
      const before = this.#supplies.get(supply.id)
      for (const [index, line] of supply.lines.entries()) {
        const asked = command.lines?.filter((each) => each.line === index).reduce((sum, each) => sum + each.quantity, 0)
        const had = before?.lines[index]?.received ?? 0
        same(line.received - had, asked ?? Math.max(0, line.quantity - had), `received of line ${index}`)
      }
      for (const item of supply.items) {
        const came = movements.filter((each) => each.item === item && each.from === "supplier")
        const received = (of: Supply | undefined) =>
          (of?.lines ?? []).filter((line) => line.item === item).reduce((sum, line) => sum + line.received, 0)
        same(
          came.reduce((sum, each) => sum + each.quantity, 0),
          received(supply) - received(before),
          `movements of item ${item}`
        )
        if (came.some(({ details }) => details?.document !== supply.id)) throw new BrokenSupply("Without document")
      }
    }
    if (command._tag === "ExpectSupply" || command._tag === "CloseSupply" || command._tag === "CancelSupply") {
      same(movements.length, 0, `movements of ${command._tag}`)
    }
  }

  /** Judges the next version of a supply, and keeps it; the last one may be answered again. */
  keep(supply: Supply): void {
    const before = this.#supplies.get(supply.id)
    if (Equal.equals(before, supply)) return
    if (before?.status === "closed" || before?.status === "cancelled") {
      throw new BrokenSupply(`Supply ${supply.id} was ${before.status} and moved on`)
    }
    for (const [index, { quantity, received }] of supply.lines.entries()) {
      if (received > most(supply, quantity)) throw new BrokenSupply(`${received} received of ${quantity} expected`)
      if (received < (before?.lines[index]?.received ?? 0)) throw new BrokenSupply("Less received than before")
    }
    const isWhole = supply.lines.every(({ quantity, received }) => received >= quantity)
    if ((supply.status === "open" && isWhole) || (supply.status === "received" && !isWhole)) {
      throw new BrokenSupply(`Supply ${supply.id} is ${supply.status}`)
    }
    this.#supplies.set(supply.id, supply)
  }

  /** More than expected is refused only beyond the tolerance. */
  judgeRejection(rejection: Rejection): void {
    if (rejection._tag !== "OverReceipt") return
    const supply = this.#supplies.get(rejection.supply)
    if (supply === undefined || rejection.received + rejection.requested <= most(supply, rejection.expected)) {
      throw new BrokenSupply(`Refused ${rejection.requested} after ${rejection.received} of ${rejection.expected}`)
    }
  }
}

const most = ({ tolerance }: Supply, quantity: number): number => {
  if (tolerance === null) return quantity
  return quantity + ("units" in tolerance ? tolerance.units : Math.floor((quantity * tolerance.percent) / 100))
}

const same = (actual: number, expected: number, what: string): void => {
  if (actual !== expected) throw new BrokenSupply(`Expected ${expected} for ${what}, found ${actual}`)
}
