import type { ItemId } from "../catalog/Item.ts"
import type { UnitCost } from "../catalog/UnitCost.ts"
import { type ItemDetails, someDetails } from "../stock/ItemDetails.ts"
import type { MovementDetails } from "../stock/Movement.ts"
import { type Decision, setDetails } from "./Decision.ts"
import type { StockState } from "./State.ts"

/** An item's details as a decision leaves them so far. */
export const detailsOf = (state: StockState, decision: Decision, item: ItemId): ItemDetails =>
  (decision.details?.has(item) ? decision.details.get(item) : state.items.get(item)?.details) ?? noDetails

const noDetails: ItemDetails = {}

/** Whether a decision moves nothing but units of items that have no details, as most have not. */
export const isPlain = (state: StockState, { details, documents, movements }: Decision): boolean =>
  details === null &&
  documents.length === 0 &&
  movements.every(({ item }) => (state.items.get(item)?.details ?? null) === null)

/** Changes some of an item's details; `undefined` takes one away. */
export const changeDetails = (
  state: StockState,
  decision: Decision,
  item: ItemId,
  change: { readonly [K in keyof ItemDetails]: ItemDetails[K] | undefined }
): void => {
  const changed: Record<string, unknown> = { ...detailsOf(state, decision, item), ...change }
  for (const [name, value] of Object.entries(changed)) if (value === undefined) delete changed[name]
  setDetails(decision, item, someDetails(changed))
}

/** What a line says of the cost of its units, for their movement. */
export const costDetails = ({ unitCost }: { readonly unitCost?: UnitCost | undefined }): MovementDetails | null =>
  unitCost === undefined ? null : { unitCost }
