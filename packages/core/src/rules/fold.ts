import { Result } from "effect"
import type { ItemId } from "../catalog/Item.ts"
import type { OrganizationId } from "../catalog/Organization.ts"
import { shownDocument } from "../documents/Count.ts"
import type { DocumentId, StockDocument } from "../documents/Document.ts"
import type { Command, CommandOf } from "../stock/Command.ts"
import { type Hold, type HoldId, isDue } from "../stock/Hold.ts"
import { type Levels, noLevels } from "../stock/Levels.ts"
import type { Movement } from "../stock/Movement.ts"
import type { ItemLevels, Outcome } from "../stock/Outcome.ts"
import { ChangedMeanwhile, IdempotencyConflict, type Rejection } from "../stock/Rejection.ts"
import type { Serial } from "../stock/Serial.ts"
import type { RecordedEvent } from "../stock/StockEvent.ts"
import { addAlerts } from "./alert.ts"
import { complete } from "./complete.ts"
import type { Decision } from "./Decision.ts"
import { decide } from "./decide.ts"
import { evolve, type Touched } from "./evolve.ts"
import { decideExpireBatches } from "./expireBatches.ts"
import { fingerprint } from "./fingerprint.ts"
import { decideExpire, expiryOf } from "./giveBack.ts"
import { lapsedLeaves } from "./lapse.ts"
import { namedParts } from "./namedParts.ts"
import { type StockState, scopedName, type WorkingItem, type WorkingLeaf } from "./State.ts"

/** A command as the engine took it in. */
export interface Submission {
  readonly command: Command
  /** The caller's idempotency key; `null` for none. */
  readonly key: string | null
  /** An item that must not have changed since the caller read it; `null` for none. */
  readonly unchanged?: Unchanged | null
}

/** An item as a caller read it: by the version it had. */
export interface Unchanged {
  readonly item: ItemId
  readonly version: number
}

/** The answer an idempotency key stands for. */
export interface Recorded {
  readonly organization: OrganizationId
  readonly key: string
  readonly fingerprint: string
  readonly outcome: Outcome
}

/** What a batch became: each command's own answer, and all that must be written. */
export interface Folded {
  readonly answers: ReadonlyArray<Answer>
  readonly items: ReadonlySet<WorkingItem>
  readonly leaves: ReadonlySet<WorkingLeaf>
  readonly holds: ReadonlySet<HoldId>
  /** Of holds that got more lines, how many they had before. */
  readonly grown: ReadonlyMap<HoldId, number>
  readonly documents: ReadonlySet<DocumentId>
  readonly serials: ReadonlyMap<string, Serial>
  readonly movements: ReadonlyArray<Movement>
  readonly events: ReadonlyArray<RecordedEvent>
  readonly records: ReadonlyArray<Recorded>
}

/** An outcome, a rejection, or the defect of a rule that failed on this command and on no other. */
export type Answer = Result.Result<Outcome, Rejection | Defect>

/** A rule threw: a bug, kept apart from rejections so that it fails its own command only. */
export interface Defect {
  readonly _tag: "Defect"
  readonly cause: unknown
}

/**
 * Folds a batch in order over the state it was loaded with, in place: holds whose time is over expire first, and batches
 * likewise, then each command sees those before it. A refused command changes nothing and fails nobody else. Time does not go back:
 * it is the store's, or that of the latest change to any item of the batch if that is later.
 */
export const fold = (
  state: StockState,
  batch: ReadonlyArray<Submission>,
  recorded: Map<string, Recorded>,
  storeNow: number
): Folded => {
  let now = storeNow
  for (const item of state.items.values()) if (item.clock > now) now = item.clock
  const touched: Touched = {
    items: new Set(),
    leaves: new Set(),
    holds: new Set(),
    grown: new Map(),
    documents: new Set(),
    serials: new Map()
  }
  const movements: Array<Movement> = []
  const events: Array<RecordedEvent> = []
  const records: Array<Recorded> = []
  const accept = (organization: OrganizationId, decision: Decision) => {
    evolve(state, decision, now, touched)
    for (const movement of decision.movements) movements.push(movement)
    for (const { id, event } of decision.events) events.push({ id, organization, event, at: now })
  }

  const ahead = (command: CommandOf<"Expire" | "ExpireBatches">) => {
    const due = command._tag === "Expire" ? decideExpire(state, command, now) : decideExpireBatches(state, command, now)
    if (Result.isFailure(due) || complete(state, due.success, command, now) !== null) return
    addAlerts(state, due.success, now)
    accept(command.organization, due.success)
  }
  for (const [organization, holds] of dueHolds(state, now)) ahead(expiryOf(organization, holds))
  for (const [organization, items] of lapsedItems(state, now)) ahead({ _tag: "ExpireBatches", organization, items })

  const answer = ({ command, key, unchanged }: Submission): Answer => {
    const { organization } = command
    const name = key === null ? "" : scopedName(organization, key)
    const print = key === null ? "" : fingerprint(command)
    if (key !== null) {
      const known = recorded.get(name)
      if (known !== undefined) {
        return known.fingerprint === print
          ? Result.succeed({ ...known.outcome, replayed: true })
          : Result.fail(new IdempotencyConflict({ key }))
      }
    }
    if (unchanged && hasChanged(state, touched, organization, unchanged)) return Result.fail(new ChangedMeanwhile())
    const result = tryDecide(state, command, now)
    if (Result.isFailure(result)) return Result.fail(result.failure)
    accept(organization, result.success)
    const outcome = outcomeOf(state, result.success, command)
    if (key !== null) {
      const record = { organization, key, fingerprint: print, outcome }
      recorded.set(name, record)
      records.push(record)
    }
    return Result.succeed(outcome)
  }
  const answers = batch.map(answer)
  return { answers, ...touched, movements, events, records }
}

