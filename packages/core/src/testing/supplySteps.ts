import fc from "fast-check"
import type { CommandInput } from "../engine/StockEngine.ts"
import type { World } from "./histories.ts"

type SupplyInput = Extract<CommandInput, { readonly _tag: `${string}Supply` }>

/** Random supplies, few and by reference, so that their steps meet. */
export const supplyStep = ({ organization, items, variations, locations }: World): fc.Arbitrary<SupplyInput> => {
  const item = fc.constantFrom(...items)
  const quantity = fc.integer({ min: 1, max: 5 })
  const place = { variation: fc.constantFrom(...variations), location: fc.constantFrom(...locations) }
  const unitCost = fc.constantFrom("1.00", "0.333333")
  const expected = fc.record(
    { item, quantity, ...place, unitCost, expectedAt: fc.nat(2000) },
    { requiredKeys: ["item", "quantity"] }
  )
  const receipt = fc.record(
    { line: fc.nat(1), item, quantity, ...place, unitCost },
    { requiredKeys: ["line", "item", "quantity"] }
  )
  const some = <A>(one: fc.Arbitrary<A>) =>
    fc.tuple(one, fc.array(one, { maxLength: 1 })).map(([first, rest]) => [first, ...rest] as const)
  const reference = fc.constantFrom("S1", "S2")
  const tolerance = fc.oneof(fc.record({ percent: fc.constantFrom(0, 50) }), fc.record({ units: fc.nat(2) }))
  const base = <Tag extends SupplyInput["_tag"]>(_tag: Tag) => ({
    _tag: fc.constant(_tag),
    organization: fc.constant(organization)
  })
  const step = <Tag extends SupplyInput["_tag"]>(_tag: Tag) => ({ ...base(_tag), supply: fc.record({ reference }) })
  return fc.oneof(
    {
      weight: 3,
      arbitrary: fc.record(
        { ...base("ExpectSupply"), reference, tolerance, lines: some(expected) },
        { requiredKeys: ["_tag", "organization", "lines"] }
      )
    },
    {
      weight: 5,
      arbitrary: fc.record(
        { ...step("ReceiveSupply"), lines: some(receipt) },
        { requiredKeys: ["_tag", "organization", "supply"] }
      )
    },
    { weight: 1, arbitrary: fc.record(step("CloseSupply")) },
    { weight: 1, arbitrary: fc.record(step("CancelSupply")) }
  )
}

/** Stock is expected and comes in, in parts or whole, as much as expected or more. */
export const supplyChapter = ({ organization, items }: World): fc.Arbitrary<ReadonlyArray<CommandInput>> =>
  fc
    .record({
      item: fc.constantFrom(...items),
      reference: fc.constantFrom("S1", "S2"),
      quantity: fc.integer({ min: 1, max: 6 }),
      parts: fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 3 }),
      end: fc.constantFrom("ReceiveSupply", "CloseSupply", "CancelSupply")
    })
    .map(({ item, reference, quantity, parts, end }) => {
      const context = { organization, supply: { reference } }
      return [
        { _tag: "ExpectSupply", organization, reference, tolerance: { units: 1 }, lines: [{ item, quantity }] },
        ...parts.map(
          (part): CommandInput => ({ _tag: "ReceiveSupply", ...context, lines: [{ line: 0, item, quantity: part }] })
        ),
        { _tag: end, ...context }
      ]
    })
