import fc from "fast-check"
import type { CommandInput } from "../engine/StockEngine.ts"
import { adjustingSteps } from "./adjustingHistories.ts"
import { countSteps } from "./countSteps.ts"
import { orderStep } from "./orderSteps.ts"
import { policySteps } from "./policyHistories.ts"
import { serialChapter, serialStep } from "./serialSteps.ts"
import { supplyChapter, supplyStep } from "./supplySteps.ts"
import { transferChapter, transferStep } from "./transferSteps.ts"

/** The places a random history plays in. */
export interface World {
  readonly organization: number
  readonly items: ReadonlyArray<number>
  /** Of any of the items: naming another's is refused. */
  readonly variations: ReadonlyArray<number>
  readonly batches: ReadonlyArray<number>
  readonly locations: ReadonlyArray<number>
}

/** One step of a history: a command, perhaps with an idempotency key. */
export interface Step {
  readonly command: CommandInput
  readonly key: string | undefined
}

type Single = Exclude<CommandInput, { readonly _tag: "Linked" | "Bulk" }>

/**
 * Random steps: all kinds of commands over few items, leaves, references and keys, so that they meet often. Holds by
 * reference only, for ids are the store's to give.
 */
export const step = (
  world: World,
  options: { readonly expiry: boolean; readonly movements?: boolean }
): fc.Arbitrary<Step> => {
  const { organization } = world
  const item = fc.constantFrom(...world.items)
  const quantity = fc.integer({ min: 1, max: 6 })
  const place = {
    variation: fc.constantFrom(...world.variations),
    batch: fc.constantFrom(...world.batches),
    location: fc.constantFrom(...world.locations)
  }
  const line = fc.record({ item, quantity, ...place }, { requiredKeys: ["item", "quantity"] })
  const lines = nonEmpty(line)
  const unitCost = fc.constantFrom("0.00", "1.00", "0.333333", "799.995")
  const costed = fc.record({ item, quantity, ...place, unitCost }, { requiredKeys: ["item", "quantity"] })
  const reference = fc.constantFrom("A", "B", "C")
  const hold = fc.record({ reference })
  const expiresIn = fc.integer({ min: 1, max: 50 })
  const settle = <Tag extends "Release" | "Commit" | "Fulfil">(_tag: Tag) =>
    fc.record(
      { _tag: fc.constant(_tag), organization: fc.constant(organization), hold, lines },
      { requiredKeys: ["_tag", "organization", "hold"] }
    )
  const base = <Tag extends Single["_tag"]>(_tag: Tag) => ({
    _tag: fc.constant(_tag),
    organization: fc.constant(organization)
  })
  const reserve = fc.record(
    {
      ...base("Reserve"),
      lines,
      reference,
      mode: fc.constantFrom("all" as const, "bestEffort" as const),
      backorder: fc.boolean(),
      priority: fc.integer({ min: -1, max: 1 }),
      ...(options.expiry ? { expiresIn } : {})
    },
    { requiredKeys: ["_tag", "organization", "lines"] }
  )
  const single: fc.Arbitrary<Single> = fc.oneof(
    {
      weight: 14,
      arbitrary: fc.record(
        {
          ...base("Receive"),
          lines: nonEmpty(costed),
          from: fc.constantFrom("supplier", "customer", "adjustment"),
          effectiveAt: fc.nat(1000)
        },
        { requiredKeys: ["_tag", "organization", "lines"] }
      )
    },
    {
      weight: 1,
      arbitrary: fc.record(
        { ...base("SetCosting"), item, method: fc.constantFrom("average", "fifo", null), unitCost },
        { requiredKeys: ["_tag", "organization", "item", "method"] }
      )
    },
    { weight: 6, arbitrary: reserve },
    {
      weight: 1,
      arbitrary: fc.record({ ...base("SetHome"), item, location: fc.option(fc.constantFrom(...world.locations)) })
    },
    {
      weight: 2,
      arbitrary: fc.record(
        { ...base("Issue"), lines, to: fc.constantFrom("customer", "loss", "adjustment") },
        { requiredKeys: ["_tag", "organization", "lines"] }
      )
    },
    { weight: 2, arbitrary: settle("Release") },
    { weight: 2, arbitrary: settle("Commit") },
    { weight: 2, arbitrary: settle("Fulfil") },
    {
      weight: 1,
      arbitrary: fc.record({
        ...base("Adjust"),
        lines: nonEmpty(
          fc.record(
            { item, delta: fc.integer({ min: -5, max: 5 }).filter((n) => n !== 0), ...place },
            { requiredKeys: ["item", "delta"] }
          )
        )
      })
    },
    {
      weight: 1,
      arbitrary: fc.record(
        { ...base("Set"), item, quantity: fc.nat(8), expected: fc.nat(8), ...place },
        { requiredKeys: ["_tag", "organization", "item", "quantity"] }
      )
    },
    {
      weight: 1,
      arbitrary: fc.record(
        { ...base("ReleaseAnonymous"), item, quantity, ...place },
        { requiredKeys: ["_tag", "organization", "item", "quantity"] }
      )
    },
    { weight: 1, arbitrary: fc.record({ ...base("SetPolicy"), item, lowStockThreshold: fc.option(fc.nat(8)) }) },
    ...policySteps(world),
    {
      weight: 1,
      arbitrary: fc.record(
        {
          ...base("Reallocate"),
          hold,
          lines: nonEmpty(
            fc.record(
              { item, quantity, to: fc.record({ batch: place.batch, location: place.location }, { requiredKeys: [] }) },
              { requiredKeys: ["item", "quantity"] }
            )
          )
        },
        { requiredKeys: ["_tag", "organization", "hold"] }
      )
    },
    { weight: 1, arbitrary: fc.record({ ...base("Open"), item }) },
    { weight: 1, arbitrary: fc.record({ ...base("Expire"), holds: nonEmpty(fc.integer({ min: 1, max: 60 })) }) },
    { weight: 1, arbitrary: fc.record({ ...base("ExpireBatches"), items: nonEmpty(item) }) },
    { weight: 2, arbitrary: serialStep(world) },
    { weight: 1, arbitrary: fc.record({ ...base("Notify"), kind: fc.constant("counted") }) },
    ...countSteps({ organization, item, place }),
    ...adjustingSteps({ organization, item, place, lines }, { movements: options.movements ?? true }),
    { weight: 5, arbitrary: transferStep(world) },
    { weight: 4, arbitrary: orderStep(world) },
    { weight: 3, arbitrary: supplyStep(world) },
    ...(options.expiry
      ? [{ weight: 1, arbitrary: fc.record({ ...base("Extend"), hold, expiresIn: fc.option(expiresIn) }) }]
      : [])
  )
  const command: fc.Arbitrary<CommandInput> = fc.oneof(
    { weight: 9, arbitrary: single },
    {
      weight: 1,
      arbitrary: fc.record({
        _tag: fc.constant("Linked" as const),
        organization: fc.constant(organization),
        commands: nonEmpty(single)
      })
    },
    {
      weight: 1,
      arbitrary: fc.record({
        _tag: fc.constant("Bulk" as const),
        organization: fc.constant(organization),
        rows: nonEmpty(nonEmpty(single))
      })
    }
  )
  const key = fc.option(fc.constantFrom("k1", "k2", "k3", "k4"), { nil: undefined, freq: 3 })
  return fc.record({ command, key })
}

