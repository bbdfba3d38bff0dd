import type { CatalogDriver, OrganizationId } from "@stockbook/core"
import { Effect } from "effect"
import type { Session } from "../Session.ts"
import { sqlBatches } from "./batches.ts"
import { sqlFigures } from "./figures.ts"
import { sqlItems } from "./items.ts"
import { sqlKits } from "./kits.ts"
import { sqlLocations } from "./locations.ts"
import { sqlNamed } from "./named.ts"
import { sqlPartners } from "./partners.ts"
import { sqlStockFigures } from "./stockFigures.ts"
import { sqlTerms } from "./terms.ts"
import { sqlVariations } from "./variations.ts"

const tables = { item: "items", variation: "variations", batch: "batches" } as const

/** The catalogue over SQL. */
export const sqlCatalog = (session: Session): CatalogDriver => ({
  ...sqlLocations(session),
  ...sqlTerms(session),
  ...sqlPartners(session),
  ...sqlItems(session),
  ...sqlVariations(session),
  ...sqlBatches(session),
  ...sqlKits(session),
  ...sqlFigures(session),
  named: sqlNamed(session),
  ...sqlStockFigures(session),
  ownerOf: (part, id) =>
    session.read(
      Effect.map(
        session.sql<{ readonly organization: OrganizationId }>`SELECT organization
          FROM ${session.sql(tables[part])} WHERE id = ${id}`,
        ([row]) => row?.organization ?? null
      )
    )
})
