import { mkdirSync } from "node:fs"
import type { AddressInfo } from "node:net"
import { join } from "node:path"
import { openShop } from "./app.ts"

const folder = process.env["SHOP_FOLDER"] ?? "./shop-data"
mkdirSync(folder, { recursive: true })
const shop = await openShop({
  stockFile: join(folder, "stock.db"),
  shopFile: join(folder, "shop.db"),
  // Keys for trying it out.
  users: new Map([
    ["ada", { id: 1, role: "customer" }],
    ["ben", { id: 2, role: "customer" }],
    ["sue", { id: 3, role: "staff" }]
  ]),
  webhookSecret: process.env["WEBHOOK_SECRET"] ?? "a secret shared with the payment provider",
  cartTime: Number(process.env["CART_TIME"] ?? 15 * 60_000)
})

const server = shop.app.listen(Number(process.env["PORT"] ?? 3000), () => {
  console.log(`listening on http://localhost:${(server.address() as AddressInfo).port}`)
})

process.once("SIGTERM", close).once("SIGINT", close)
function close(): void {
  server.close(() => void shop.close())
}
