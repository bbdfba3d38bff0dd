import type { Backorder } from "../documents/Backorder.ts"
import type { Account, StockState } from "../stock/Account.ts"
import type { Command, SingleCommand } from "../stock/Command.ts"
import type { Hold } from "../stock/Hold.ts"
import type { Movement } from "../stock/Movement.ts"
import type { Outcome } from "../stock/Outcome.ts"
import type { Rejection } from "../stock/Rejection.ts"
import { judgeAdjusting, judgeAdjustingRejection, postReversal, type Reversals } from "./adjustingOracle.ts"
import { BackorderOracle } from "./BackorderOracle.ts"
import { judgeCount, judgeCountRejection } from "./countOracle.ts"
import type { OracleWorld } from "./OracleWorld.ts"
import { OrderOracle } from "./OrderOracle.ts"
import { SerialOracle } from "./SerialOracle.ts"
import { SupplyOracle } from "./SupplyOracle.ts"
import { TransferOracle } from "./TransferOracle.ts"

/** What a command was answered with. */
export type OracleAnswer =
  | { readonly _tag: "Success"; readonly success: Outcome }
  | { readonly _tag: "Failure"; readonly failure: Rejection }

interface Place {
  readonly item: number
  readonly variation?: number | null
  readonly batch?: number | null
  readonly location?: number | null
}

/** A place of stock in the oracle's books: units by "item/location/variation/batch". */
type Books = Map<string, { place: Required<Place>; units: Record<StockState, number> }>

/** A promise the library broke, in words. */
export class Broken extends Error {}

/**
 * An independent judge of answers: it keeps books of its own from the movements it is shown, and knows of each kind
 * of command what an answer must say, not how it is found. It shares no code with the rules.
 */
export class Oracle {
  readonly #world: OracleWorld

  constructor(world: OracleWorld = { parents: new Map(), unsellable: new Set() }) {
    this.#world = world
  }

  readonly books: Books = new Map()
  readonly #last = new Map<number, number>()
  readonly holds = new Map<number, Hold>()
  readonly movements: Array<Movement> = []
  readonly reversals: Reversals = { returned: new Map(), corrected: new Map() }
  readonly orders = new OrderOracle()
  readonly backorders = new BackorderOracle()
  readonly serials = new SerialOracle()
  readonly supplies = new SupplyOracle()
  readonly transfers = new TransferOracle((location, outer) => this.#wayUp(location).includes(outer))

  /** Judges one answer and takes it into the books. Throws `Broken` when a promise is broken. */
  judge(command: Command, answer: OracleAnswer): void {
    if (answer._tag === "Failure") {
      if (command._tag !== "Linked" && command._tag !== "Bulk") this.#judgeRejection(command, answer.failure)
      this.transfers.judgeRejection(answer.failure)
      if (command._tag !== "Linked" && command._tag !== "Bulk") this.supplies.judgeRejection(answer.failure)
      return
    }
    const outcome = answer.success
    if (outcome.replayed) return
    // What came in may have filled backorders in the same breath: that is judged on its own.
    const own = { ...outcome, movements: outcome.movements.filter(({ cause }) => cause !== "FillBackorder") }
    if (command._tag !== "Linked" && command._tag !== "Bulk") {
      this.#judgeMovements(command, own)
      this.transfers.judge(command, own)
      this.orders.judge(command, own)
      this.supplies.judge(command, own)
    }
    this.orders.keep(outcome, command)
    this.#keepDocuments(outcome)
    for (const movement of outcome.movements) this.post(movement)
    for (const hold of outcome.holds) this.#judgeHold(hold)
    this.backorders.judge(outcome)
    for (const levels of outcome.items) {
      for (const state of states) {
        const units = this.units({ item: levels.item }, state)
        expectSame(levels[state], units, `the ${state} units reported of item ${levels.item} after ${command._tag}`)
      }
    }
  }

  /** Takes what was stored into the books although its answers never came: only they say which command did what. */
  absorb(stored: Pick<Outcome, "movements" | "holds" | "documents">): void {
    this.#keepDocuments(stored)
    this.orders.keep(stored, { _tag: "An unanswered command" })
    for (const movement of stored.movements) this.post(movement)
    for (const hold of stored.holds) this.#judgeHold(hold)
    this.backorders.judge(stored)
  }

  #keepDocuments({ documents }: Pick<Outcome, "documents">): void {
    for (const document of documents) {
      if (document.kind === "transfer") this.transfers.keep(document)
      if (document.kind === "supply") this.supplies.keep(document)
    }
  }

