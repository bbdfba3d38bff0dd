import type { CatalogDriver } from "@stockbook/core"
import type { Session } from "../Session.ts"
import { sqlBatches } from "./batches.ts"
import { sqlItems } from "./items.ts"
import { sqlKits } from "./kits.ts"
import { sqlLocations } from "./locations.ts"
import { sqlPartners } from "./partners.ts"
import { sqlTerms } from "./terms.ts"
import { sqlVariations } from "./variations.ts"

/** The catalogue over SQL. */
export const sqlCatalog = (session: Session): CatalogDriver => ({
  ...sqlLocations(session),
  ...sqlTerms(session),
  ...sqlPartners(session),
  ...sqlItems(session),
  ...sqlVariations(session),
  ...sqlBatches(session),
  ...sqlKits(session)
})
