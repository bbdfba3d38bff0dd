import type { Endpoint } from "../world.ts"
import { I, NOBODYS } from "./subject.ts"

/** Every endpoint of API C. */
export const endpoints: ReadonlyArray<Endpoint> = [
  { method: "GET", path: I, ability: "read stock" },
  { method: "GET", path: `${I}/low-stock`, ability: "read stock" },
  { method: "GET", path: `${I}/check?product_id=1&quantity=1`, ability: "read stock" },
  { method: "GET", path: `${I}/history/${NOBODYS}`, ability: "read stock" },
  { method: "GET", path: `${I}/${NOBODYS}`, ability: "read stock" },
  {
    method: "POST",
    path: I,
    body: { product_id: NOBODYS, available_quantity: 1, reorder_threshold: 1 },
    ability: "write stock",
    malformed: [
      { product_id: 0, available_quantity: -1, reserved_quantity: 1.5, reorder_threshold: "x" },
      ["body.product_id", "body.available_quantity", "body.reserved_quantity", "body.reorder_threshold"]
    ]
  },
  {
    method: "PUT",
    path: `${I}/${NOBODYS}`,
    body: { available_quantity: 1 },
    ability: "write stock",
    malformed: [
      { available_quantity: -1, reserved_quantity: -1, reorder_threshold: -1 },
      ["body.available_quantity", "body.reserved_quantity", "body.reorder_threshold"]
    ]
  },
  {
    method: "POST",
    path: `${I}/adjust`,
    body: { product_id: NOBODYS, quantity_change: 1, reason: "counted" },
    ability: "write stock",
    malformed: [{ quantity_change: 0, reason: "no" }, ["body.product_id", "body.quantity_change", "body.reason"]]
  },
  {
    method: "POST",
    path: `${I}/reserve`,
    body: { product_id: NOBODYS, quantity: 1 },
    ability: "write stock",
    malformed: [
      { product_id: true, quantity: 0, order_id: "", expires_in: 0 },
      ["body.product_id", "body.quantity", "body.order_id", "body.expires_in"]
    ]
  },
  {
    method: "POST",
    path: `${I}/release`,
    body: { product_id: NOBODYS, quantity: 1 },
    ability: "write stock",
    malformed: [{ quantity: -1, order_id: 1.5 }, ["body.quantity", "body.order_id"]]
  },
  {
    method: "POST",
    path: `${I}/commit`,
    body: { order_id: "none" },
    ability: "write stock",
    malformed: [{}, ["body.order_id"]]
  },
  {
    method: "POST",
    path: `${I}/fulfil`,
    body: { order_id: "none" },
    ability: "write stock",
    malformed: [{}, ["body.order_id"]]
  }
]
