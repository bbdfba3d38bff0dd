import type { ItemId } from "../catalog/Item.ts"
import type { LocationId } from "../catalog/Location.ts"
import type { Account } from "../stock/Account.ts"
import type { Line, SingleCommand } from "../stock/Command.ts"
import type { Movement } from "../stock/Movement.ts"
import { Quantity } from "../stock/Quantity.ts"
import type { Rejection } from "../stock/Rejection.ts"
import { DuplicateSerial, NotSerialTracked, SerialNotThere, SerialsRequired } from "../stock/rejections/serials.ts"
import { type Serial, serialName } from "../stock/Serial.ts"
import { isUnder, type Selector } from "../stock/StockKey.ts"
import type { Decision } from "./Decision.ts"
import { detailsOf } from "./details.ts"
import { type PickPlan, pick, type Reach } from "./pick.ts"
import { leafName, type StockState } from "./State.ts"

/** What a line says of serials. */
interface SerialLine extends Selector {
  readonly serials?: ReadonlyArray<string> | undefined
}

/** A line, and which of the command's it is. */
export interface Numbered<L> {
  readonly line: L
  readonly index: number
}

/**
 * Lines that name serials, narrowed to where those are, one for each place: the planner takes as many units from there
 * and from nowhere else. Serials that are nowhere, or not where the line says, are looked for under the line, and not
 * found.
 */
export const atSerials = <L extends SerialLine & { readonly quantity: Quantity }>(
  state: StockState,
  lines: ReadonlyArray<L>
): ReadonlyArray<Numbered<L>> =>
  lines.flatMap((line, index) => {
    if (line.serials === undefined || line.serials.length !== line.quantity) return [{ line, index }]
    const places = Map.groupBy(line.serials, (serial) => {
      const place = state.serials.get(serialName(line.item, serial))?.place ?? null
      return place === null || !isUnder({ item: line.item, ...place }, line, state.locations)
        ? ""
        : leafName(place.location, place.variation, place.batch)
    })
    return Array.from(places.values(), (serials) => ({ line: narrowed(state, line, serials), index }))
  })

const narrowed = <L extends SerialLine & { readonly quantity: Quantity }>(
  state: StockState,
  line: L,
  serials: ReadonlyArray<string>
): L => {
  const quantity = Quantity.make(serials.length, { disableChecks: true })
  const place = state.serials.get(serialName(line.item, serials[0] ?? ""))?.place ?? null
  if (place === null || !isUnder({ item: line.item, ...place }, line, state.locations)) {
    return { ...line, serials, quantity }
  }
  const { location, variation, batch } = place
  return {
    ...line,
    serials,
    quantity,
    location,
    ...(variation === null ? {} : { variation }),
    ...(batch === null ? {} : { batch })
  }
}

/** Picks for the lines of a command, each from where its serials are. */
export const pickLines = (
  state: StockState,
  lines: ReadonlyArray<Line>,
  defaultLocation: LocationId,
  reach: Reach = "sellable"
): ReadonlyArray<PickPlan> => {
  if (lines.every((line) => line.serials === undefined)) return pick(state, lines, defaultLocation, reach)
  const numbered = atSerials(state, lines)
  const plans = pick(
    state,
    numbered.map(({ line }) => line),
    defaultLocation,
    reach
  )
  return lines.map((_, index) => {
    const own = plans.filter((_plan, at) => numbered[at]?.index === index)
    return { found: own.reduce((sum, plan) => sum + plan.found, 0), picks: own.flatMap((plan) => plan.picks) }
  })
}

type Place = Serial["place"]

const isSame = (a: Place, b: Place | undefined): boolean =>
  a?.location === b?.location && a?.variation === b?.variation && a?.batch === b?.batch

/**
 * Gives each movement of an item whose units have serials the units it moves: those the command names, or those the
 * hold or document keeps. All units that move are known, each named serial moves, and none comes in that is here.
 */
export const addSerials = (state: StockState, decision: Decision, command: SingleCommand): Rejection | null => {
  const lines = linesOf(state, command)
  const stray = lines.find(
    (line) => (line.serials?.length ?? 0) > 0 && detailsOf(state, decision, line.item).serials !== true
  )
  if (stray !== undefined) return new NotSerialTracked({ item: stray.item })
  const moving = new Map<ItemId, Units>()
  for (const [index, movement] of decision.movements.entries()) {
    const { item } = movement
    if (detailsOf(state, decision, item).serials !== true || movement.cause === "SetCosting") continue
    let units = moving.get(item)
    if (units === undefined) {
      units = new Units(state, item, lines)
      moving.set(item, units)
    }
    const taken = units.take(movement)
    if ("_tag" in taken) return taken
    decision.movements[index] = { ...movement, details: { ...movement.details, serials: taken } }
  }
  for (const { item, serials = [] } of lines) {
    const left = moving.get(item)?.unused[0] ?? (moving.has(item) ? undefined : serials[0])
    if (left !== undefined) return new SerialNotThere({ item, serial: left })
  }
  for (const units of moving.values()) decision.serials.push(...units.changed.values())
  return null
}

