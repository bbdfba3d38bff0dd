import fc from "fast-check"
import type { CommandInput } from "../engine/StockEngine.ts"
import type { World } from "./histories.ts"

type Single = Exclude<CommandInput, { readonly _tag: "Linked" | "Bulk" }>

/** Few enough that the same unit is named again and again, also where it is not. */
const pool = ["a", "b", "c", "d"]

const base = <Tag extends Single["_tag"]>({ organization }: World, _tag: Tag) => ({
  _tag: fc.constant(_tag),
  organization: fc.constant(organization)
})

const oneOrTwo = <A>(arbitrary: fc.Arbitrary<A>): fc.Arbitrary<[A, ...Array<A>]> =>
  fc.tuple(arbitrary, fc.array(arbitrary, { maxLength: 1 })).map(([first, rest]) => [first, ...rest])

const serials = fc.subarray(pool, { minLength: 1, maxLength: 3 })

/** So many units as are named. */
const unitsOf = ({ items, batches, locations }: World) =>
  fc
    .record(
      {
        item: fc.constantFrom(...items),
        serials,
        batch: fc.constantFrom(...batches),
        location: fc.constantFrom(...locations)
      },
      { requiredKeys: ["item", "serials"] }
    )
    .map((line) => ({ ...line, quantity: line.serials.length }))

const tracking = (world: World) =>
  fc.record({ ...base(world, "TrackSerials"), item: fc.constantFrom(...world.items), tracked: fc.boolean() })

const receipt = (world: World) => fc.record({ ...base(world, "Receive"), lines: oneOrTwo(unitsOf(world)) })

/** Commands that name units by their serials, and those that begin and end it. */
export const serialStep = (world: World): fc.Arbitrary<Single> => {
  const lines = oneOrTwo(unitsOf(world))
  const anywhere = oneOrTwo(
    fc
      .record({ item: fc.constantFrom(...world.items), serials })
      .map((line) => ({ ...line, quantity: line.serials.length }))
  )
  const [from, to] = [fc.constantFrom(...world.locations), fc.constantFrom(...world.locations)]
  const hold = fc.record({ reference: fc.constantFrom("A", "B", "C") })
  const transfer = fc.record({ reference: fc.constantFrom("T1", "T2", "T3") })
  const reason = fc.constant("damage")
  const adjusted = fc
    .tuple(unitsOf(world), fc.constantFrom(1, -1))
    .map(([{ quantity, ...line }, sign]) => ({ ...line, delta: sign * quantity }))
  return fc.oneof(
    { weight: 2, arbitrary: tracking(world) },
    { weight: 4, arbitrary: receipt(world) },
    {
      weight: 3,
      arbitrary: fc.record({ ...base(world, "Reserve"), lines, reference: fc.constantFrom("A", "B", "C") })
    },
    { weight: 2, arbitrary: fc.record({ ...base(world, "Issue"), lines: anywhere }) },
    { weight: 1, arbitrary: fc.record({ ...base(world, "Adjust"), lines: oneOrTwo(adjusted) }) },
    { weight: 1, arbitrary: fc.record({ ...base(world, "Release"), hold, lines: anywhere }) },
    { weight: 1, arbitrary: fc.record({ ...base(world, "Commit"), hold, lines: anywhere }) },
    { weight: 1, arbitrary: fc.record({ ...base(world, "Fulfil"), hold, lines: anywhere }) },
    { weight: 1, arbitrary: fc.record({ ...base(world, "Quarantine"), reason, lines: anywhere }) },
    { weight: 1, arbitrary: fc.record({ ...base(world, "Restore"), lines: anywhere }) },
    {
      weight: 1,
      arbitrary: fc.record({
        ...base(world, "WriteOff"),
        reason,
        from: fc.constantFrom("available" as const, "quarantined" as const),
        lines: anywhere
      })
    },
    {
      weight: 1,
      arbitrary: fc.record({
        ...base(world, "Return"),
        disposition: fc.constantFrom("restock" as const, "quarantine" as const, "scrap" as const),
        lines
      })
    },
    { weight: 1, arbitrary: fc.record({ ...base(world, "ExpireBatches"), items: fc.constant(nonEmpty(world.items)) }) },
    {
      weight: 1,
      arbitrary: fc.record({
        ...base(world, "RequestTransfer"),
        reference: fc.constantFrom("T1", "T2", "T3"),
        from,
        to,
        lines: anywhere
      })
    },
    { weight: 1, arbitrary: fc.record({ ...base(world, "DispatchTransfer"), transfer, lines: anywhere }) },
    { weight: 1, arbitrary: fc.record({ ...base(world, "ReceiveTransfer"), transfer, lines: anywhere }) }
  )
}

/** A history's first steps, before the item has had stock: its units are known from then on. */
export const serialChapter = (world: World): fc.Arbitrary<ReadonlyArray<Single>> => {
  const [item = 0] = world.items
  const begin = { _tag: "TrackSerials", organization: world.organization, item, tracked: true } as const
  const first = unitsOf({ ...world, items: [item] })
  return fc
    .tuple(
      fc.record({ ...base(world, "Receive"), lines: oneOrTwo(first) }),
      fc.array(serialStep(world), { maxLength: 6 })
    )
    .map(([receive, steps]) => [begin, receive, ...steps])
}

const nonEmpty = <A>([first, ...rest]: ReadonlyArray<A>): [A, ...Array<A>] => {
  if (first === undefined) throw new Error("A world has items")
  return [first, ...rest]
}
