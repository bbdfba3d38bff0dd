import type { OpenStockbook } from "@stockbook/adapter-sqlite"
import type { Shop } from "./shop.ts"

/**
 * Marks the orders whose holds have expired. Nothing waits for it: the units could be sold from the instant the time
 * was over. It goes on where it was after a restart, and sees every change at least once.
 */
export const markExpired = (stockbook: OpenStockbook, { inventory, orders }: Shop): Promise<void> =>
  stockbook.subscribe("expired orders", async (changes) => {
    for (const change of changes) {
      if (change.type !== "Movement" || change.data.cause !== "Expire" || change.data.hold === null) continue
      const hold = await inventory.hold({ id: change.data.hold })
      const order = hold?.reference == null ? null : orders.byHold(hold.reference)
      if (order?.status === "awaiting payment") orders.change(order, "expired")
    }
  })
