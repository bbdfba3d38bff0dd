import { isStockbookError } from "@stockbook/adapter-sqlite"
import { json, type Response, Router } from "express"
import type { Shop } from "./shop.ts"

/** Checking out, looking at an order, shipping it. */
export const checkout = ({ inventory, orders, userOf, cartTime }: Shop): Router => {
  const router = Router()

  // The client numbers its order, so that asking again after a lost answer is the same order.
  router.put("/orders/:id", json(), async (request, response) => {
    const user = userOf(request)
    if (user === null) return refuse(response, 401, "Unauthorized", "Who are you?")
    const id = request.params.id
    const lines = await linesOf(request.body)
    if (lines === null) return refuse(response, 422, "InvalidOrder", "lines: 1 to 1000 of sku and quantity.")
    if ((orders.get(id)?.user ?? user.id) !== user.id) return refuse(response, 404, "UnknownOrder", "No such order.")

    // All lines or none; what is not paid in time goes back by itself.
    await inventory.reserve({ reference: id, actor: user.id, lines, expiresIn: cartTime })
    orders.add({ id, user: user.id, status: "awaiting payment", hold: id })
    const order = orders.get(id)
    if (order?.user !== user.id) return refuse(response, 404, "UnknownOrder", "No such order.")
    response.status(201).json(order)
  })

  router.get("/orders/:id", (request, response) => {
    const user = userOf(request)
    if (user === null) return refuse(response, 401, "Unauthorized", "Who are you?")
    const order = orders.get(request.params.id)
    if (order === null || (user.role === "customer" && order.user !== user.id)) {
      return refuse(response, 404, "UnknownOrder", "No such order.")
    }
    response.json(order)
  })

  router.post("/orders/:id/ship", async (request, response) => {
    const user = userOf(request)
    if (user?.role !== "staff") return refuse(response, user === null ? 401 : 403, "Forbidden", "Staff only.")
    const order = orders.get(request.params.id)
    if (order === null) return refuse(response, 404, "UnknownOrder", "No such order.")
    if (order.status !== "paid") return refuse(response, 409, "NotPaid", `The order is ${order.status}.`)
    // Under a key of its own: shipped once, however often the button is pressed.
    await inventory.fulfil({ hold: { reference: order.hold }, actor: user.id }, { idempotencyKey: `ship/${order.id}` })
    orders.change(order, "shipped")
    response.json(orders.get(order.id))
  })

  const linesOf = async (body: unknown) => {
    const asked: unknown = typeof body === "object" && body !== null && "lines" in body ? body.lines : null
    if (!Array.isArray(asked) || asked.length === 0 || asked.length > 1000) return null
    const lines: Array<{ readonly item: number; readonly quantity: number }> = []
    for (const line of asked) {
      const item = typeof line?.sku === "string" ? await inventory.items.bySku(line.sku) : null
      if (item === null || !Number.isSafeInteger(line.quantity) || line.quantity < 1) return null
      lines.push({ item: item.id, quantity: line.quantity })
    }
    const [first, ...others] = lines
    return first === undefined ? null : ([first, ...others] as const)
  }
  return router
}

export const refuse = (response: Response, status: number, code: string, message: string): void =>
  void response.status(status).json({ code, message })

/** A refusal of the engine in the shop's words; all else is a fault. */
export const refusal = (error: unknown, response: Response): boolean => {
  if (!isStockbookError(error)) return false
  switch (error.code) {
    case "InsufficientStock":
      response.status(409).json({ code: "SoldOut", available: error.available, requested: error.requested })
      return true
    case "Overloaded":
      response.status(503).set("retry-after", "1").json({ code: error.code })
      return true
    case "ReferenceConflict":
      response.status(409).json({ code: "OtherOrder", message: "Another order has this number." })
      return true
    default:
      return false
  }
}
