import type { Notice } from "@stockbook/core"
import type { Mail, Template, Templates } from "./Mail.ts"

/** A value of a notice as text, or nothing. */
const value = (notice: Notice, name: string): string => String(notice.data[name] ?? "")

/** A line for each value that is there, with its label. */
const table = (notice: Notice, rows: ReadonlyArray<readonly [label: string, name: string]>): string =>
  rows
    .filter(([, name]) => value(notice, name) !== "")
    .map(([label, name]) => `${label}: ${value(notice, name)}\n`)
    .join("")

const greeting = (notice: Notice): string => {
  const name = value(notice, "recipient_name")
  return name === "" ? "Hello,\n\n" : `Hello ${name},\n\n`
}

const mail = (notice: Notice, subject: string, text: string): Mail => ({
  to: notice.to ?? "",
  subject,
  text
})

const order = [
  ["Order", "order_id"],
  ["Product", "product_name"],
  ["Quantity", "quantity"],
  ["Unit cost", "unit_cost"],
  ["Total cost", "total_cost"],
  ["Unit price", "unit_price"],
  ["Total", "total_price"],
  ["Status", "status"]
] as const

const incomingOrderPlaced: Template = (notice) =>
  mail(
    notice,
    `New order ${value(notice, "order_id")}: ${value(notice, "quantity")} × ${value(notice, "product_name")}`,
    `${greeting(notice)}we have placed this order with you:\n\n${table(notice, order)}`
  )

const outgoingOrderPlaced: Template = (notice) =>
  mail(
    notice,
    `Your order ${value(notice, "order_id")}: ${value(notice, "quantity")} × ${value(notice, "product_name")}`,
    `${greeting(notice)}thank you for your order:\n\n${table(notice, order)}`
  )

const outgoingOrderStatusChanged: Template = (notice) =>
  mail(
    notice,
    `Your order ${value(notice, "order_id")} is now ${value(notice, "status")}`,
    `${greeting(notice)}the status of your order has changed:\n\n${table(notice, [
      ...order,
      ["Status before", "previous_status"]
    ])}`
  )

const lowStock: Template = (notice) =>
  mail(
    notice,
    `Low stock: ${value(notice, "product_name")}`,
    `Available stock fell to its threshold or below:\n\n${table(notice, [
      ["Product", "product_name"],
      ["Product id", "product_id"],
      ["Available", "current_quantity"],
      ["Threshold", "threshold"]
    ])}`
  )

/** The mails this package writes itself. A host's template of the same kind takes the place of one. */
export const builtInTemplates: Templates = {
  incoming_order_placed: incomingOrderPlaced,
  outgoing_order_placed: outgoingOrderPlaced,
  outgoing_order_status_changed: outgoingOrderStatusChanged,
  low_stock: lowStock
}
