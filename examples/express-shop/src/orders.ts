import { DatabaseSync } from "node:sqlite"

export type OrderStatus = "awaiting payment" | "paid" | "shipped" | "cancelled" | "expired" | "refund due"

export interface Order {
  readonly id: string
  readonly user: number
  readonly status: OrderStatus
  /** The reference of its hold. */
  readonly hold: string
}

/** The shop's own table of orders. */
export interface Orders {
  readonly add: (order: Order) => void
  readonly get: (id: string) => Order | null
  readonly byHold: (hold: string) => Order | null
  /** Changes an order that still has a status; false when it has another by now. */
  readonly change: (order: Order, to: OrderStatus, hold?: string) => boolean
  readonly close: () => void
}

export const openOrders = (filename: string): Orders => {
  const database = new DatabaseSync(filename)
  database.exec(`CREATE TABLE IF NOT EXISTS orders (
    id TEXT PRIMARY KEY, user INTEGER NOT NULL, status TEXT NOT NULL, hold TEXT NOT NULL UNIQUE) STRICT`)
  const toOrder = (row: Record<string, unknown> | undefined): Order | null =>
    row === undefined
      ? null
      : {
          id: String(row["id"]),
          user: Number(row["user"]),
          status: row["status"] as OrderStatus,
          hold: String(row["hold"])
        }
  const insert = database.prepare(
    "INSERT INTO orders (id, user, status, hold) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING"
  )
  const byId = database.prepare("SELECT * FROM orders WHERE id = ?")
  const byHold = database.prepare("SELECT * FROM orders WHERE hold = ?")
  const update = database.prepare("UPDATE orders SET status = ?, hold = ? WHERE id = ? AND status = ?")
  return {
    add: ({ id, user, status, hold }) => void insert.run(id, user, status, hold),
    get: (id) => toOrder(byId.get(id)),
    byHold: (hold) => toOrder(byHold.get(hold)),
    change: ({ id, status, hold }, to, newHold = hold) => update.run(to, newHold, id, status).changes === 1,
    close: () => database.close()
  }
}