/** One step, or several that belong together, so that transfers and supplies get as far as their end. */
export const chapter = (
  world: World,
  options: { readonly expiry: boolean; readonly movements?: boolean }
): fc.Arbitrary<ReadonlyArray<Step>> =>
  fc.oneof(
    { weight: 8, arbitrary: step(world, options).map((one) => [one]) },
    { weight: 2, arbitrary: transferChapter(world).map(asSteps) },
    { weight: 1, arbitrary: supplyChapter(world).map(asSteps) }
  )

/** What a history begins with: nothing, or an item whose units are known one by one from the first on. */
export const opening = (world: World): fc.Arbitrary<ReadonlyArray<Step>> =>
  fc.oneof(
    { weight: 4, arbitrary: fc.constant<ReadonlyArray<Step>>([]) },
    { weight: 1, arbitrary: serialChapter(world).map(asSteps) }
  )

const asSteps = (commands: ReadonlyArray<CommandInput>): ReadonlyArray<Step> =>
  commands.map((command) => ({ command, key: undefined }))

const nonEmpty = <A>(arbitrary: fc.Arbitrary<A>): fc.Arbitrary<[A, ...Array<A>]> =>
  fc.tuple(arbitrary, fc.array(arbitrary, { maxLength: 2 })).map(([first, rest]) => [first, ...rest])
