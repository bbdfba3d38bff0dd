import fc from "fast-check"
import type { CommandInput } from "../engine/StockEngine.ts"
import type { World } from "./histories.ts"

type TransferInput = Extract<CommandInput, { readonly _tag: `${string}Transfer` }>

/** Random transfers between the places of a world, few and by reference, so that their steps meet. */
export const transferStep = ({
  organization,
  items,
  variations,
  batches,
  locations
}: World): fc.Arbitrary<TransferInput> => {
  const line = fc.record(
    {
      item: fc.constantFrom(...items),
      quantity: fc.integer({ min: 1, max: 4 }),
      variation: fc.constantFrom(...variations),
      batch: fc.constantFrom(...batches)
    },
    { requiredKeys: ["item", "quantity"] }
  )
  const lines = fc.tuple(line, fc.array(line, { maxLength: 1 })).map(([first, rest]) => [first, ...rest] as const)
  const reference = fc.constantFrom("T1", "T2", "T3")
  const place = fc.constantFrom(...locations)
  const base = <Tag extends TransferInput["_tag"]>(_tag: Tag) => ({
    _tag: fc.constant(_tag),
    organization: fc.constant(organization)
  })
  const step = <Tag extends TransferInput["_tag"]>(_tag: Tag) => ({
    ...base(_tag),
    transfer: fc.record({ reference })
  })
  const requiredKeys: ["_tag", "organization", "transfer"] = ["_tag", "organization", "transfer"]
  return fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record(
        { ...base("RequestTransfer"), reference, from: place, to: place, lines },
        { requiredKeys: ["_tag", "organization", "from", "to", "lines"] }
      )
    },
    { weight: 3, arbitrary: fc.record({ ...step("DispatchTransfer"), lines }, { requiredKeys }) },
    {
      weight: 3,
      arbitrary: fc.record({ ...step("ReceiveTransfer"), lines, lost: lines, found: lines }, { requiredKeys })
    },
    { weight: 1, arbitrary: fc.record(step("CompleteTransfer")) },
    { weight: 1, arbitrary: fc.record({ ...step("CancelTransfer"), pendingOnly: fc.boolean() }, { requiredKeys }) }
  )
}

/** Stock comes in, is asked for elsewhere, and goes part of the way there or all of it. */
export const transferChapter = ({ organization, items, locations }: World): fc.Arbitrary<ReadonlyArray<CommandInput>> =>
  fc
    .record({
      item: fc.constantFrom(...items),
      from: fc.constantFrom(...locations),
      to: fc.constantFrom(...locations),
      reference: fc.constantFrom("T1", "T2", "T3"),
      quantity: fc.integer({ min: 2, max: 6 }),
      part: fc.integer({ min: 1, max: 2 }),
      steps: fc.array(fc.constantFrom("part", "all", "receive", "lose", "find", "complete", "cancel"), { maxLength: 5 })
    })
    .map(({ item, from, to, reference, quantity, part, steps }) => {
      const context = { organization, transfer: { reference } }
      const some = [{ item, quantity: part }] as const
      const commands: Record<(typeof steps)[number], CommandInput> = {
        part: { _tag: "DispatchTransfer", ...context, lines: some },
        all: { _tag: "DispatchTransfer", ...context },
        receive: { _tag: "ReceiveTransfer", ...context, lines: some },
        lose: { _tag: "ReceiveTransfer", ...context, lost: some },
        find: { _tag: "ReceiveTransfer", ...context, found: some },
        complete: { _tag: "CompleteTransfer", ...context },
        cancel: { _tag: "CancelTransfer", ...context }
      }
      return [
        { _tag: "Receive", organization, lines: [{ item, quantity, location: from }] },
        { _tag: "RequestTransfer", organization, reference, from, to, lines: [{ item, quantity }] },
        ...steps.map((name) => commands[name])
      ]
    })
