import { type Actor, Catalog, type Location, maxPageSize } from "@stockbook/core"
import { Effect } from "effect"
import { MAIN } from "./InventoryRow.ts"
import type { Placed } from "./rowCommands.ts"

/** The locations of an organization, as texts name them: by name, by id, or `MAIN` for the default one. */
export interface Locations {
  readonly all: ReadonlyArray<Location>
  /** `null` for a text that names none. */
  readonly named: (text: string) => Placed | null
}

/** Reads all of an organization's locations: they are few beside its products. */
export const locating = Effect.gen(function* () {
  const catalog = yield* Catalog
  return Effect.fnUntraced(function* ({ organization }: Actor) {
    const all: Array<Location> = []
    while (true) {
      const { rows, total } = yield* catalog.locations({ organization, offset: all.length, limit: maxPageSize })
      all.push(...rows)
      if (rows.length === 0 || all.length >= total) break
    }
    const byName = new Map(all.map(({ name, id }) => [name, id]))
    const byId = new Map(all.map(({ id }) => [String(id), id]))
    const locations: Locations = {
      all,
      named: (text) => {
        const id = byId.get(text) ?? byName.get(text)
        return id === undefined ? (text === MAIN ? { location: null } : null) : { location: id }
      }
    }
    return locations
  })
})
