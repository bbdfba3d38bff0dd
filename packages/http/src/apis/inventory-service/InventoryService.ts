import { HttpApi, OpenApi } from "effect/http-api"
import { decoding } from "../decoding.ts"
import { InventoryGroup } from "./Inventory.ts"
import { ReservationsGroup } from "./Reservations.ts"

/** API C: what is available and reserved of each product, at `/api/v1/inventory`. */
export const InventoryService = HttpApi.make("inventory-service")
  .add(InventoryGroup, ReservationsGroup)
  .annotateMerge(decoding)
  .annotateMerge(OpenApi.annotations({ title: "Inventory service", version: "1.0.0" }))
