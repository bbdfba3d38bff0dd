import { storable } from "../catalog/Text.ts"
import { InvalidInput } from "../stock/Rejection.ts"

/** What is wrong with an idempotency key, if anything. */
export const checkKey = (key: string): InvalidInput | null =>
  key.length >= 1 && key.length <= 200 && storable(key)
    ? null
    : new InvalidInput({
        issues: [{ path: ["idempotencyKey"], message: "Expected 1 to 200 characters, no NUL or lone surrogates" }]
      })
