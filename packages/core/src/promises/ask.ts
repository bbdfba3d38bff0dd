import { Effect } from "effect"
import type { InvalidInput } from "../stock/Rejection.ts"
import { checked } from "./checked.ts"
import type { CallOptions } from "./options.ts"
import type { Plain } from "./Plain.ts"
import type { Runner, Tagged } from "./Runner.ts"

/** Checks what a call names, asks a service for it, and answers with a promise. */
export type Ask = <Input extends object, A, E extends Tagged>(
  input: Plain<Input>,
  service: (input: Input) => Effect.Effect<A, E>,
  options: CallOptions | undefined
) => Promise<A>

/** Asks by way of a runner. */
export const askBy =
  (runner: Runner): Ask =>
  <Input extends object, A, E extends Tagged>(
    input: Plain<Input>,
    service: (input: Input) => Effect.Effect<A, E>,
    options: CallOptions | undefined
  ) =>
    runner.run<A, E | InvalidInput>(Effect.flatMap(Effect.fromResult(checked<Input>(input)), service), options?.signal)
