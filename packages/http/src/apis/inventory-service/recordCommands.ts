import type { Actor, CommandInput, StockedItem } from "@stockbook/core"
import { doneBy } from "../doneBy.ts"
import type { CreateForm, UpdateForm } from "./InventoryForms.ts"

type Linked = Extract<CommandInput, { readonly _tag: "Linked" }>
type Single = Linked["commands"][number]

/** What opens a product's record: its policy, its stock, and what of that is held for nobody in particular. */
export const openingCommand = (actor: Actor, item: StockedItem, form: typeof CreateForm.Type): Linked => {
  const by = doneBy(actor)
  const reserved = form.reserved_quantity ?? 0
  const units = form.available_quantity + reserved
  const note = "Opening stock"
  // The threshold goes first: a product without a record has not fallen below it.
  const commands: [Single, ...Array<Single>] = [
    { _tag: "SetPolicy", ...by, item: item.id, lowStockThreshold: form.reorder_threshold },
    { _tag: "Open", ...by, item: item.id }
  ]
  if (units > 0) {
    commands.push({ _tag: "Receive", ...by, note, from: "adjustment", lines: [{ item: item.id, quantity: units }] })
  }
  if (reserved > 0) commands.push({ _tag: "Reserve", ...by, note, lines: [{ item: item.id, quantity: reserved }] })
  return { _tag: "Linked", organization: actor.organization, commands }
}

/**
 * What makes a record what the form says; the fields left out stay as they are. The engine has no command that sets
 * what is reserved, so that is reached from what is there now: a change in between fails with `ExpectationFailed`,
 * expecting what `item` says is available.
 */
export const updateCommand = (actor: Actor, item: StockedItem, form: typeof UpdateForm.Type): Linked | null => {
  const by = { ...doneBy(actor), note: "Inventory update" }
  const commands: Array<Single> = []
  if (form.reorder_threshold != null) {
    commands.push({ _tag: "SetPolicy", ...by, item: item.id, lowStockThreshold: form.reorder_threshold })
  }
  if (form.reserved_quantity != null) commands.push(...reservedTo(form.reserved_quantity, by, item, form))
  else if (form.available_quantity != null) {
    commands.push({ _tag: "Set", ...by, item: item.id, quantity: form.available_quantity })
  }
  const [first, ...rest] = commands
  return first === undefined ? null : { _tag: "Linked", organization: actor.organization, commands: [first, ...rest] }
}

const reservedTo = (
  reserved: number,
  by: ReturnType<typeof doneBy> & { readonly note: string },
  { id: item, ...now }: StockedItem,
  form: typeof UpdateForm.Type
): ReadonlyArray<Single> => {
  const available = form.available_quantity ?? now.available
  const more = reserved - now.reserved
  const set = (quantity: number, expected: number): Single => ({ _tag: "Set", ...by, item, quantity, expected })
  if (more === 0) return [set(available, now.available)]
  return more > 0
    ? [set(available + more, now.available), { _tag: "Reserve", ...by, lines: [{ item, quantity: more }] }]
    : [
        set(now.available, now.available),
        { _tag: "ReleaseAnonymous", ...by, item, quantity: -more },
        // Fails if fewer were held for nobody in particular: units held for an order are not the caller's to give back.
        set(available, now.available - more)
      ]
}
