import { Result } from "effect"
import type { Count, CountLine } from "../../documents/Count.ts"
import { documentName } from "../../documents/Document.ts"
import type { CountTarget } from "../../stock/commands/counts.ts"
import type { CountSummary } from "../../stock/events/counts.ts"
import { onHand } from "../../stock/Levels.ts"
import { type Rejection, UnknownOrganization } from "../../stock/Rejection.ts"
import { CountClosed, UnknownCount } from "../../stock/rejections/counts.ts"
import type { StockKey } from "../../stock/StockKey.ts"
import type { Decision } from "../Decision.ts"
import { leafName, type StockState } from "../State.ts"

/** The open count an id or a reference names in the organization. */
export const findOpenCount = (
  state: StockState,
  organization: Count["organization"],
  target: CountTarget
): Result.Result<Count, Rejection> => {
  if (!state.organizations.has(organization)) return Result.fail(new UnknownOrganization({ organization }))
  const id =
    "id" in target ? target.id : state.documentReferences.get(documentName(organization, "count", target.reference))
  const found = id === undefined ? undefined : state.documents.get(id)
  if (found?.kind !== "count" || found.organization !== organization) {
    return Result.fail(
      new UnknownCount({
        count: "id" in target ? target.id : null,
        reference: "reference" in target ? target.reference : null
      })
    )
  }
  const { status, id: count, reference } = found
  return status === "open" ? Result.succeed(found) : Result.fail(new CountClosed({ count, reference, status }))
}

/** Units on hand at a leaf. */
export const onHandAt = (state: StockState, { item, location, variation, batch }: StockKey): number => {
  const leaf = state.items.get(item)?.leaves.get(leafName(location, variation, batch))
  return leaf === undefined ? 0 : onHand(leaf)
}

/** A line that was not counted yet. */
export const uncounted = (key: StockKey, line: number, expected: number): CountLine => ({
  item: key.item,
  variation: key.variation,
  batch: key.batch,
  location: key.location,
  line,
  expected,
  counted: null,
  onHandThen: null,
  difference: null,
  moved: 0,
  countedAt: null,
  countedBy: null
})

/** Writes a count's next version into the decision, with its event. */
export const putCount = (decision: Decision, before: Count | null, after: Count): void => {
  decision.documents.push(after)
  decision.events.push({
    id: decision.nextId++,
    event: {
      _tag: "CountChanged",
      count: after.id,
      reference: after.reference,
      location: after.location,
      before: before === null ? null : summaryOf(before),
      after: summaryOf(after)
    }
  })
}

const summaryOf = ({ status, lines }: Count): CountSummary => ({
  status,
  lines: lines.length,
  counted: lines.filter(({ counted }) => counted !== null).length,
  stale: lines.filter(({ moved }) => moved !== 0).length
})
