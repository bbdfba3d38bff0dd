import { ChangedMeanwhile, type How } from "@stockbook/core"
import { Effect } from "effect"

/** Fails if a row, which must be locked by now, is no longer as its reader saw it. */
export const checkUnchanged = (
  row: { readonly updatedAt: number },
  { ifUpdatedAt }: How
): Effect.Effect<void, ChangedMeanwhile> =>
  ifUpdatedAt === null || ifUpdatedAt === row.updatedAt ? Effect.void : new ChangedMeanwhile()

/** The time of a change: no two versions of a thing have the same. */
export const changedAt = (now: number, row: { readonly updatedAt: number }): number => Math.max(now, row.updatedAt + 1)
