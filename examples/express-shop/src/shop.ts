import type { Inventory } from "@stockbook/adapter-sqlite"
import type { Request } from "express"
import type { Orders } from "./orders.ts"
import type { User } from "./users.ts"

/** What the shop's routes share. */
export interface Shop {
  readonly inventory: Inventory
  readonly orders: Orders
  readonly userOf: (request: Request) => User | null
  /** Shared with the payment provider, which signs what it sends. */
  readonly webhookSecret: string
  /** How long stock is kept for who has not paid, milliseconds. */
  readonly cartTime: number
}
