import type { Change } from "../../src/ledger/LedgerDriver.ts"
import type { Changes } from "../../src/store/StockDriver.ts"
import { Broken } from "../../src/testing/Oracle.ts"

/** All that was committed, in the order of the commits, and what subscribers were given of it. */
export class Feed {
  readonly #changes: Array<Change> = []
  /** Where each change is, by its id. */
  readonly #places = new Map<number, number>()
  /** So many, from the first on, were handed over at least once. */
  #delivered = 0

  committed({ movements, events }: Changes): void {
    const all: ReadonlyArray<Change> = [
      ...movements.map((movement): Change => ({ _tag: "Movement", id: movement.id, movement })),
      ...events.map((event): Change => ({ _tag: "Event", id: event.id, event }))
    ]
    for (const change of all.toSorted((a, b) => a.id - b.id)) {
      this.#places.set(change.id, this.#changes.length)
      this.#changes.push(change)
    }
  }

  /** What comes after a cursor, as `LedgerDriver.changes` answers. */
  after(cursor: string, limit: number): { readonly changes: ReadonlyArray<Change>; readonly cursor: string } {
    const from = Number(cursor)
    const changes = this.#changes.slice(from, from + limit)
    return { changes, cursor: changes.length === 0 ? cursor : String(from + changes.length) }
  }

  /** The same by ids, as a store must not: what is committed late comes before what was read. */
  afterId(cursor: string, limit: number): { readonly changes: ReadonlyArray<Change>; readonly cursor: string } {
    const later = this.#changes.filter(({ id }) => id > Number(cursor)).sort((a, b) => a.id - b.id)
    const changes = later.slice(0, limit)
    return { changes, cursor: String(changes.at(-1)?.id ?? cursor) }
  }

  /** Everything that was committed, and nothing else, is handed over, after all that was committed before it. */
  deliver(changes: ReadonlyArray<Change>): void {
    for (const change of changes) {
      const place = this.#places.get(change.id)
      const known = place === undefined ? undefined : this.#changes[place]
      if (place === undefined || known === undefined) throw new Broken(`Change ${change.id} was never committed`)
      if (known !== change && JSON.stringify(known) !== JSON.stringify(change)) {
        throw new Broken(`Change ${change.id} is not what was committed`)
      }
      if (place > this.#delivered) throw new Broken(`Change ${change.id} comes before what was committed before it`)
      if (place === this.#delivered) this.#delivered += 1
    }
  }

  get hasMore(): boolean {
    return this.#delivered < this.#changes.length
  }
}
