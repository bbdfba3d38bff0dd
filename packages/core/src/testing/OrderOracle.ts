import type { StockDocument } from "../documents/Document.ts"
import type { Order } from "../documents/Order.ts"
import type { SingleCommand } from "../stock/Command.ts"
import type { Movement } from "../stock/Movement.ts"
import type { Outcome } from "../stock/Outcome.ts"

/** A promise about orders that the library broke. */
class BrokenOrder extends Error {}

const isOrder = (document: StockDocument | undefined): document is Order =>
  document?.kind === "incomingOrder" || document?.kind === "outgoingOrder"

/** The oracle's knowledge of orders: what each moved, judged by the documents and movements it is shown. */
export class OrderOracle {
  readonly #orders = new Map<number, Order>()
  /** Units that movements of an order brought in, less those they took out. */
  readonly #brought = new Map<number, number>()

  /** Judges what a command did to an order. */
  judge(command: SingleCommand, { documents, movements }: Outcome): void {
    if (command._tag !== "PlaceOrder" && command._tag !== "CompleteOrder" && command._tag !== "CancelOrder") return
    const [order] = documents
    if (!isOrder(order)) throw new BrokenOrder(`${command._tag} without its order`)
    if (command._tag === "CompleteOrder") return same(movements.length, 0, "movements of CompleteOrder")
    const isIn = (order.side === "incoming") === (command._tag === "PlaceOrder")
    const outside = order.side === "incoming" ? "supplier" : "customer"
    for (const { from, to, details, reference } of movements) {
      const [source, inside] = isIn ? [from, to] : [to, from]
      if (source !== outside || typeof inside === "string" || inside.batch !== order.batch) {
        throw new BrokenOrder(`${command._tag} moved something else`)
      }
      if (details?.document !== order.id || reference !== `order:${order.id}`) {
        throw new BrokenOrder("A movement without its order")
      }
    }
    const units = movements.reduce((sum, { quantity }) => sum + quantity, 0)
    same(units, order.quantity, `units of ${command._tag}`)
  }

  /** Takes an order's next version and the movements of a command into the books. */
  keep({ documents, movements }: Pick<Outcome, "documents" | "movements">, command: { readonly _tag: string }): void {
    for (const movement of movements) this.#post(movement)
    for (const order of documents) {
      if (!isOrder(order)) continue
      const before = this.#orders.get(order.id)
      if (before !== undefined && before.status !== "pending" && before.status !== order.status) {
        throw new BrokenOrder(`${command._tag} moved order ${order.id} on, which was ${before.status}`)
      }
      const sign = order.side === "incoming" ? 1 : -1
      const brought = order.status === "cancelled" ? 0 : sign * order.quantity
      same(this.#brought.get(order.id) ?? 0, brought, `units that order ${order.id} brought`)
      this.#orders.set(order.id, order)
    }
  }

  #post({ details, from, to, quantity }: Movement): void {
    const document = details?.document
    if (document === undefined) return
    const change = (typeof from === "string" ? quantity : 0) - (typeof to === "string" ? quantity : 0)
    this.#brought.set(document, (this.#brought.get(document) ?? 0) + change)
  }
}

const same = (actual: number, expected: number, what: string): void => {
  if (actual !== expected) throw new BrokenOrder(`Expected ${expected} for ${what}, found ${actual}`)
}
