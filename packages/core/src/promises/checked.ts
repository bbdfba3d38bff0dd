import { Result } from "effect"
import { storable } from "../catalog/Text.ts"
import { InvalidInput } from "../stock/Rejection.ts"
import type { Plain } from "./Plain.ts"
import { StockbookError } from "./StockbookError.ts"

const ids = new Set(
  "organization id ids item items location variation batch hold kit partner categoryId brandId unitId".split(" ")
)

/**
 * What somebody gives to read by, as the services take it: an id is 1 or more, any other number 0 or more, and text can
 * be stored. `InvalidInput` names the field that is otherwise.
 */
export const checked = <Input extends object>(input: Plain<Input>): Result.Result<Input, InvalidInput> => {
  const issues = issuesOf([], input)
  // Its brands say no more than has just been checked.
  return issues.length === 0 ? Result.succeed(input as unknown as Input) : Result.fail(new InvalidInput({ issues }))
}

/** What was checked, or else the refusal, thrown. */
export const certain = <A>(result: Result.Result<A, InvalidInput>): A => {
  if (Result.isSuccess(result)) return result.success
  throw new StockbookError(result.failure)
}

type Issue = InvalidInput["issues"][number]
type Path = Issue["path"]

const issuesOf = (path: Path, value: unknown): ReadonlyArray<Issue> => {
  if (value === undefined) return []
  if (typeof value === "object" && value !== null) {
    return Object.entries(value).flatMap(([key, part]) =>
      issuesOf([...path, Array.isArray(value) ? Number(key) : key], part)
    )
  }
  const field = path.findLast((key) => typeof key === "string")
  const isId = field !== undefined && ids.has(field)
  const lowest = isId ? 1 : 0
  const wrong = (message: string): ReadonlyArray<Issue> => [{ path, message }]
  if (isId || typeof value === "number") {
    const whole = typeof value === "number" && Number.isSafeInteger(value) && value >= lowest
    return whole ? [] : wrong(`Expected an integer of ${lowest} or more`)
  }
  if (typeof value === "string" && !storable(value)) return wrong("Expected text without NUL or lone surrogates")
  return []
}
