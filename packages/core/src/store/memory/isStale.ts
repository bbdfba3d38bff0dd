import type { How } from "../../catalog/CatalogDriver.ts"

/** Whether a row is no longer as the caller saw it. */
export const isStale = (row: { readonly updatedAt: number }, { ifUpdatedAt }: How): boolean =>
  ifUpdatedAt !== null && ifUpdatedAt !== row.updatedAt

/** The time of a change: no two versions of a thing have the same. */
export const changedAt = (now: number, row: { readonly updatedAt: number }): number => Math.max(now, row.updatedAt + 1)
