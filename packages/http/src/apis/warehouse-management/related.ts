import {
  Catalog,
  type InvalidInput,
  type ItemId,
  type LocationId,
  type OrganizationId,
  type StoreError
} from "@stockbook/core"
import { Effect } from "effect"
import { Accounts } from "../../identity/Accounts.ts"
import { type ProductView, productView } from "./Product.ts"
import { type UserView, userView } from "./UserView.ts"
import { type WarehouseView, warehouseView } from "./Warehouse.ts"

/** What rows are shown with. */
export interface Related {
  /** Where the organization's stock is on its way. */
  readonly transit: LocationId
  readonly product: (id: ItemId) => typeof ProductView.Type
  readonly warehouse: (id: LocationId) => typeof WarehouseView.Type
  readonly user: (id: number | null) => typeof UserView.Type | null
}

/** Ids of what rows are shown with; some may be named more than once. */
interface Named {
  readonly items: ReadonlyArray<ItemId>
  readonly locations: ReadonlyArray<LocationId>
  readonly users: ReadonlyArray<number | null>
}

/** Reads what the rows of one page are shown with, each thing once; deleted products and closed warehouses too. */
export const relating = Effect.gen(function* () {
  const catalog = yield* Catalog
  const accounts = yield* Accounts
  return Effect.fnUntraced(function* (
    organization: OrganizationId,
    transit: LocationId,
    { items, locations, users }: Named
  ): Effect.fn.Return<Related, StoreError | InvalidInput> {
    const slice = { organization, offset: 0, limit: 1000 }
    const [products, warehouses, people] = yield* Effect.all(
      [
        catalog.items({ ...slice, ids: [...new Set(items)] }),
        catalog.locations({ ...slice, ids: [...new Set(locations)] }),
        accounts.named(organization, users)
      ],
      { concurrency: "unbounded" }
    )
    return {
      transit,
      product: (id) => {
        const item = found(products.rows, id)
        return productView(item, item)
      },
      warehouse: (id) => warehouseView(found(warehouses.rows, id)),
      user: (id) => {
        const user = id === null ? undefined : people.get(id)
        return user === undefined ? null : userView(user)
      }
    }
  })
})

/** Whatever the ledger names is in the catalogue: nothing is ever taken out of it. */
const found = <Id, Row extends { readonly id: Id }>(rows: ReadonlyArray<Row>, id: Id): Row => {
  const row = rows.find((each) => each.id === id)
  if (row === undefined) throw new Error(`${id} is not in the catalogue`)
  return row
}
