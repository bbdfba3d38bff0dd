import { HttpApi, OpenApi } from "effect/http-api"
import { decoding } from "../decoding.ts"
import { AuthGroup } from "./Auth.ts"
import { CategoriesGroup } from "./Categories.ts"
import { CustomersGroup } from "./Customers.ts"
import { DashboardGroup } from "./Dashboard.ts"
import { HealthGroup } from "./Health.ts"
import { IncomingOrdersGroup } from "./IncomingOrders.ts"
import { OutgoingOrdersGroup } from "./OutgoingOrders.ts"
import { ProductsGroup } from "./Products.ts"
import { StocksGroup } from "./Stocks.ts"
import { SuppliersGroup } from "./Suppliers.ts"

/** API E: products, categories, stock entries, orders, customers and suppliers, at `/`. */
export const InventoryFlow = HttpApi.make("inventoryflow")
  .add(
    HealthGroup,
    AuthGroup,
    CategoriesGroup,
    ProductsGroup,
    CustomersGroup,
    SuppliersGroup,
    StocksGroup,
    IncomingOrdersGroup,
    OutgoingOrdersGroup,
    DashboardGroup
  )
  .annotateMerge(decoding)
  .annotateMerge(OpenApi.annotations({ title: "InventoryFlow", version: "1.0.0" }))
