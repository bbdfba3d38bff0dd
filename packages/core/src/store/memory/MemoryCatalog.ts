import type { CatalogDriver } from "../../catalog/CatalogDriver.ts"
import { memoryItems } from "./MemoryItems.ts"
import { memoryLocations } from "./MemoryLocations.ts"
import type { Tables } from "./Tables.ts"

/** The catalogue in memory. */
export const memoryCatalog = (tables: Tables): CatalogDriver => ({ ...memoryLocations(tables), ...memoryItems(tables) })
