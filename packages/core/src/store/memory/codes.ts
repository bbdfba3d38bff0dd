import { DuplicateBarcode, DuplicateSku } from "../../catalog/CatalogError.ts"
import type { ItemId } from "../../catalog/Item.ts"
import type { OrganizationId } from "../../catalog/Organization.ts"
import type { VariationId } from "../../catalog/Variation.ts"
import type { Tables } from "./Tables.ts"

interface Codes {
  readonly sku?: string | null
  readonly barcode?: string | null
}

/** What has the code now, and may keep it. */
interface Owner {
  readonly item?: ItemId
  readonly variation?: VariationId
}

/** The first of the codes that another item or variation of the organization has. */
export const duplicateCode = (tables: Tables, organization: OrganizationId, codes: Codes, owner: Owner) => {
  const taken = (field: keyof Codes) => {
    const code = codes[field]
    if (code === null || code === undefined) return false
    const same = (each: Codes & { readonly organization: OrganizationId }) =>
      each.organization === organization && each[field] === code
    return (
      Array.from(tables.items.values()).some((each) => same(each) && each.id !== owner.item) ||
      Array.from(tables.variations.values()).some((each) => same(each) && each.id !== owner.variation)
    )
  }
  if (taken("sku")) return new DuplicateSku({ sku: codes.sku ?? "" })
  return taken("barcode") ? new DuplicateBarcode({ barcode: codes.barcode ?? "" }) : null
}

/** Likewise of many that are to be made, among which none may have the code of another. */
export const duplicateCodeAmong = (tables: Tables, organization: OrganizationId, all: ReadonlyArray<Codes>) => {
  const skus = new Set<string>()
  const barcodes = new Set<string>()
  for (const codes of all) {
    const duplicate = duplicateCode(tables, organization, codes, {})
    if (duplicate !== null) return duplicate
    const { sku = null, barcode = null } = codes
    if (sku !== null) {
      if (skus.has(sku)) return new DuplicateSku({ sku })
      skus.add(sku)
    }
    if (barcode !== null) {
      if (barcodes.has(barcode)) return new DuplicateBarcode({ barcode })
      barcodes.add(barcode)
    }
  }
  return null
}
