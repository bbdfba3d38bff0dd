import type { Partner } from "@stockbook/core"
import { Schema } from "effect"
import { textOf } from "../../fields/Text.ts"
import { contactFields, contactOf, contactView, contactViewOf } from "./Contact.ts"

/** `POST /suppliers/`. */
export const SupplierForm = Schema.Struct({ name: textOf(1, 255), ...contactFields }).annotate({
  examples: [{ name: "Supplier A", phone_number: "+44 20 7946 0001", email: "orders@supplier-a.example.com" }]
})

/** `PUT /suppliers/{id}`: only the fields given change. */
export const SupplierPatch = Schema.Struct({ name: Schema.optionalKey(textOf(1, 255)), ...contactFields }).annotate({
  examples: [{ email: "sales@supplier-a.example.com" }]
})

export const SupplierView = Schema.Struct({ ...contactView, name: Schema.NullOr(Schema.String) })

/** A supplier as its orders show it. */
export const SupplierSummary = Schema.Struct({ id: Schema.Int, name: Schema.NullOr(Schema.String) })

export const supplierSummary = ({ id, name }: Partner): typeof SupplierSummary.Type => ({ id, name })

export const supplierView = (supplier: Partner): typeof SupplierView.Type => ({
  ...contactViewOf(supplier),
  ...supplierSummary(supplier)
})

/** The fields of a form, as the catalogue names them; those left out are left out. */
export const supplierFields = ({ name, ...contact }: typeof SupplierPatch.Type) => ({
  ...(name === undefined ? {} : { name }),
  ...contactOf(contact)
})
