import { type Brand, Catalog, type Category, type Unit } from "@stockbook/core"
import { Effect } from "effect"
import { HttpApiBuilder } from "effect/http-api"
import { once } from "../../exchange/CurrentWrite.ts"
import { microTime } from "../../fields/Timestamp.ts"
import { acting } from "../acting.ts"
import { ifGiven } from "./fields.ts"
import { partOf } from "./paging.ts"
import { refuse } from "./refusal.ts"
import { withData, withMessage } from "./replies.ts"
import { ThreeLevelInventory } from "./ThreeLevelInventory.ts"

const times = ({ createdAt, updatedAt }: Category | Brand | Unit) => ({
  created_at: microTime(createdAt),
  updated_at: microTime(updatedAt)
})

const termView = (term: Category | Brand) => ({
  id: term.id,
  name: term.name,
  description: term.description,
  ...times(term)
})

const unitView = (unit: Unit) => ({
  id: unit.id,
  name: unit.name,
  symbol: unit.symbol,
  scale: unit.scale,
  ...times(unit)
})

interface Query {
  readonly page?: number | ""
  readonly per_page?: number | ""
  readonly search?: string
}

const filterOf = (query: Query) => ({
  active: true,
  search: query.search === "" ? undefined : query.search,
  ...partOf(query)
})

const acted = acting(refuse)

export const termHandlers = HttpApiBuilder.group(
  ThreeLevelInventory,
  "three-level-inventory.terms",
  Effect.fnUntraced(function* (handlers) {
    const catalog = yield* Catalog
    return handlers.handleAll({
      categories: acted(({ organization }, { query }) =>
        Effect.map(catalog.terms("category", { organization, ...filterOf(query) }), ({ rows }) =>
          withData(rows.map(termView))
        )
      ),
      brands: acted(({ organization }, { query }) =>
        Effect.map(catalog.terms("brand", { organization, ...filterOf(query) }), ({ rows }) =>
          withData(rows.map(termView))
        )
      ),
      units: acted(({ organization }, { query }) =>
        Effect.map(catalog.terms("unit", { organization, ...filterOf(query) }), ({ rows }) =>
          withData(rows.map(unitView))
        )
      ),
      createCategory: acted(({ organization }, { payload }) =>
        Effect.gen(function* () {
          const { name, description } = payload
          const term = { name, ...ifGiven("description", description) }
          const made = yield* catalog.createTerm("category", organization, term, yield* once())
          return withMessage("Category created successfully", termView(made))
        })
      ),
      createBrand: acted(({ organization }, { payload }) =>
        Effect.gen(function* () {
          const { name, description } = payload
          const term = { name, ...ifGiven("description", description) }
          const made = yield* catalog.createTerm("brand", organization, term, yield* once())
          return withMessage("Brand created successfully", termView(made))
        })
      ),
      createUnit: acted(({ organization }, { payload }) =>
        Effect.gen(function* () {
          const { name, symbol, scale } = payload
          const term = { name, ...ifGiven("symbol", symbol), ...ifGiven("scale", scale) }
          const made = yield* catalog.createTerm("unit", organization, term, yield* once())
          return withMessage("Unit created successfully", unitView(made))
        })
      )
    })
  })
)
