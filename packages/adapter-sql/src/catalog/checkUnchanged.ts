import { ChangedMeanwhile, type UpdateOptions } from "@stockbook/core"
import { Effect } from "effect"

/** Fails if a row, which must be locked by now, is no longer as its reader saw it. */
export const checkUnchanged = (
  row: { readonly updatedAt: number },
  options: UpdateOptions | undefined
): Effect.Effect<void, ChangedMeanwhile> =>
  options?.ifUpdatedAt === undefined || options.ifUpdatedAt === row.updatedAt ? Effect.void : new ChangedMeanwhile()
