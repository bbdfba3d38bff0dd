import { Schema } from "effect"
import { textOf } from "../catalog/Text.ts"

/** Why stock changed, in every organization; each may add its own. */
export const builtInReasons = {
  purchase: "Purchase",
  sale: "Sale",
  return: "Customer return",
  damage: "Damage",
  theft: "Theft",
  expiry: "Expiry",
  count: "Count difference",
  correction: "Correction",
  found: "Found",
  sample: "Sample",
  other: "Other"
} as const

/** A reason's code: 1 to 100 characters, told apart by case. */
export const ReasonCode = textOf(1, 100)

/** What it takes to make a reason of one's own: a code that is not built in, and a name people read. */
export const NewReason = Schema.Struct({
  code: ReasonCode.check(
    Schema.makeFilter((code: string) => !isBuiltIn(code) || "Expected a code that is not built in")
  ),
  name: textOf(1, 255)
})
export type NewReason = typeof NewReason.Type

/** A reason that commands may give. */
export interface Reason {
  readonly code: string
  readonly name: string
  /** Known to every organization; it can be neither changed nor removed. */
  readonly builtIn: boolean
}

/** Whether every organization knows the code. */
export const isBuiltIn = (code: string): boolean => Object.hasOwn(builtInReasons, code)
