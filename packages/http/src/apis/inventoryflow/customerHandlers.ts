import { Catalog, IdentityDriver } from "@stockbook/core"
import { Effect } from "effect"
import { HttpApiBuilder } from "effect/http-api"
import { acting } from "../acting.ts"
import { unread, unreadOrMissing } from "../refusal.ts"
import { customerFields, customerView } from "./Customer.ts"
import { InventoryFlow } from "./InventoryFlow.ts"
import { partnersOf } from "./partners.ts"
import { refusePartner } from "./refusal.ts"

const listing = acting(unread)
const reading = acting(unreadOrMissing)
const writing = acting(refusePartner)

export const customerHandlers = HttpApiBuilder.group(
  InventoryFlow,
  "inventoryflow.customers",
  Effect.fnUntraced(function* (handlers) {
    const catalog = yield* Catalog
    const partners = partnersOf("customer", catalog, yield* IdentityDriver)

    return handlers.handleAll({
      create: writing((actor, { payload }) =>
        Effect.map(partners.create(actor, customerFields(payload)), customerView)
      ),
      list: listing((actor, { query }) => Effect.map(partners.list(actor, query), (rows) => rows.map(customerView))),
      me: reading(({ organization, user }) =>
        Effect.flatMap(
          user === null ? Effect.succeed(null) : catalog.partnerOf(organization, "customer", user),
          (customer) => (customer === null ? partners.missing() : Effect.succeed(customerView(customer)))
        )
      ),
      get: reading((actor, { params }) => Effect.map(partners.find(actor, params.customer_id), customerView)),
      update: writing((actor, { params, payload }) =>
        Effect.map(partners.update(actor, params.customer_id, customerFields(payload)), customerView)
      ),
      delete: writing((actor, { params }) => partners.remove(actor, params.customer_id))
    })
  })
)
