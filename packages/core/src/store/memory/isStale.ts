import type { UpdateOptions } from "../../catalog/CatalogDriver.ts"

/** Whether a row is no longer as the caller saw it. */
export const isStale = (row: { readonly updatedAt: number }, options: UpdateOptions | undefined): boolean =>
  options?.ifUpdatedAt !== undefined && options.ifUpdatedAt !== row.updatedAt