/** Whether a command may name serials. */
export const namesSerials = (command: SingleCommand): boolean =>
  command._tag === "Return" ||
  command._tag === "Reverse" ||
  command._tag === "ReceiveTransfer" ||
  ("lines" in command && command.lines?.some((line) => "serials" in line && line.serials !== undefined) === true)

/** In the order in which the command's movements take their units. */
const linesOf = (state: StockState, command: SingleCommand): ReadonlyArray<SerialLine> => {
  if (command._tag === "Return") {
    return command.lines.flatMap((line): ReadonlyArray<SerialLine> => {
      if (!("movement" in line)) return [line]
      const original = state.movements.get(line.movement)
      return original === undefined ? [] : [{ item: original.item, serials: line.serials }]
    })
  }
  if (command._tag === "Reverse") {
    // What it moved goes back whole.
    const original = state.movements.get(command.movement)
    return original === undefined ? [] : [{ item: original.item, serials: original.details?.serials }]
  }
  const lines = "lines" in command && command.lines !== undefined ? (command.lines as ReadonlyArray<SerialLine>) : []
  return command._tag === "ReceiveTransfer" ? [...lines, ...(command.lost ?? []), ...(command.found ?? [])] : lines
}

/** Of a batch that is not sold any more, all units go that nobody holds. */
const isLapse = ({ cause }: Movement): boolean => cause === "BatchExpired" || cause === "BatchQuarantined"

/** The units of one item while the movements of a command take them. */
class Units {
  readonly changed = new Map<string, Serial>()
  readonly unused: Array<string>
  readonly #state: StockState
  readonly #item: ItemId
  readonly #named: boolean

  constructor(state: StockState, item: ItemId, lines: ReadonlyArray<SerialLine>) {
    this.#state = state
    this.#item = item
    this.unused = lines.flatMap((line) => (line.item === item ? (line.serials ?? []) : []))
    this.#named = this.unused.length > 0
  }

  take(movement: Movement): ReadonlyArray<string> | Rejection {
    const { item, quantity, from, to } = movement
    const keeper = movement.hold ?? movement.details?.document ?? null
    const candidates = this.#named
      ? [...new Set([...this.unused, ...this.changed.keys()])]
      : isLapse(movement)
        ? this.#all()
        : this.#keptBy(keeper)
    const taken = candidates.filter((serial) => this.#fits(serial, from, keeper)).slice(0, quantity)
    if (taken.length < quantity) return this.#missing(movement, taken.length)
    for (const serial of taken) {
      const unused = this.unused.indexOf(serial)
      if (unused !== -1) this.unused.splice(unused, 1)
      const place = typeof to === "string" ? null : to
      const isKept = place !== null && (place.state === "reserved" || place.state === "committed")
      this.changed.set(serial, {
        organization: movement.organization,
        item,
        serial,
        place,
        hold: isKept ? keeper : null,
        updatedAt: movement.at
      })
    }
    return taken
  }

  #now(serial: string): Serial | undefined {
    return this.changed.get(serial) ?? this.#state.serials.get(serialName(this.#item, serial))
  }

  #fits(serial: string, from: Account, keeper: number | null): boolean {
    const now = this.#now(serial)
    const place = now?.place ?? null
    if (typeof from === "string") return place === null
    if (place === null || place.state !== from.state || !isSame(place, from)) return false
    return now?.hold === null || now?.hold === keeper
  }

  /** Those a hold or document keeps, or a movement just before this one of the same command has moved for it. */
  #keptBy(keeper: number | null): Array<string> {
    if (keeper === null) return []
    const kept = Array.from(this.#state.serials.values()).filter(
      (each) => each.item === this.#item && each.hold === keeper
    )
    const moved = Array.from(this.changed.keys())
    return [...new Set([...kept.map(({ serial }) => serial).sort(), ...moved])]
  }

  #all(): ReadonlyArray<string> {
    const loaded = Array.from(this.#state.serials.values()).filter((each) => each.item === this.#item)
    return loaded.map(({ serial }) => serial).sort()
  }

  #missing({ item, quantity, from }: Movement, found: number): Rejection {
    const wrong = this.unused.find((serial) => !this.#fits(serial, from, null))
    if (!this.#named || wrong === undefined) return new SerialsRequired({ item, required: quantity, named: found })
    return typeof from === "string"
      ? new DuplicateSerial({ item, serial: wrong })
      : new SerialNotThere({ item, serial: wrong })
  }
}
