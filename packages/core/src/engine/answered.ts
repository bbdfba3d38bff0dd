import { Exit, Result } from "effect"
import type { Answer } from "../rules/fold.ts"
import type { Outcome } from "../stock/Outcome.ts"
import type { Rejection } from "../stock/Rejection.ts"

/** A rule's answer as an exit: a defect of one command is that command's. */
export const answered = (answer: Answer): Exit.Exit<Outcome, Rejection> =>
  Result.isSuccess(answer)
    ? Exit.succeed(answer.success)
    : answer.failure._tag === "Defect"
      ? Exit.die(answer.failure.cause)
      : Exit.fail(answer.failure)
