import { describe, expect, it } from "vitest"
import { compose } from "../../src/notifications/Mail.ts"
import {
  incomingOrderPlaced,
  type OrderNotice,
  outgoingOrderPlaced,
  outgoingOrderStatusChanged
} from "../../src/notifications/orderNotices.ts"
import { builtInTemplates } from "../../src/notifications/templates.ts"

const recipient = { to: "ann@example.org", name: "Ann" }
const order = { product: "Tea", quantity: 3, status: "pending" }

const mailOf = ([notice]: ReadonlyArray<OrderNotice>) =>
  compose(builtInTemplates, {
    kind: notice?.kind ?? "",
    to: notice?.to ?? null,
    // The command on the order says which order it is.
    reference: "12",
    data: { ...notice?.data, order_id: 12 },
    at: 0
  })

describe("notices of orders", () => {
  it("become the mail to the supplier of an incoming order", () => {
    const notices = incomingOrderPlaced(recipient, { ...order, unitCost: "2.00", totalCost: "6.00" })
    expect(notices).toMatchObject([{ kind: "incoming_order_placed", to: "ann@example.org" }])
    expect(mailOf(notices)).toEqual({
      to: "ann@example.org",
      subject: "New order 12: 3 × Tea",
      text: "Hello Ann,\n\nwe have placed this order with you:\n\nOrder: 12\nProduct: Tea\nQuantity: 3\nUnit cost: 2.00\nTotal cost: 6.00\nStatus: pending\n"
    })
  })

  it("become the mails to the customer of an outgoing order", () => {
    const placed = outgoingOrderPlaced(recipient, { ...order, unitPrice: "9.50", totalPrice: "28.50" })
    expect(mailOf(placed)).toMatchObject({ text: expect.stringContaining("Unit price: 9.50\nTotal: 28.50\n") })
    const changed = outgoingOrderStatusChanged(recipient, { ...order, status: "completed", previousStatus: "pending" })
    expect(mailOf(changed)).toMatchObject({
      subject: "Your order 12 is now completed",
      text: expect.stringContaining("Status: completed\nStatus before: pending\n")
    })
  })

  it.each([null, "", "ann", "ann@example.org\r\nBcc: bob@example.org"])("are none for the address %j", (to) => {
    expect(outgoingOrderPlaced({ ...recipient, to }, { ...order, unitPrice: "1.00", totalPrice: "3.00" })).toEqual([])
  })
})
