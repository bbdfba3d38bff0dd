import { type Effect, Result } from "effect"
import { InvalidInput } from "../stock/Rejection.ts"
import type { CallOptions } from "./options.ts"
import type { Runner, Tagged } from "./Runner.ts"
import { StockbookError } from "./StockbookError.ts"

type Checked<A> = Result.Result<A, InvalidInput>

/** Asks a service for what a call names and with what it says beside, both checked; answers with a promise. */
export type Ask = <Input, Options extends CallOptions, A, E extends Tagged>(
  input: Checked<Input>,
  options: Checked<Options>,
  service: (input: Input, options: Options) => Effect.Effect<A, E>
) => Promise<A>

/** Asks by way of a runner. */
export const askBy =
  (runner: Runner): Ask =>
  async (input, options, service) => {
    if (Result.isSuccess(input) && Result.isSuccess(options)) {
      return runner.run(service(input.success, options.success), options.success.signal)
    }
    throw new StockbookError(new InvalidInput({ issues: [...issuesOf(input), ...issuesOf(options)] }))
  }

/** What was checked, or else the refusal, thrown. */
export const certain = <A>(result: Checked<A>): A => {
  if (Result.isSuccess(result)) return result.success
  throw new StockbookError(result.failure)
}

const issuesOf = (checked: Checked<unknown>) => (Result.isFailure(checked) ? checked.failure.issues : [])
