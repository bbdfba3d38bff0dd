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
  return Result.flatMap(decodeCommand(input), (command) =>
    invalid === null
      ? Result.succeed({ command, key: idempotencyKey ?? null, unchanged: unchanged ?? null })
      : Result.fail(invalid)
  )
}
