import type { Notice } from "@stockbook/core"
import { describe, expect, it } from "vitest"
import { compose } from "../../src/notifications/Mail.ts"
import { builtInTemplates } from "../../src/notifications/templates.ts"

const notice = (kind: string, data: Notice["data"] = {}, to: string | null = "ann@example.org"): Notice => ({
  kind,
  to,
  reference: null,
  data,
  at: 0
})

const order = { order_id: 12, product_name: "Tea", quantity: 3, unit_price: "9.50", total_price: "28.50" }

describe("the mails of notices", () => {
  it("tell a supplier of an incoming order", () => {
    const data = {
      order_id: 7,
      product_name: "Tea",
      quantity: 40,
      unit_cost: "2.00",
      total_cost: "80.00",
      status: "pending",
      recipient_name: "Tea & Co."
    }
    expect(compose(builtInTemplates, notice("incoming_order_placed", data))).toEqual({
      to: "ann@example.org",
      subject: "New order 7: 40 × Tea",
      text: "Hello Tea & Co.,\n\nwe have placed this order with you:\n\nOrder: 7\nProduct: Tea\nQuantity: 40\nUnit cost: 2.00\nTotal cost: 80.00\nStatus: pending\n"
    })
  })

  it("tell a customer of an outgoing order, and of each status it gets", () => {
    expect(compose(builtInTemplates, notice("outgoing_order_placed", order))).toEqual({
      to: "ann@example.org",
      subject: "Your order 12: 3 × Tea",
      text: "Hello,\n\nthank you for your order:\n\nOrder: 12\nProduct: Tea\nQuantity: 3\nUnit price: 9.50\nTotal: 28.50\n"
    })
    const changed = { ...order, status: "completed", previous_status: "pending" }
    expect(compose(builtInTemplates, notice("outgoing_order_status_changed", changed))).toMatchObject({
      subject: "Your order 12 is now completed",
      text: expect.stringContaining("Status: completed\nStatus before: pending\n")
    })
  })

  it("tell of low stock", () => {
    const data = { product_id: 5, product_name: "Tea", current_quantity: 0, threshold: 3 }
    expect(compose(builtInTemplates, notice("low_stock", data))).toMatchObject({
      subject: "Low stock: Tea",
      text: expect.stringContaining("Available: 0\nThreshold: 3\n")
    })
  })

  it("keep a subject to one line", () => {
    const data = { ...order, product_name: "Tea\r\nBcc: all@example.org\u2028\u0007 & more" }
    expect(compose(builtInTemplates, notice("outgoing_order_placed", data))).toMatchObject({
      subject: "Your order 12: 3 × Tea Bcc: all@example.org & more"
    })
  })

  it.each<[string, Notice]>([
    ["no template", notice("other")],
    ["no template of an inherited name", notice("constructor")],
    ["no recipient", notice("low_stock", {}, null)],
    ["two recipients", notice("low_stock", {}, "ann@example.org,bob@example.org")],
    ["a header in the recipient", notice("low_stock", {}, "ann@example.org\r\nBcc: bob@example.org")]
  ])("are none with %s", (_, wrong) => {
    expect(typeof compose(builtInTemplates, wrong)).toBe("string")
  })

  it("are none when a host's template fails, and do not tell what it said", () => {
    const templates = {
      other: () => {
        throw new Error("hidden")
      }
    }
    expect(compose(templates, notice("other"))).toBe("the template for other failed")
  })
})
