import { type Changes, type OrganizationId, StoreError } from "@stockbook/core"
import { Effect } from "effect"
import type { Line } from "../client/Line.ts"
import { bigint } from "../client/parameters.ts"
import { encodeChanges, noGuard } from "./encode.ts"
import {
  insertEvents,
  insertHolds,
  insertMovements,
  insertRecords,
  updateHolds,
  updateItems,
  upsertBalances
} from "./shardedStatements.ts"

/**
 * Stores what a batch of one organization changed, within the transaction that loaded it: each table by a statement of
 * its own, and only those that change, in the order of `store_changes`. `transaction` is the transaction's number on
 * the server it was begun on, which alone gives the feed its order.
 */
export const storeSharded = Effect.fnUntraced(function* (
  line: Line,
  organization: OrganizationId,
  transaction: string,
  changes: Changes
) {
  // Those of the guard come first: the locks of this road are guard enough.
  const parameters = encodeChanges(changes, noGuard, false).slice(7)
  const [items, details, balances, settled, settledStatuses, holds, fingerprints, references] = parameters
  const [movements, causes, reasons, moved, notes, movementDetails] = parameters.slice(8)
  const [events, eventTexts, , keys, keyFingerprints, outcomes] = parameters.slice(14)
  const one = bigint(organization)
  const run = (statement: string, ...rest: ReadonlyArray<unknown>) => line.executeValues(statement, [one, ...rest])
  // Which lines are there already and which are new is the encoding's to say: a hold may have both.
  const settledLines = countOf(settledStatuses)

  if (changes.items.length > 0) {
    const found = yield* run(updateItems, items, details)
    if (found.length !== changes.items.length) return yield* missing("An item")
  }
  if (changes.balances.length > 0) yield* run(upsertBalances, balances)
  // Before new holds: one that gives its reference up must be over before another takes it.
  if (settledLines > 0) {
    const found = yield* run(updateHolds, settled, settledStatuses)
    if (found.length !== settledLines) return yield* missing("A hold")
  }
  if (countOf(holds) > 0) yield* run(insertHolds, holds, fingerprints, references)
  if (changes.movements.length > 0) {
    yield* run(insertMovements, ...[movements, causes, reasons, moved, notes, movementDetails], transaction)
  }
  if (changes.events.length > 0) yield* run(insertEvents, events, eventTexts, transaction)
  if (changes.records.length > 0) yield* run(insertRecords, keys, keyFingerprints, outcomes)
})

/** How many values an array has. */
const countOf = (parameter: ReturnType<typeof encodeChanges>[number] | undefined): number =>
  typeof parameter === "object" && Array.isArray(parameter.value) ? parameter.value.length : 0

const missing = (what: string) =>
  new StoreError({ reason: "corrupt", message: `${what} to change is not there`, cause: null })
