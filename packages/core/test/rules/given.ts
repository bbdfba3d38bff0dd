import { Result, Schema } from "effect"
import { BatchId } from "../../src/catalog/Batch.ts"
import { ItemId } from "../../src/catalog/Item.ts"
import { LocationId } from "../../src/catalog/Location.ts"
import { OrganizationId } from "../../src/catalog/Organization.ts"
import { VariationId } from "../../src/catalog/Variation.ts"
import type { CommandInput } from "../../src/engine/StockEngine.ts"
import type { Decision } from "../../src/rules/Decision.ts"
import { decide } from "../../src/rules/decide.ts"
import { evolve } from "../../src/rules/evolve.ts"
import type { BatchFacts, StockState, WorkingItem } from "../../src/rules/State.ts"
import { Command } from "../../src/stock/Command.ts"
import type { Rejection } from "../../src/stock/Rejection.ts"

export const decode = Schema.decodeUnknownSync(Command)

const workingItem = (organization: number, item: number, active: boolean, batches: Batches): WorkingItem => ({
  organization: OrganizationId.make(organization),
  item: ItemId.make(item),
  active,
  version: 0,
  openedAt: null,
  lowStockThreshold: null,
  alert: false,
  negativeLimit: 0,
  details: null,
  clock: 0,
  totals: { available: 0, reserved: 0, committed: 0, quarantined: 0 },
  leaves: new Map(),
  variations: new Map([1, 2, 6, 8].map((id) => [VariationId.make(id), { active: id !== 6 }])),
  batches: new Map(
    Object.entries(batches).map(([id, facts]) => [
      BatchId.make(Number(id)),
      {
        item: ItemId.make(item),
        variation: null,
        active: true,
        quarantined: false,
        expiresAt: null,
        bestBefore: null,
        createdAt: Number(id),
        ...facts
      }
    ])
  ),
  anonymous: []
})

type Batches = Record<number, Partial<BatchFacts>>

export const usualBatches: Batches = {
  1: {},
  2: { variation: VariationId.make(2) },
  5: { active: false },
  7: {},
  9: { variation: VariationId.make(8) }
}

/**
 * Organization 1 with locations 1 (default), 2 with the bins 5 and 6 (not sellable) in it and 7 in 6, 3 (closed) and 4
 * (transit), and items 1, 2 and 3 (deleted), each with variations 1, 2, 6 (deleted) and 8 and batches 1, 2 (of variation
 * 2), 5 (deleted), 7 and 9 (of variation 8), or those given; organization 2 with location 21 and item 21.
 */
export const emptyState = (batches: Batches = usualBatches): StockState => ({
  organizations: new Map([
    [OrganizationId.make(1), { defaultLocation: LocationId.make(1), transit: LocationId.make(4) }],
    [OrganizationId.make(2), { defaultLocation: LocationId.make(21), transit: LocationId.make(24) }]
  ]),
  locations: new Map(
    [
      { id: 1, organization: 1, active: true },
      { id: 2, organization: 1, active: true },
      { id: 3, organization: 1, active: false },
      { id: 4, organization: 1, active: true },
      { id: 5, organization: 1, active: true, parent: 2 },
      { id: 6, organization: 1, active: true, parent: 2 },
      { id: 7, organization: 1, active: true, parent: 6 },
      { id: 21, organization: 2, active: true },
      { id: 24, organization: 2, active: true }
    ].map(({ id, organization, active, parent }) => [
      LocationId.make(id),
      {
        organization: OrganizationId.make(organization),
        active,
        sellable: id !== 4 && id !== 6 && id !== 24,
        parent: parent === undefined ? null : LocationId.make(parent)
      }
    ])
  ),
  items: new Map(
    [
      workingItem(1, 1, true, batches),
      workingItem(1, 2, true, batches),
      workingItem(1, 3, false, batches),
      workingItem(2, 21, true, batches)
    ].map((item) => [item.item, item])
  ),
  holds: new Map(),
  references: new Map(),
  documents: new Map(),
  documentReferences: new Map(),
  serials: new Map(),
  movements: new Map(),
  suppliers: new Set(["1/5"]),
  reasons: new Set(["1/seasonal"]),
  openLines: [],
  nextId: 1,
  copied: null
})

/** A command of organization 1, without saying so. */
export type Input = CommandInput extends infer C ? (C extends unknown ? Omit<C, "organization"> : never) : never

/** Events are commands here: given those carried out, when one is decided at an instant, then … */
export const given = (...commands: ReadonlyArray<Input>) => givenIn(emptyState(), ...commands)

/** The same, in a state of one's own. */
export const givenIn = (state: StockState, ...commands: ReadonlyArray<Input>) => {
  for (const command of commands) {
    const decision = decide(state, decode({ organization: 1, ...command }), 1000)
    evolve(state, Result.getOrThrow(decision), 1000, null)
  }
  return {
    state,
    when: (command: Input & { readonly organization?: number }, now = 1000) => {
      const result: Result.Result<Decision, Rejection> = decide(state, decode({ organization: 1, ...command }), now)
      return {
        result,
        /** Movements as "quantity from → to". */
        moves: () =>
          Result.getOrThrow(result).movements.map(
            ({ quantity, from, to }) => `${quantity} ${account(from)} → ${account(to)}`
          ),
        rejection: () => (Result.isFailure(result) ? result.failure : undefined)
      }
    }
  }
}

const account = (end: Decision["movements"][number]["from"]): string =>
  typeof end === "string"
    ? end
    : [
        `${end.state}@${end.location}`,
        end.variation === null ? "" : ` v${end.variation}`,
        end.batch === null ? "" : ` b${end.batch}`
      ].join("")
