import type { Partner } from "@stockbook/core"
import { Schema } from "effect"
import { textOf } from "../../fields/Text.ts"
import { contactFields, contactOf, contactView, contactViewOf } from "./Contact.ts"

/** `POST /customers/`. */
export const CustomerForm = Schema.Struct({
  first_name: textOf(1, 255),
  last_name: textOf(1, 255),
  ...contactFields
}).annotate({
  examples: [
    {
      first_name: "Jane",
      last_name: "Smith",
      phone_number: "+44 20 7946 0000",
      email: "jane.smith@example.com",
      address: "1 High Street"
    }
  ]
})

/** `PUT /customers/{id}`: only the fields given change. */
export const CustomerPatch = Schema.Struct({
  first_name: Schema.optionalKey(textOf(1, 255)),
  last_name: Schema.optionalKey(textOf(1, 255)),
  ...contactFields
}).annotate({ examples: [{ address: "2 High Street" }] })

const name = { first_name: Schema.NullOr(Schema.String), last_name: Schema.NullOr(Schema.String) }

export const CustomerView = Schema.Struct({ ...contactView, ...name })

/** A customer as its orders show it. */
export const CustomerSummary = Schema.Struct({ id: Schema.Int, ...name })

export const customerSummary = ({ id, firstName, lastName }: Partner): typeof CustomerSummary.Type => ({
  id,
  first_name: firstName,
  last_name: lastName
})

export const customerView = (customer: Partner): typeof CustomerView.Type => ({
  ...contactViewOf(customer),
  ...customerSummary(customer)
})

/** The fields of a form, as the catalogue names them; those left out are left out. */
export const customerFields = ({ first_name, last_name, ...contact }: typeof CustomerPatch.Type) => ({
  ...(first_name === undefined ? {} : { firstName: first_name }),
  ...(last_name === undefined ? {} : { lastName: last_name }),
  ...contactOf(contact)
})
