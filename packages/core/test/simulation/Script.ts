import type { CommandInput } from "../../src/engine/StockEngine.ts"

/** Why the store says it did nothing. */
export type Refusal = "busy" | "conflict" | "unavailable" | "corrupt"

/**
 * What happens next in a simulation. `pick` counts among what there is to pick from, round and round, so that every
 * action means something whatever became of those before it.
 *
 * - `send`: a client asks a process; `again`: a client that had a key asks once more, wherever it likes.
 * - `serve`: the store carries out one operation and answers. `apply` and `answer` are the two halves of it.
 * - `fail`: the store does not do it, and says so.
 * - `lose`: it is done, and the answer is lost. `vanish`: it is not done, and nobody can tell. `orphan`: nobody can
 *   tell, and it is done, or refused, later.
 * - `tick`: time passes. `drift`: a process's clock is set, forwards or backwards; `jump`: the store's, forwards.
 * - `kill`: a process dies, so many steps after it was given an answer, and another starts in its place. With
 *   `commits`, what it had sent is done all the same.
 */
export type Action =
  | { readonly do: "send"; readonly to: number; readonly command: CommandInput; readonly key: string | null }
  | { readonly do: "again"; readonly pick: number; readonly to: number }
  | { readonly do: "serve" | "apply" | "answer" | "lose" | "vanish" | "orphan"; readonly pick: number }
  | { readonly do: "fail"; readonly pick: number; readonly reason: Refusal }
  | { readonly do: "tick" | "jump"; readonly ms: number }
  | { readonly do: "drift"; readonly process: number; readonly ms: number }
  | { readonly do: "kill"; readonly process: number; readonly steps: number; readonly commits: boolean }

/** A whole simulation. Played twice, it goes the same way twice. */
export interface Script {
  readonly seed: number
  readonly processes: number
  readonly batchSize: number
  readonly capacity: number
  readonly rememberedItems: number
  /** Whether the store confirms what is remembered: the fast road. */
  readonly guarded: boolean
  readonly actions: ReadonlyArray<Action>
}
