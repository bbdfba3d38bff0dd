import type { CatalogDriver } from "@stockbook/core"
import type { Session } from "../Session.ts"
import { sqlItems } from "./items.ts"
import { sqlLocations } from "./locations.ts"

/** The catalogue over SQL. */
export const sqlCatalog = (session: Session): CatalogDriver => ({ ...sqlLocations(session), ...sqlItems(session) })
