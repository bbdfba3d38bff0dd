import { HttpApi, OpenApi } from "effect/http-api"
import { decoding } from "../decoding.ts"
import { AuthGroup } from "./Auth.ts"
import { ProductsGroup } from "./Products.ts"
import { StockMovementsGroup } from "./StockMovements.ts"
import { StockTransfersGroup } from "./StockTransfers.ts"
import { WarehousesGroup } from "./Warehouses.ts"

/** API D: products, warehouses, stock movements and transfers, at `/api/v1`. */
export const WarehouseManagement = HttpApi.make("warehouse-management")
  .add(AuthGroup, ProductsGroup, WarehousesGroup, StockMovementsGroup, StockTransfersGroup)
  .annotateMerge(decoding)
  .annotateMerge(OpenApi.annotations({ title: "Warehouse management", version: "1.0.0" }))
