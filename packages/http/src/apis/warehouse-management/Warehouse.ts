import type { Location } from "@stockbook/core"
import { Schema } from "effect"
import { optional } from "../../fields/Optional.ts"
import { textOf } from "../../fields/Text.ts"
import { isoTime, Timestamp } from "../../fields/Timestamp.ts"

const words = { location: optional(textOf(0, 10_000)), description: optional(textOf(0, 10_000)) }

/** `POST /warehouses/`; `location` is an address or a place. */
export const WarehouseForm = Schema.Struct({ name: textOf(1, 255), ...words }).annotate({
  examples: [{ name: "Main Warehouse", location: "12 Dock Road", description: "Ground floor" }]
})

/** `PUT /warehouses/{id}`: only the fields given change. */
export const WarehousePatch = Schema.Struct({
  name: Schema.optionalKey(textOf(1, 255)),
  ...words,
  is_active: Schema.optionalKey(Schema.Boolean)
}).annotate({ examples: [{ location: "14 Dock Road" }] })

export const WarehouseView = Schema.Struct({
  id: Schema.Int,
  name: Schema.String,
  location: Schema.NullOr(Schema.String),
  description: Schema.NullOr(Schema.String),
  is_active: Schema.Boolean,
  created_at: Timestamp,
  updated_at: Timestamp
})

export const warehouseView = (location: Location): typeof WarehouseView.Type => ({
  id: location.id,
  name: location.name,
  location: location.place,
  description: location.description,
  is_active: location.active,
  created_at: isoTime(location.createdAt),
  updated_at: isoTime(location.updatedAt)
})

/** The fields of a form, as the catalogue names them; those left out are left out. */
export const locationFields = (form: typeof WarehousePatch.Type) => ({
  ...(form.location === undefined ? {} : { place: form.location }),
  ...(form.description === undefined ? {} : { description: form.description })
})
