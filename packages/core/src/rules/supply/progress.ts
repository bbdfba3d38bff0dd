import { Result } from "effect"
import type { ItemId } from "../../catalog/Item.ts"
import { documentName } from "../../documents/Document.ts"
import { type Supply, stillExpected } from "../../documents/Supply.ts"
import type { SupplyTarget } from "../../stock/commands/supplies.ts"
import type { SupplySummary } from "../../stock/events/supplies.ts"
import { QuantityOverflow, type Rejection, UnknownOrganization } from "../../stock/Rejection.ts"
import { UnknownSupply } from "../../stock/rejections/supplies.ts"
import type { Decision } from "../Decision.ts"
import { changeDetails, detailsOf } from "../details.ts"
import type { StockState } from "../State.ts"

/** The supply an id or a reference names in the organization. */
export const findSupply = (
  state: StockState,
  organization: Supply["organization"],
  target: SupplyTarget
): Result.Result<Supply, Rejection> => {
  if (!state.organizations.has(organization)) return Result.fail(new UnknownOrganization({ organization }))
  const id =
    "id" in target ? target.id : state.documentReferences.get(documentName(organization, "supply", target.reference))
  const found = id === undefined ? undefined : state.documents.get(id)
  return found?.kind === "supply" && found.organization === organization
    ? Result.succeed(found)
    : Result.fail(
        new UnknownSupply({
          supply: "id" in target ? target.id : null,
          reference: "reference" in target ? target.reference : null
        })
      )
}

/** Writes a supply's next version into the decision, with what its items now expect, and its event. */
export const putSupply = (
  state: StockState,
  decision: Decision,
  before: Supply | null,
  after: Supply
): QuantityOverflow | null => {
  for (const item of after.items) {
    const units = unitsExpected(after, item) - (before === null ? 0 : unitsExpected(before, item))
    const expected = (detailsOf(state, decision, item).expected ?? 0) + units
    if (!Number.isSafeInteger(expected)) return new QuantityOverflow({ item, limit: Number.MAX_SAFE_INTEGER })
    if (units !== 0) changeDetails(state, decision, item, { expected: expected === 0 ? undefined : expected })
  }
  decision.documents.push(after)
  const { id, reference, supplier } = after
  decision.events.push({
    id: decision.nextId++,
    event: {
      _tag: "SupplyChanged",
      supply: id,
      reference,
      supplier,
      before: before === null ? null : summaryOf(before),
      after: summaryOf(after)
    }
  })
  return null
}

/** Units of an item that a supply still expects. */
const unitsExpected = (supply: Supply, item: ItemId): number =>
  supply.lines.reduce((sum, line) => (line.item === item ? sum + stillExpected(supply, line) : sum), 0)

const summaryOf = (supply: Supply): SupplySummary => ({
  status: supply.status,
  expected: supply.lines.reduce((sum, line) => sum + stillExpected(supply, line), 0),
  received: supply.lines.reduce((sum, { received }) => sum + received, 0)
})

/** When the next of a supply is expected. */
export const nextDue = (supply: Pick<Supply, "status" | "lines">): number | null =>
  supply.lines.reduce<number | null>(
    (next, line) =>
      line.expectedAt !== null && stillExpected(supply, line) > 0 && (next === null || line.expectedAt < next)
        ? line.expectedAt
        : next,
    null
  )
