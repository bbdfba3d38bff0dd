import { Catalog, IdentityDriver } from "@stockbook/core"
import { Effect } from "effect"
import { HttpApiBuilder } from "effect/http-api"
import { acting } from "../acting.ts"
import { unread, unreadOrMissing } from "../refusal.ts"
import { InventoryFlow } from "./InventoryFlow.ts"
import { partnersOf } from "./partners.ts"
import { refusePartner } from "./refusal.ts"
import { supplierFields, supplierView } from "./Supplier.ts"

const listing = acting(unread)
const reading = acting(unreadOrMissing)
const writing = acting(refusePartner)

export const supplierHandlers = HttpApiBuilder.group(
  InventoryFlow,
  "inventoryflow.suppliers",
  Effect.fnUntraced(function* (handlers) {
    const catalog = yield* Catalog
    const partners = partnersOf("supplier", catalog, yield* IdentityDriver)

    return handlers.handleAll({
      create: writing((actor, { payload }) =>
        Effect.map(partners.create(actor, supplierFields(payload)), supplierView)
      ),
      list: listing((actor, { query }) => Effect.map(partners.list(actor, query), (rows) => rows.map(supplierView))),
      get: reading((actor, { params }) => Effect.map(partners.find(actor, params.supplier_id), supplierView)),
      update: writing((actor, { params, payload }) =>
        Effect.map(partners.update(actor, params.supplier_id, supplierFields(payload)), supplierView)
      ),
      delete: writing((actor, { params }) => partners.remove(actor, params.supplier_id))
    })
  })
)
