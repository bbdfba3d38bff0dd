import { Result } from "effect"
import { type Transfer, transferUnits } from "../../src/documents/Transfer.ts"
import type { Decision } from "../../src/rules/Decision.ts"
import { given, type Input } from "./given.ts"

/** 5 of item 1 and 4 of item 2 at location 1; transfer "T" of 3 and 2 of them to location 2. Transit is location 4. */
export const stocked = (...then: ReadonlyArray<Input>) =>
  given(
    {
      _tag: "Receive",
      lines: [
        { item: 1, quantity: 5 },
        { item: 2, quantity: 4 }
      ]
    },
    {
      _tag: "RequestTransfer",
      reference: "T",
      from: 1,
      to: 2,
      lines: [
        { item: 1, quantity: 3 },
        { item: 2, quantity: 2 }
      ]
    },
    ...then
  )

const transfer = { reference: "T" }
export const dispatch = { _tag: "DispatchTransfer", transfer } as const
export const receive = { _tag: "ReceiveTransfer", transfer } as const
export const complete = { _tag: "CompleteTransfer", transfer } as const
export const cancel = { _tag: "CancelTransfer", transfer } as const

export const transferOf = ({ result }: { readonly result: Result.Result<Decision, unknown> }): Transfer => {
  const [document] = Result.getOrThrow(result).documents
  if (document?.kind !== "transfer") throw new Error("No transfer was written")
  return document
}

export const standing = (when: Parameters<typeof transferOf>[0]) => {
  const { pending, inTransit, received, lost, cancelled, found } = transferUnits(transferOf(when))
  return [transferOf(when).status, pending, inTransit, received, lost, cancelled, found]
}
