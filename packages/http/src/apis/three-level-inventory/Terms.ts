import { Schema } from "effect"
import { HttpApiEndpoint, HttpApiGroup, OpenApi } from "effect/http-api"
import { IntegerParam } from "../../fields/Integer.ts"
import { Text } from "../../fields/Text.ts"
import { Timestamp } from "../../fields/Timestamp.ts"
import { EnvelopeAuthorization } from "../../identity/EnvelopeAuthorization.ts"
import { operation } from "../operation.ts"
import { blankable, Name, Note } from "./fields.ts"
import { widePages } from "./paging.ts"
import { problems } from "./refusal.ts"
import { data, made } from "./replies.ts"

/** A category or brand. */
const TermView = Schema.Struct({
  id: Schema.Int,
  name: Schema.String,
  description: Schema.NullOr(Schema.String),
  created_at: Timestamp,
  updated_at: Timestamp
})

/** A unit of measure. */
const UnitView = Schema.Struct({
  id: Schema.Int,
  name: Schema.String,
  symbol: Schema.NullOr(Schema.String),
  scale: Schema.Int,
  created_at: Timestamp,
  updated_at: Timestamp
})

const query = { ...widePages, search: Schema.optionalKey(Text) }
const TermForm = Schema.Struct({ name: Name, description: blankable(Note) })
const UnitForm = Schema.Struct({
  name: Name,
  symbol: blankable(Schema.String.check(Schema.isMaxLength(20))),
  scale: blankable(Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 6 })))
})

const list = <const Id extends string, S extends Schema.Top>(id: Id, path: `/${string}`, row: S, what: string) =>
  HttpApiEndpoint.get(id, path, { query, success: data(Schema.Array(row)), error: problems }).annotateMerge(
    operation(`List all ${what}`, "read catalogue")
  )

const categories = list("categories", "/inventory_categories", TermView, "categories")
const brands = list("brands", "/inventory_brands", TermView, "brands")
const units = list("units", "/inventory_units", UnitView, "units of measure")

const createCategory = HttpApiEndpoint.post("createCategory", "/inventory_categories", {
  payload: TermForm.annotate({ examples: [{ name: "Apparel", description: "Clothes" }] }),
  success: made(TermView),
  error: problems
}).annotateMerge(operation("Create a category", "write catalogue"))

const createBrand = HttpApiEndpoint.post("createBrand", "/inventory_brands", {
  payload: TermForm.annotate({ examples: [{ name: "Acme" }] }),
  success: made(TermView),
  error: problems
}).annotateMerge(operation("Create a brand", "write catalogue"))

const createUnit = HttpApiEndpoint.post("createUnit", "/inventory_units", {
  payload: UnitForm.annotate({ examples: [{ name: "Kilogram", symbol: "kg", scale: 3 }] }),
  success: made(UnitView),
  error: problems
}).annotateMerge(operation("Create a unit of measure", "write catalogue"))

/** B's `{id}` in paths. */
export const idParam = { params: { id: IntegerParam } } as const

/** What B's inventory items are described with. */
export const TermsGroup = HttpApiGroup.make("three-level-inventory.terms")
  .add(categories, brands, units, createCategory, createBrand, createUnit)
  .middleware(EnvelopeAuthorization)
  .prefix("/api")
  .annotateMerge(OpenApi.annotations({ title: "Categories, brands and units" }))
