import { Result } from "effect"
import type { Submission } from "../rules/fold.ts"
import { Command } from "../stock/Command.ts"
import type { InvalidInput } from "../stock/Rejection.ts"
import { checkKey } from "./idempotencyKey.ts"
import type { CommandInput, ExecuteOptions } from "./StockEngine.ts"
import { validator } from "./validate.ts"

const decodeCommand = validator(Command)

/** What a caller asks for, checked. */
export const submissionOf = (
  input: CommandInput,
  { idempotencyKey, unchanged }: ExecuteOptions = {}
): Result.Result<Submission, InvalidInput> => {
  const invalid = idempotencyKey === undefined ? null : checkKey(idempotencyKey)
  const decoded = decodeCommand(input)
  if (Result.isFailure(decoded)) return Result.fail(decoded.failure)
  if (invalid !== null) return Result.fail(invalid)
  return Result.succeed({ command: decoded.success, key: idempotencyKey ?? null, unchanged: unchanged ?? null })
}
