import fc from "fast-check"
import type { CommandInput } from "../engine/StockEngine.ts"

type CountInput = Extract<CommandInput, { readonly _tag: `${string}Count` }>

interface Parts {
  readonly organization: number
  readonly item: fc.Arbitrary<number>
  readonly place: Readonly<Record<"variation" | "batch" | "location", fc.Arbitrary<number>>>
}

/** Counts, few and by reference, so that their steps meet; some are blind. */
export const countSteps = ({
  organization,
  item,
  place
}: Parts): ReadonlyArray<{ readonly weight: number; readonly arbitrary: fc.Arbitrary<CountInput> }> => {
  const reference = fc.constantFrom("N1", "N2")
  const base = <Tag extends CountInput["_tag"]>(_tag: Tag) => ({
    _tag: fc.constant(_tag),
    organization: fc.constant(organization)
  })
  const step = <Tag extends CountInput["_tag"]>(_tag: Tag) => ({ ...base(_tag), count: fc.record({ reference }) })
  const counted = fc.nat(8)
  const line = fc.oneof(
    { weight: 3, arbitrary: fc.record({ item, counted }) },
    { weight: 1, arbitrary: fc.record({ item, ...place, counted }, { requiredKeys: ["item", "counted"] }) }
  )
  return [
    {
      weight: 3,
      arbitrary: fc.record(
        {
          ...base("StartCount"),
          reference,
          location: place.location,
          items: item.map((id) => [{ item: id }] as const),
          blind: fc.boolean()
        },
        { requiredKeys: ["_tag", "organization", "items", "reference"] }
      )
    },
    {
      weight: 5,
      arbitrary: fc.record({
        ...step("RecordCount"),
        lines: fc.tuple(line, fc.array(line, { maxLength: 1 })).map(([first, rest]) => [first, ...rest] as const)
      })
    },
    {
      weight: 2,
      arbitrary: fc.record(
        { ...step("PostCount"), acceptStale: fc.boolean() },
        { requiredKeys: ["_tag", "organization", "count"] }
      )
    },
    { weight: 1, arbitrary: fc.record(step("CancelCount")) }
  ]
}
