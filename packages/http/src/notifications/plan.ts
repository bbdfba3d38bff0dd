import { Catalog, type Change, type NewDelivery, type Notice, type RecordedEvent } from "@stockbook/core"
import { Effect } from "effect"

/** What is planned for low stock, apart from what each notice asks for itself. */
export interface LowStockPlan {
  /** Whether it is posted. */
  readonly posted: boolean
  /** To whom it is mailed. */
  readonly mailTo: string | null
}

/** The deliveries that changes call for. */
export const plan = Effect.fnUntraced(function* (changes: ReadonlyArray<Change>, lowStock: LowStockPlan) {
  const planned: Array<NewDelivery> = []
  for (const change of changes) {
    if (change._tag !== "Event") continue
    const { organization, id, event, at } = change.event
    const add = (channel: string, notice: Notice) =>
      planned.push({ organization, event: id, channel, purpose: notice.kind, notice })
    if (event._tag === "Noticed" && event.to !== null) {
      add("email", { kind: event.kind, to: event.to, reference: event.reference, data: event.data, at })
    }
    if (event._tag === "LowStockRaised" && (lowStock.posted || lowStock.mailTo !== null)) {
      const notice = yield* lowStockNotice(change.event, event)
      if (lowStock.posted) add("webhook", notice)
      if (lowStock.mailTo !== null) add("email", { ...notice, to: lowStock.mailTo })
    }
  }
  return planned
})

/** With the quantity and threshold of the crossing, whatever they are by now. */
const lowStockNotice = Effect.fnUntraced(function* (
  { organization, at }: RecordedEvent,
  { item, available, threshold }: Extract<RecordedEvent["event"], { readonly _tag: "LowStockRaised" }>
) {
  const catalog = yield* Catalog
  const found = yield* catalog.item(organization, item)
  const data = {
    product_id: item,
    product_name: found?.name ?? null,
    current_quantity: available,
    threshold
  }
  const notice: Notice = { kind: "low_stock", to: null, reference: null, data, at }
  return notice
})