  /** Units in a state under a place. */
  units(under: Place, state: StockState): number {
    let sum = 0
    for (const { place, units } of this.books.values()) if (this.#isUnder(place, under)) sum += units[state]
    return sum
  }

  /** Units in a state at a leaf alone. */
  unitsAt(leaf: Place, state: StockState): number {
    return this.books.get(`${leaf.item}/${leaf.location}/${leaf.variation}/${leaf.batch}`)?.units[state] ?? 0
  }

  /** Units that can be sold from a place: available, and nowhere closed to sale unless the place itself is. */
  sellable(under: Place): number {
    let sum = 0
    for (const { place, units } of this.books.values()) {
      const way = this.#wayUp(place.location)
      const named = under.location == null ? way.length : way.indexOf(under.location)
      const barred = way.slice(0, named).some((location) => this.#world.unsellable.has(location))
      if (this.#isUnder(place, under) && !barred) sum += units.available
    }
    return sum
  }

  /** A location and all it is a part of, innermost first. */
  #wayUp(location: number | null | undefined): Array<number> {
    const way: Array<number> = []
    for (let at = location ?? undefined; at !== undefined; at = this.#world.parents.get(at)) way.push(at)
    return way
  }

  #isUnder(place: Place, under: Place): boolean {
    return (
      place.item === under.item &&
      (under.location == null || this.#wayUp(place.location).includes(under.location)) &&
      (under.variation == null || place.variation === under.variation) &&
      (under.batch == null || place.batch === under.batch)
    )
  }

  /** Takes a movement into the books; no state may fall below zero at any point. */
  post(movement: Movement): void {
    if (!Number.isSafeInteger(movement.quantity) || movement.quantity < 1) {
      throw new Broken(`Movement ${movement.id} has quantity ${movement.quantity}`)
    }
    // Of each item: what happens to others meanwhile may have ids of another process.
    const last = this.#last.get(movement.item) ?? 0
    if (movement.id <= last) throw new Broken(`Movement ${movement.id} after ${last}`)
    this.#last.set(movement.item, movement.id)
    this.movements.push(movement)
    postReversal(this, movement)
    this.serials.post(movement)
    this.#account(movement, movement.from, -movement.quantity)
    this.#account(movement, movement.to, movement.quantity)
    const item = { item: movement.item }
    expectSame(movement.availableAfter, this.units(item, "available"), `available after movement ${movement.id}`)
    const onHand = states.reduce((sum, state) => sum + this.units(item, state), 0)
    expectSame(movement.onHandAfter, onHand, `on hand after movement ${movement.id}`)
  }

  /** Takes a fill that came ahead of a batch into the books: its movements, and the hold as it was made. */
  fill(backorder: Backorder, made: Hold, movements: ReadonlyArray<Movement>): void {
    for (const movement of movements) this.post(movement)
    const lines = made.lines.map((line) => ({ ...line, ...unsettled, reserved: line.held }))
    this.#judgeHold({ ...made, lines })
    this.backorders.fill(backorder, { ...made, lines })
  }

  /** Takes an expiry that came ahead of a batch into the books. It must not come early. */
  expire(movement: Movement): void {
    if (movement.cause === "BatchExpired") return this.#expireBatch(movement)
    this.post(movement)
    const hold = this.holds.get(movement.hold ?? 0)
    if (hold === undefined) throw new Broken(`Movement ${movement.id} expires an unknown hold`)
    if (hold.expiresAt === null || movement.at < hold.expiresAt) throw new Broken(`Hold ${hold.id} expired early`)
    const lines = hold.lines.map((line) => {
      const from = movement.from
      if (typeof from === "string" || !sameLeaf(line, { ...from, item: movement.item })) return line
      if (line.reserved !== movement.quantity) return line
      return { ...line, reserved: 0, expired: line.expired + movement.quantity }
    })
    this.holds.set(hold.id, { ...hold, lines })
  }

  #expireBatch(movement: Movement): void {
    const { from, to, at } = movement
    if (typeof from === "string" || nameOf(from) !== "available" || nameOf(to) !== "quarantined") {
      throw new Broken(`Movement ${movement.id} expires no available stock`)
    }
    const expiry = this.#world.expiries?.get(from.batch ?? 0)
    if (expiry === undefined || at < expiry) throw new Broken(`Batch ${from.batch} expired early`)
    const leaf = this.books.get(`${movement.item}/${from.location}/${from.variation}/${from.batch}`)
    expectSame(movement.quantity, leaf?.units.available ?? 0, "all of an expired batch")
    this.post(movement)
  }

  /** Nothing waits for stock that is there, unless nobody can say which of its units. */
  judgeWaiting(): void {
    for (const backorder of this.backorders.waiting()) {
      if (this.serials.count(backorder.item) > 0) continue
      const there = Math.min(this.sellable(backorder), this.units({ item: backorder.item }, "available"))
      expectSame(Math.max(0, there), 0, `units that backorder ${backorder.id} waits for`)
    }
  }

  /** Nothing of an expired batch is available, of these items or of any. */
  judgeBatches(now: number, items?: ReadonlySet<number>): void {
    for (const [batch, expiry] of this.#world.expiries ?? []) {
      if (expiry > now) continue
      for (const { place, units } of this.books.values()) {
        if (items?.has(place.item) === false) continue
        if (place.batch === batch) expectSame(units.available, 0, `available of expired batch ${batch}`)
      }
    }
  }

  #account(movement: Movement, account: Account, quantity: number): void {
    if (typeof account === "string") return
    const place = { ...account, item: movement.item }
    const name = `${place.item}/${place.location}/${place.variation}/${place.batch}`
    const row = this.books.get(name) ?? { place, units: { available: 0, reserved: 0, committed: 0, quarantined: 0 } }
    this.books.set(name, row)
    row.units[account.state] += quantity
    if (row.units[account.state] < 0) throw new Broken(`Movement ${movement.id} takes ${account.state} below zero`)
  }

  #judgeMovements(command: SingleCommand, outcome: Outcome): void {
    const to = (account: string) => outcome.movements.filter((movement) => nameOf(movement.to) === account)
    const from = (state: string) => outcome.movements.filter((movement) => nameOf(movement.from) === state)
    const total = (movements: ReadonlyArray<Movement>, item: number) =>
      movements.filter((movement) => movement.item === item).reduce((sum, { quantity }) => sum + quantity, 0)
    const asked = (lines: ReadonlyArray<{ readonly item: number; readonly quantity: number }>, item: number) =>
      lines.filter((line) => line.item === item).reduce((sum, { quantity }) => sum + quantity, 0)
    judgeAdjusting(this, command, outcome)
    judgeCount(this, command, outcome)
    switch (command._tag) {
      case "Receive":
      case "Issue":
      case "Reserve":
        for (const { item } of command.lines) {
          const short = outcome.shortfalls
            .filter((each) => each.item === item)
            .reduce((sum, { requested, reserved }) => sum + requested - reserved, this.backorders.placed(outcome, item))
          expectSame(total(outcome.movements, item), asked(command.lines, item) - short, `${command._tag} of ${item}`)
          if (command._tag === "Receive") continue
          expectSame(total(from("available"), item), total(outcome.movements, item), "units taken from available")
        }
        for (const { line, reserved } of outcome.shortfalls) {
          const wanted = command.lines[line]
          if (wanted === undefined || command._tag !== "Reserve" || command.mode !== "bestEffort") {
            throw new Broken("A shortfall without a best-effort line")
          }
          if (command.lines.length === 1) expectSame(reserved, this.sellable(wanted), "a best effort")
        }
        return
      case "Adjust":
        for (const { item } of command.lines) {
          const wanted = command.lines.filter((line) => line.item === item).reduce((sum, { delta }) => sum + delta, 0)
          const done = total(from("adjustment"), item) - total(from("available"), item)
          expectSame(done, wanted, `Adjust of ${item}`)
        }
        return
      case "Set": {
        const delta = total(from("adjustment"), command.item) - total(from("available"), command.item)
        expectSame(this.units(command, "available") + delta, command.quantity, "Set")
        return
      }
      case "ReleaseAnonymous": {
        const released = total(from("reserved"), command.item)
        const held = Array.from(this.holds.values())
          .filter((hold) => hold.reference === null)
          .flatMap((hold) => hold.lines)
          .filter((line) => this.#isUnder(line, command))
          .reduce((sum, { reserved }) => sum + reserved, 0)
        expectSame(released, Math.min(command.quantity, held), "units released from anonymous holds")
        return
      }
      case "Release":
      case "Commit":
      case "Fulfil": {
        if (command.lines === undefined) return
        for (const { item } of command.lines) {
          // What was held of an expired batch goes to quarantine, and other stock goes out in its place.
          const done = command._tag === "Fulfil" ? to("customer") : outcome.movements
          expectSame(total(done, item), asked(command.lines, item), `${command._tag} of ${item}`)
        }
        return
      }
      case "Extend":
      case "Reallocate":
        for (const state of ["reserved", "committed"]) {
          const kept = to(state).reduce((sum, { quantity }) => sum + quantity, 0)
          expectSame(
            kept,
            from(state).reduce((sum, { quantity }) => sum + quantity, 0),
            `${state} units reallocated`
          )
        }
        return
      case "CancelBackorder":
      case "PrioritizeBackorder":
      case "SetPolicy":
      case "SnoozeAlert":
      case "Open":
      case "Notify":
        expectSame(outcome.movements.length, 0, `movements of ${command._tag}`)
        return
      case "Expire":
      case "ExpireBatches":
        return
    }
  }

  #judgeHold(hold: Hold): void {
    const before = this.holds.get(hold.id)
    for (const line of hold.lines) {
      const parts = line.reserved + line.committed + line.fulfilled + line.released + line.expired
      expectSame(parts, line.held, `the parts of line ${line.line} of hold ${hold.id}`)
      const old = before?.lines.find((each) => each.line === line.line)
      if (old === undefined) continue
      for (const part of ["fulfilled", "released", "expired"] as const) {
        if (line[part] < old[part]) throw new Broken(`Hold ${hold.id} took back what was ${part}`)
      }
      expectSame(line.held, old.held, `what hold ${hold.id} held`)
    }
    this.holds.set(hold.id, hold)
  }