/** Versions move on once a batch: within one, an item that an earlier command touched has changed. */
const hasChanged = (
  state: StockState,
  touched: Touched,
  organization: OrganizationId,
  { item: id, version }: Unchanged
): boolean => {
  const item = state.items.get(id)
  return item?.organization === organization && (item.version !== version || touched.items.has(item))
}

const tryDecide = (state: StockState, command: Command, now: number): Result.Result<Decision, Rejection | Defect> => {
  try {
    return decide(state, command, now)
  } catch (cause) {
    return Result.fail({ _tag: "Defect", cause })
  }
}

const dueHolds = (state: StockState, now: number): Map<OrganizationId, [HoldId, ...Array<HoldId>]> => {
  const due = new Map<OrganizationId, [HoldId, ...Array<HoldId>]>()
  for (const hold of state.holds.values()) {
    if (!isDue(hold, now) || !hold.lines.some((line) => line.reserved > 0)) continue
    const holds = due.get(hold.organization)
    if (holds === undefined) due.set(hold.organization, [hold.id])
    else holds.push(hold.id)
  }
  return due
}

/** In the order of their ids, whatever order they were loaded in: all stores give the same movements the same ids. */
const lapsedItems = (state: StockState, now: number): Map<OrganizationId, [ItemId, ...Array<ItemId>]> => {
  const lapsed = new Map<OrganizationId, [ItemId, ...Array<ItemId>]>()
  const found: Array<WorkingItem> = []
  for (const item of state.items.values()) if (lapsedLeaves(item, now).length > 0) found.push(item)
  for (const { organization, item } of found.sort((a, b) => a.item - b.item)) {
    const items = lapsed.get(organization)
    if (items === undefined) lapsed.set(organization, [item])
    else items.push(item)
  }
  return lapsed
}

const outcomeOf = (state: StockState, decision: Decision, command: Command): Outcome => {
  const parts = namedParts(state, command)
  const { holds, documents } = decision.existing.length === 0 ? decision : withExisting(decision)
  const outcome: Outcome = {
    movements: decision.movements,
    holds,
    documents: documents.map(shownDocument),
    items: levelsOf(state, decision, holds, documents),
    shortfalls: decision.shortfalls,
    replayed: decision.existing.length > 0 && didNothing(decision)
  }
  return parts.length === 0 ? outcome : { ...outcome, parts }
}

/** What commands made before, beside what was made now. */
const withExisting = ({ existing, holds, documents }: Decision) => {
  const changed = new Set<number>([...holds, ...documents].map(({ id }) => id))
  const others = existing.filter(({ id }) => !changed.has(id))
  return {
    holds: [...holds, ...others.filter((each): each is Hold => !("kind" in each))],
    documents: [...documents, ...others.filter((each): each is StockDocument => "kind" in each)]
  }
}

const didNothing = ({ movements, holds, documents, serials, details, policies, opened, events }: Decision): boolean =>
  [movements, holds, documents, serials, policies, opened, events].every(({ length }) => length === 0) &&
  details === null

const levelsOf = (
  state: StockState,
  decision: Decision,
  holds: ReadonlyArray<Hold>,
  documents: ReadonlyArray<StockDocument>
): Array<ItemLevels> => {
  const only = onlyItem(decision, holds, documents)
  if (only !== null) return [levelsOfItem(only, state.items.get(only)?.totals ?? noLevels)]
  const items = new Set<ItemId>()
  for (const { item } of decision.movements) items.add(item)
  for (const hold of holds) for (const { item } of hold.lines) items.add(item)
  for (const document of documents) for (const item of document.items) items.add(item)
  for (const { item } of decision.policies) items.add(item)
  for (const item of decision.opened) items.add(item)
  const levels: Array<ItemLevels> = []
  for (const id of items) {
    const item = state.items.get(id)
    if (item !== undefined) levels.push(levelsOfItem(id, item.totals))
  }
  return levels
}

/** The item that all movements and holds are about, as usual, and nothing is about another. */
const onlyItem = (
  { movements, policies, opened }: Decision,
  holds: ReadonlyArray<Hold>,
  documents: ReadonlyArray<StockDocument>
): ItemId | null => {
  const [first] = movements
  if (first === undefined || documents.length + policies.length + opened.length > 0) return null
  const { item } = first
  return movements.every((movement) => movement.item === item) &&
    holds.every((hold) => hold.lines.every((line) => line.item === item))
    ? item
    : null
}

const levelsOfItem = (item: ItemId, { available, reserved, committed, quarantined }: Levels): ItemLevels => ({
  item,
  available,
  reserved,
  committed,
  quarantined
})
