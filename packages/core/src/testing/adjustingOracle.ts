import type { SingleCommand } from "../stock/Command.ts"
import type { Movement } from "../stock/Movement.ts"
import type { Outcome } from "../stock/Outcome.ts"
import type { Rejection } from "../stock/Rejection.ts"
import { Broken, expectSame, nameOf, type Oracle } from "./Oracle.ts"

/** Of each movement, what the ledger says came back of it. */
export interface Reversals {
  readonly returned: Map<number, number>
  readonly corrected: Map<number, number>
}

/** Takes what a movement says it brings back or takes back into the books: never more than went, never twice. */
export const postReversal = (oracle: Oracle, movement: Movement): void => {
  const { returned, corrected } = oracle.reversals
  const returns = movement.details?.returns
  if (returns !== undefined) {
    const original = find(oracle, returns)
    if (original.to !== "customer" || movement.from !== "customer" || original.item !== movement.item) {
      throw new Broken(`Movement ${movement.id} does not bring back what ${returns} sold`)
    }
    const units = (returned.get(returns) ?? 0) + movement.quantity
    if (units > original.quantity) throw new Broken(`${units} of ${original.quantity} came back of ${returns}`)
    if (corrected.has(returns)) throw new Broken(`A return of ${returns}, which was taken back`)
    returned.set(returns, units)
  }
  const corrects = movement.details?.corrects
  if (corrects === undefined) return
  const original = find(oracle, corrects)
  if (corrected.has(corrects)) throw new Broken(`Movement ${corrects} was taken back twice`)
  if ((returned.get(corrects) ?? 0) > 0) throw new Broken(`Movement ${corrects} was taken back after a return`)
  expectSame(movement.quantity, original.quantity, `what took movement ${corrects} back`)
  if (JSON.stringify([movement.from, movement.to]) !== JSON.stringify([original.to, original.from])) {
    throw new Broken(`Movement ${movement.id} does not go the way back of ${corrects}`)
  }
  corrected.set(corrects, movement.id)
  const of = original.details?.returns
  if (of !== undefined) returned.set(of, (returned.get(of) ?? 0) - original.quantity)
}

/** What an accepted command of these kinds must have moved. The books are as they were before it. */
export const judgeAdjusting = (oracle: Oracle, command: SingleCommand, { movements }: Outcome): void => {
  const moved = (item: number) =>
    movements.filter((movement) => movement.item === item).reduce((sum, { quantity }) => sum + quantity, 0)
  const all = (from: string, to: string) => {
    for (const movement of movements) {
      if (nameOf(movement.from) === from && nameOf(movement.to) === to) continue
      throw new Broken(`Movement ${movement.id} of ${command._tag} is not from ${from} to ${to}`)
    }
  }
  switch (command._tag) {
    case "Quarantine":
    case "Restore":
    case "WriteOff":
      if (command._tag === "Quarantine") all("available", "quarantined")
      else if (command._tag === "Restore") all("quarantined", "available")
      else all(command.from, "loss")
      for (const { item } of command.lines) {
        const asked = command.lines.filter((line) => line.item === item).reduce((sum, line) => sum + line.quantity, 0)
        expectSame(moved(item), asked, `${command._tag} of ${item}`)
      }
      return
    case "WriteOffAll": {
      const there = oracle.units(command, "available") + oracle.units(command, "quarantined")
      expectSame(moved(command.item), there, "all that is written off")
      expectSame(oracle.units(command, "reserved") + oracle.units(command, "committed"), 0, "what is held of it")
      return
    }
    case "Return": {
      const back = movements.filter((movement) => movement.from === "customer")
      expectSame(back.length, command.lines.length, "lines that came back")
      for (const [index, line] of command.lines.entries()) {
        const movement = back[index]
        if (movement === undefined) continue
        const wanted = "movement" in line ? line.quantity : line.quantity
        if (wanted !== undefined) expectSame(movement.quantity, wanted, "units that came back")
        expectSame(movement.details?.returns ?? 0, "movement" in line ? line.movement : 0, "what they came back of")
      }
      const lost = movements.filter((movement) => movement.to === "loss").length
      expectSame(lost, command.disposition === "scrap" ? back.length : 0, "lines scrapped")
      return
    }
    case "Reverse":
      expectSame(movements.length, 1, "movements of Reverse")
      expectSame(movements[0]?.details?.corrects ?? 0, command.movement, "the movement taken back")
      return
  }
}

/** What a refusal of these kinds must have found. */
export const judgeAdjustingRejection = (oracle: Oracle, command: SingleCommand, rejection: Rejection): void => {
  const { returned, corrected } = oracle.reversals
  switch (rejection._tag) {
    case "InsufficientQuarantine": {
      if (rejection.requested <= rejection.quarantined) throw new Broken("Refused although there was enough")
      const single = !("lines" in command) || command.lines === undefined || command.lines.length === 1
      const exactly = command._tag === "Reverse"
      const there = exactly ? oracle.unitsAt(rejection, "quarantined") : oracle.units(rejection, "quarantined")
      const named = "lines" in command && command.lines?.some((line) => "serials" in line) === true
      if (named ? rejection.quarantined > there : single && rejection.quarantined !== there) {
        throw new Broken(`Said ${rejection.quarantined} to be quarantined, not ${there}`)
      }
      return
    }
    case "StockHeld":
      for (const state of ["reserved", "committed"] as const) {
        expectSame(rejection[state], oracle.units(rejection, state), `${state} in the refusal`)
      }
      if (rejection.reserved + rejection.committed === 0) throw new Broken("Refused for holds that are none")
      return
    case "ReturnExceedsSold": {
      const { sold, line, requested, movement } = rejection
      expectSame(sold, find(oracle, movement).quantity, "units sold")
      if (line === 0 && !corrected.has(movement)) {
        expectSame(rejection.returned, returned.get(movement) ?? 0, "units returned before")
      }
      if (requested > 0 && rejection.returned + requested <= sold) throw new Broken("Refused although sold")
      return
    }
    case "AlreadyReversed":
      expectSame(rejection.by, corrected.get(rejection.movement) ?? 0, "the movement that took it back")
      return
  }
}

const find = (oracle: Oracle, id: number): Movement => {
  const found = oracle.movements.find((movement) => movement.id === id)
  if (found === undefined) throw new Broken(`There is no movement ${id}`)
  return found
}
