import { ItemId, maxPageSize, OrganizationId, StockQueries } from "@stockbook/core"
import { Effect } from "effect"
import { opening } from "./founding.ts"
import { type Change, kindAt, nameOf, type Past, type World } from "./jobs.ts"
import type { Entry } from "./Load.ts"

/** What the client knows of one caller's commands. */
interface Known {
  /** So many steps were answered, the first ones. */
  done: number
  /** What was said last of the step after those; `null` when it was not asked for. */
  open: "asked" | "lost" | "refused" | null
  /** The numbers of the answered orders, by step. */
  readonly ids: Map<number, number>
}

/** Holds an organization's stock and ledger against the client's log, round after round. */
export class Audit {
  readonly #world: World
  readonly #known: ReadonlyArray<Known>
  /** Units by what the movements say and what caused them. */
  readonly #moved = new Map<string, number>()
  #last: number | undefined
  acknowledged = 0
  repeated = 0
  /** Answers 503. */
  refused = 0

  constructor(world: World) {
    this.#world = world
    this.#known = world.callers.map(() => ({ done: 0, open: null, ids: new Map() }))
  }

  /** Takes in what the client has written, and tells what is wrong with that alone. */
  hear(entries: ReadonlyArray<Entry>): ReadonlyArray<string> {
    const wrong: Array<string> = []
    for (const entry of entries) {
      const [caller, step] = entry.name.split(".").map(Number)
      const known = this.#known[caller ?? -1]
      if (known === undefined || step === undefined) throw new Error(`No such command: ${entry.name}`)
      switch (entry.said) {
        case "repeated":
          this.repeated++
          break
        case "differs":
          wrong.push(`${entry.name}, asked again, was answered otherwise: ${entry.status} ${entry.text}`)
          break
        case "answered":
          this.acknowledged++
          known.done = step + 1
          known.open = null
          known.ids.set(step, Number(JSON.parse(entry.text).id))
          break
        case "refused":
          this.refused++
          known.open = "refused"
          if (entry.status !== 503) wrong.push(`${entry.name} was refused: ${entry.status} ${entry.text}`)
          break
        default:
          known.open = entry.said
      }
    }
    return wrong
  }

  /** Reads the store as a program of its own does, beside the service, and tells all that is wrong. */
  readonly inStore = Effect.fnUntraced(function* (this: Audit) {
    const queries = yield* StockQueries
    const organization = OrganizationId.make(this.#world.organization)
    for (;;) {
      const page = yield* queries.movements(
        { organization },
        { order: "oldest", limit: maxPageSize, after: this.#last }
      )
      for (const { id, cause, reference, note, quantity } of page) {
        this.#last = id
        const key = `${cause} ${reference ?? note}`
        this.#moved.set(key, (this.#moved.get(key) ?? 0) + quantity)
      }
      if (page.length < maxPageSize) break
    }
    const wrong: Array<string> = []
    for (const [caller, { product }] of this.#world.callers.entries()) {
      const stock = yield* queries.stock(organization, ItemId.make(product))
      if (stock === null) wrong.push(`The product of caller ${caller} is gone`)
      else wrong.push(...this.#wrongWith(caller, stock.total))
    }
    return wrong
  })

  /** What `verify` finds in the organization. */
  readonly verify = Effect.fnUntraced(function* (this: Audit) {
    const queries = yield* StockQueries
    const { differences } = yield* queries.verify(OrganizationId.make(this.#world.organization))
    return differences.map((difference) => `verify: ${JSON.stringify(difference)}`)
  })

  #wrongWith(caller: number, found: Change): ReadonlyArray<string> {
    const known = this.#known[caller]
    if (known === undefined) return []
    const wrong: Array<string> = []
    const sum: { -readonly [state in keyof Change]: number } = { available: opening, reserved: 0, committed: 0 }
    const add = ({ change }: { readonly change: Change }) => {
      for (const state of states) sum[state] += change[state]
    }
    for (let step = 0; step < known.done; step++) {
      add(kindAt(step))
      const units = this.#unitsOf(caller, step, known)
      if (units !== null && units !== 1) wrong.push(`${nameOf(caller, step)} was answered and is there ${units} times`)
    }
    const before = { ...sum }
    const next = kindAt(known.done)
    add(next)
    const isBefore = same(found, before)
    const isAfter = known.open !== null && same(found, sum)
    if (!isBefore && !isAfter) {
      wrong.push(
        `Caller ${caller} did ${known.done} commands, the next was ${known.open ?? "not asked"}: its stock should be ${JSON.stringify(before)} and is ${JSON.stringify(found)}`
      )
    }
    const units = this.#unitsOf(caller, known.done, known)
    const moves = !same(before, sum)
    if (units !== null && units !== 0 && (known.open === null || units !== 1 || (moves && !isAfter))) {
      wrong.push(`${nameOf(caller, known.done)} was ${known.open ?? "not asked"} and is there ${units} times`)
    }
    return wrong
  }

  /** How often the ledger has the movements of a command; `null` where nobody can tell. */
  #unitsOf(caller: number, step: number, { ids }: Known): number | null {
    const { mark } = kindAt(step)
    if (mark === null) return null
    const past: Past = { name: (ago) => nameOf(caller, step - ago), id: (ago) => ids.get(step - ago) ?? 0 }
    const said = mark.said(nameOf(caller, step), past, ids.get(step) ?? null)
    return said === null ? null : (this.#moved.get(`${mark.cause} ${said}`) ?? 0) / mark.quantity
  }
}

const states = ["available", "reserved", "committed"] as const

const same = (a: Change, b: Change): boolean => states.every((state) => a[state] === b[state])
