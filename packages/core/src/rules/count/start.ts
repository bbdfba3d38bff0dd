import { Result } from "effect"
import type { Count } from "../../documents/Count.ts"
import { DocumentId, documentName } from "../../documents/Document.ts"
import type { CommandOf } from "../../stock/Command.ts"
import { maxLines } from "../../stock/commands/parts.ts"
import { onHand } from "../../stock/Levels.ts"
import { ReferenceConflict, type Rejection } from "../../stock/Rejection.ts"
import { CountTooLarge, NothingToCount } from "../../stock/rejections/counts.ts"
import { isUnder, type Selector } from "../../stock/StockKey.ts"
import { type Decision, emptyDecision } from "../Decision.ts"
import { inOrder } from "../draw.ts"
import { fingerprint } from "../fingerprint.ts"
import { checkPlaces } from "../guard.ts"
import { checkReason } from "../reason.ts"
import type { StockState, WorkingLeaf } from "../State.ts"
import { putCount, uncounted } from "./progress.ts"

/** StartCount: a line for every leaf with something on hand, with what the books say now. Nothing moves. */
export const decideStartCount = (
  state: StockState,
  command: CommandOf<"StartCount">,
  now: number
): Result.Result<Decision, Rejection> => {
  const { organization, location } = command
  const reference = command.reference ?? null
  const print = reference === null ? "" : fingerprint(command)
  const named =
    reference === null ? undefined : state.documentReferences.get(documentName(organization, "count", reference))
  const known = named === undefined ? undefined : state.documents.get(named)
  if (reference !== null && known !== undefined) {
    return known.fingerprint === print
      ? Result.succeed({ ...emptyDecision(state), existing: [known] })
      : Result.fail(new ReferenceConflict({ reference, hold: null, document: known.id }))
  }
  const place = location === undefined ? {} : { location }
  const selectors = (command.items ?? allItems(state, organization)).map((each): Selector => ({ ...each, ...place }))
  const defaultLocation = checkPlaces(state, organization, selectors, location)
  if (Result.isFailure(defaultLocation)) return Result.fail(defaultLocation.failure)
  const unknown = checkReason(state, organization, command.reason)
  if (unknown !== null) return Result.fail(unknown)

  const transit = state.organizations.get(organization)?.transit
  const leaves = new Set<WorkingLeaf>()
  for (const selector of selectors) {
    for (const leaf of state.items.get(selector.item)?.leaves.values() ?? []) {
      if (onHand(leaf) === 0 || (leaf.key.location === transit && location !== transit)) continue
      if (isUnder(leaf.key, selector, state.locations)) leaves.add(leaf)
    }
  }
  if (leaves.size === 0 && command.items === undefined) {
    return Result.fail(new NothingToCount({ location: location ?? null }))
  }
  if (leaves.size > maxLines) return Result.fail(new CountTooLarge({ lines: leaves.size, limit: maxLines }))
  const decision = emptyDecision(state)
  const lines = Array.from(leaves)
    .sort((a, b) => a.key.item - b.key.item || inOrder(defaultLocation.success)(a, b))
    .map((leaf, line) => uncounted(leaf.key, line, onHand(leaf)))
  const count: Count = {
    kind: "count",
    id: DocumentId.make(decision.nextId++, { disableChecks: true }),
    organization,
    reference,
    fingerprint: print,
    status: "open",
    items: Array.from(new Set([...(command.items ?? []).map(({ item }) => item), ...lines.map(({ item }) => item)])),
    attached: false,
    dueAt: null,
    createdAt: now,
    updatedAt: now,
    actor: command.actor ?? null,
    note: command.note ?? null,
    location: location ?? null,
    blind: command.blind ?? false,
    lines,
    postedAt: null
  }
  putCount(decision, null, count)
  return Result.succeed(decision)
}

/** The items that are loaded; a store loads those with stock at the location. */
const allItems = (state: StockState, organization: Count["organization"]) =>
  Array.from(state.items.values())
    .filter((item) => item.organization === organization && item.active)
    .map(({ item }) => ({ item }))
