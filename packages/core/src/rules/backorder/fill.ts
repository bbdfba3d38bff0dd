import type { ItemId } from "../../catalog/Item.ts"
import type { Backorder } from "../../documents/Backorder.ts"
import type { CommandOf } from "../../stock/Command.ts"
import { type Hold, HoldId } from "../../stock/Hold.ts"
import { Quantity } from "../../stock/Quantity.ts"
import { book, startBooking } from "../book.ts"
import { addCosts } from "../cost.ts"
import { contextOf, type Decision, setDetails } from "../Decision.ts"
import { evolve } from "../evolve.ts"
import { heldLine } from "../heldLine.ts"
import { pick } from "../pick.ts"
import { type StockState, scratchOf } from "../State.ts"
import { addSerials } from "../serials.ts"
import { progressed, putBackorder, queueOf } from "./progress.ts"

/**
 * Fills waiting backorders with what a decision makes available, in the same decision: by priority, then by age, each
 * as far as there is stock where it wants it. Each fill is a hold of its own, named after the order and the backorder.
 */
export const fillBackorders = (state: StockState, decision: Decision, now: number): void => {
  const items = inflowOf(state, decision)
  if (items === null) return
  const scratch = scratchOf(state)
  evolve(scratch, decision, now, null)
  for (const item of items) {
    for (const backorder of queueOf(scratch, item)) {
      const step = fill(scratch, backorder, now)
      if (step === null) continue
      evolve(scratch, step, now, null)
      append(decision, step)
    }
  }
}

/** Items of which something becomes available that something waits for; `null` when, as usual, there are none. */
const inflowOf = (state: StockState, decision: Decision): ReadonlySet<ItemId> | null => {
  let items: Set<ItemId> | null = null
  for (const { item, to } of decision.movements) {
    if (typeof to === "string" || to.state !== "available") continue
    if (state.items.get(item)?.details?.attached === undefined) continue
    items ??= new Set()
    items.add(item)
  }
  return items
}

const fill = (state: StockState, backorder: Backorder, now: number): Decision | null => {
  const { organization, item, variation, batch, location, waiting, order, id, filled, holds } = backorder
  const facts = state.organizations.get(organization)
  if (facts === undefined) return null
  const line = {
    item,
    quantity: Quantity.make(waiting, { disableChecks: true }),
    ...(variation === null ? {} : { variation }),
    ...(batch === null ? {} : { batch }),
    ...(location === null ? {} : { location })
  }
  const [plan] = pick(state, [line], facts.defaultLocation)
  if (plan === undefined || plan.found === 0) return null
  const fills = holds.length === 0 ? "" : `.${holds.length + 1}`
  const reference = `${order ?? "backorder"}/${id}${fills}`
  const command: CommandOf<"Reserve"> = { _tag: "Reserve", organization, lines: [line] }
  const booking = { ...startBooking(state, command, now, contextOf({ reference: order })), cause: "FillBackorder" }
  const { decision } = booking
  const hold = HoldId.make(decision.nextId++, { disableChecks: true })
  const lines: Array<Hold["lines"][number]> = []
  for (const picked of plan.picks) {
    lines.push(heldLine(picked, lines.length))
    book(booking, picked.leaf.key, "available", "reserved", picked.quantity, hold)
  }
  decision.holds.push({
    id: hold,
    organization,
    reference,
    fingerprint: backorder.fingerprint,
    expiresAt: null,
    createdAt: now,
    lines
  })
  const next = { waiting: waiting - plan.found, filled: filled + plan.found, holds: [...holds, hold] }
  putBackorder(decision, backorder, progressed(backorder, next, now), {
    hold,
    holdReference: reference,
    quantity: plan.found
  })
  // Where units are known one by one, those that could not be told apart are left to wait.
  if (addSerials(state, decision, command) !== null) return null
  addCosts(state, decision)
  return decision
}

const append = (decision: Decision, step: Decision): void => {
  decision.movements.push(...step.movements)
  decision.holds.push(...step.holds)
  decision.serials.push(...step.serials)
  decision.events.push(...step.events)
  for (const [item, details] of step.details ?? []) setDetails(decision, item, details)
  for (const document of step.documents) {
    const at = decision.documents.findIndex(({ id }) => id === document.id)
    if (at === -1) decision.documents.push(document)
    else decision.documents[at] = document
  }
  decision.nextId = step.nextId
}
