import { isStockbookError } from "@stockbook/adapter-sqlite"
import { verifyWebhook } from "@stockbook/http"
import { Router, raw } from "express"
import { refuse } from "./checkout.ts"
import type { Order } from "./orders.ts"
import type { Shop } from "./shop.ts"

interface PaymentEvent {
  readonly id: string
  readonly type: "payment.succeeded" | "payment.failed" | "payment.cancelled"
  readonly order: string
}

/** Where the payment provider tells what became of a payment: at least once, in any order, until it is answered 2xx. */
export const payments = (shop: Shop): Router => {
  const router = Router()
  // The signature is over the body as it came, so it is not parsed before that is checked.
  router.post("/webhooks/payments", raw({ type: "application/json" }), async (request, response) => {
    const signature = request.get("payment-signature")
    if (!verifyWebhook({ secret: shop.webhookSecret, signature, body: request.body })) {
      return refuse(response, 401, "BadSignature", "Not signed by the payment provider.")
    }
    const event = eventIn(request.body)
    const order = event === null ? null : shop.orders.get(event.order)
    if (event === null || order === null) return refuse(response, 422, "UnknownEvent", "Nothing the shop knows.")
    // What fails here is answered 500, and the provider sends it again: each step below may be repeated.
    if (event.type === "payment.succeeded") await paid(shop, order, event)
    else await givenUp(shop, order, event)
    response.sendStatus(204)
  })
  return router
}

async function paid(shop: Shop, order: Order, event: PaymentEvent): Promise<void> {
  if (order.status === "paid" || order.status === "shipped" || order.status === "refund due") return
  const { inventory, orders } = shop
  const hold = { reference: order.hold }
  try {
    await inventory.commit({ hold }, { idempotencyKey: `paid/${event.id}` })
    orders.change(order, "paid")
  } catch (error) {
    if (!isStockbookError(error) || error.code !== "HoldClosed") throw error
    // Paid too late: the hold is over. Perhaps the units are still there.
    const reference = `${order.id}/late`
    const held = (await inventory.hold(hold))?.lines ?? []
    const [first, ...others] = held.map(({ item, held }) => ({ item, quantity: held }))
    if (first === undefined) throw error
    try {
      await inventory.reserve({ reference, lines: [first, ...others] })
      await inventory.commit({ hold: { reference } }, { idempotencyKey: `late/${event.id}` })
      orders.change(order, "paid", reference)
    } catch (gone) {
      if (!isStockbookError(gone) || gone.code !== "InsufficientStock") throw gone
      orders.change(order, "refund due")
    }
  }
}

async function givenUp(shop: Shop, order: Order, event: PaymentEvent): Promise<void> {
  // A cancellation that comes after the success is the provider's refund to deal with, not the stock's.
  if (order.status !== "awaiting payment") return
  try {
    await shop.inventory.release({ hold: { reference: order.hold } }, { idempotencyKey: `given up/${event.id}` })
  } catch (error) {
    if (!isStockbookError(error) || error.code !== "HoldClosed") throw error
  }
  shop.orders.change(order, "cancelled")
}

function eventIn(body: Buffer): PaymentEvent | null {
  try {
    const { id, type, order } = JSON.parse(body.toString())
    const known = type === "payment.succeeded" || type === "payment.failed" || type === "payment.cancelled"
    return known && typeof id === "string" && typeof order === "string" ? { id, type, order } : null
  } catch {
    return null
  }
}