  #judgeRejection(command: SingleCommand, rejection: Rejection): void {
    judgeAdjustingRejection(this, command, rejection)
    judgeCountRejection(this, rejection)
    if (rejection._tag === "InsufficientStock") {
      const { item, requested, available } = rejection
      const under = { item, variation: rejection.variation, batch: rejection.batch, location: rejection.location }
      if (requested <= available) throw new Broken(`Refused ${requested} of ${available} available`)
      const lines = "lines" in command && command.lines !== undefined ? command.lines : []
      // Units that are named can be had wherever they are.
      const named = lines.some((line) => "serials" in line)
      const single = lines.length <= 1 && !named
      const sells = ["Issue", "Reserve", "PlaceOrder"].includes(command._tag) && !named
      const there = sells
        ? this.sellable(under)
        : command._tag === "Reverse" || command._tag === "CancelOrder"
          ? this.unitsAt(rejection, "available")
          : this.units(under, "available") - this.#alreadyThere(command, under)
      // Other stock than what is kept, and than other variations': less than there is.
      const elsewhere = command._tag === "Reallocate"
      if (single && !elsewhere) expectSame(available, there, `available in the refusal of ${command._tag}`)
      else if (command._tag !== "Adjust" && available > there)
        throw new Broken("More said to be available than there is")
    }
    if (rejection._tag === "ExpectationFailed" && command._tag === "Set") {
      expectSame(rejection.actual, this.units(command, "available"), "what was found instead of the expected")
      if (rejection.actual === rejection.expected) throw new Broken("Refused although as expected")
    }
    if (rejection._tag === "InsufficientHold" && rejection.held >= rejection.requested) {
      throw new Broken(`Refused ${rejection.requested} of ${rejection.held} held`)
    }
  }

  /** Units at the destination of a transfer already, where that lies within its source. */
  #alreadyThere(command: SingleCommand, under: Place): number {
    if (command._tag !== "RequestTransfer" || !this.#wayUp(command.to).includes(command.from)) return 0
    return this.units({ ...under, location: command.to }, "available")
  }

  /** Reserved and committed are what open holds and transfers hold. */
  judgeHeld(): void {
    const transferred = this.transfers.held()
    for (const state of ["reserved", "committed"] as const) {
      for (const { place, units } of this.books.values()) {
        const held = Array.from(this.holds.values())
          .flatMap((hold) => hold.lines)
          .filter((line) => sameLeaf(line, place))
          .reduce((sum, line) => sum + line[state], 0)
        const onTheWay = transferred
          .filter((line) => sameLeaf(line, place))
          .reduce((sum, line) => sum + (state === "committed" ? line.committed : 0), 0)
        expectSame(units[state], held + onTheWay, `${state} at ${JSON.stringify(place)}`)
      }
    }
  }
}

const states = ["available", "reserved", "committed", "quarantined"] as const

const unsettled = { committed: 0, fulfilled: 0, released: 0, expired: 0 }

export const nameOf = (account: Account): string => (typeof account === "string" ? account : account.state)

const sameLeaf = (a: Place, b: Place): boolean =>
  a.item === b.item && a.location === b.location && a.variation === b.variation && a.batch === b.batch

export const expectSame = (actual: number, expected: number, what: string): void => {
  if (actual !== expected) throw new Broken(`Expected ${expected} for ${what}, found ${actual}`)
}
