import { openStockbook, SqliteStore } from "@stockbook/adapter-sqlite"
import { stockbook as stockRouter } from "@stockbook/http"
import express, { type ErrorRequestHandler, type Express } from "express"
import { checkout, refusal, refuse } from "./checkout.ts"
import { markExpired } from "./expiry.ts"
import { openOrders } from "./orders.ts"
import { payments } from "./payments.ts"
import type { Shop } from "./shop.ts"
import { type User, usersOf } from "./users.ts"

export interface ShopSettings {
  /** The files of the stock and of the shop's own database. */
  readonly stockFile: string
  readonly shopFile: string
  readonly users: ReadonlyMap<string, User>
  readonly webhookSecret: string
  readonly cartTime: number
}

export interface OpenShop {
  readonly app: Express
  readonly close: () => Promise<void>
}

/** Opens the shop, and founds it when its files are new. */
export const openShop = async (settings: ShopSettings): Promise<OpenShop> => {
  const { stockFile, shopFile, users, webhookSecret, cartTime } = settings
  const stockbook = await openStockbook({ filename: stockFile, sweepEvery: 200 })
  const inventory = await founded(stockbook)
  const shop: Shop = { inventory, orders: openOrders(shopFile), userOf: usersOf(users), webhookSecret, cartTime }
  const watching = markExpired(stockbook, shop)
  const stock = stockRouter({
    store: SqliteStore.layer({ filename: stockFile }),
    log: () => {},
    authenticate: async (request) => {
      const user = shop.userOf(request)
      return user === null ? null : { user: null, organization: inventory.id, role: user.role }
    }
  })

  const app = express().disable("x-powered-by")
  app.use("/stock", stock)
  app.use(payments(shop), checkout(shop))
  const faults: ErrorRequestHandler = (error, _request, response, _next) => {
    if (refusal(error, response)) return
    console.error(error)
    refuse(response, 500, "Fault", "Please try again.")
  }
  app.use(faults)
  await stock.ready
  return {
    app,
    close: async () => {
      await stock.close()
      await stockbook.close()
      await watching
      shop.orders.close()
    }
  }
}

/** The shop's organization: the first one of its file, founded with some stock when the file is new. */
async function founded(stockbook: Awaited<ReturnType<typeof openStockbook>>) {
  const first = stockbook.organization(1)
  if ((await first.organization()) !== null) return first
  const inventory = await stockbook.createOrganization("Lamps & Co")
  const lamp = await inventory.items.create({ name: "Lamp", sku: "LAMP-1" })
  const shade = await inventory.items.create({ name: "Shade", sku: "SHADE-1" })
  await inventory.receive({
    reference: "opening",
    lines: [
      { item: lamp.id, quantity: 10 },
      { item: shade.id, quantity: 3 }
    ]
  })
  return inventory
}
