import fc from "fast-check"
import type { CommandInput } from "../engine/StockEngine.ts"
import type { World } from "./histories.ts"

type OrderInput = Extract<CommandInput, { readonly _tag: `${string}Order` }>

/** Random orders of the batches of a world, few and by reference, so that their steps meet. */
export const orderStep = ({ organization, items, batches, locations }: World): fc.Arbitrary<OrderInput> => {
  const side = fc.constantFrom("incoming" as const, "outgoing" as const)
  const reference = fc.constantFrom("O1", "O2", "O3")
  const of = fc.constant(organization)
  const order = fc.record({ side, reference })
  const notices = fc.constantFrom([], [{ kind: "told" }])
  return fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record(
        {
          _tag: fc.constant("PlaceOrder" as const),
          organization: of,
          side,
          reference,
          partner: fc.constant(1),
          item: fc.constantFrom(...items),
          batch: fc.constantFrom(...batches),
          location: fc.constantFrom(...locations),
          quantity: fc.integer({ min: 1, max: 5 }),
          unitAmount: fc.constantFrom("0.00", "799.995"),
          date: fc.constant(0),
          notices
        },
        { requiredKeys: ["_tag", "organization", "side", "partner", "item", "batch", "quantity", "unitAmount", "date"] }
      )
    },
    {
      weight: 1,
      arbitrary: fc.record({ _tag: fc.constant("CompleteOrder" as const), organization: of, order, notices })
    },
    { weight: 2, arbitrary: fc.record({ _tag: fc.constant("CancelOrder" as const), organization: of, order, notices }) }
  )
}
