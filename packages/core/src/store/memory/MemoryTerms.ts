import { UnknownReference } from "../../catalog/CatalogError.ts"
import type { Item, NewItem } from "../../catalog/Item.ts"
import type { OrganizationId } from "../../catalog/Organization.ts"
import { BrandId, CategoryId, UnitId } from "../../catalog/Term.ts"
import { type Tables, writeEvent } from "./Tables.ts"

export type TermKind = "category" | "brand" | "unit"

type Named = Pick<NewItem, TermKind | `${TermKind}Id`>
type Terms = Pick<Item, TermKind | `${TermKind}Id`>

/** An item's category, brand and unit as they are called now. */
export const currentTerms = ({ terms }: Tables, item: Terms): Terms => ({
  category: item.categoryId === null ? null : (terms.category.get(item.categoryId)?.name ?? null),
  categoryId: item.categoryId,
  brand: item.brandId === null ? null : (terms.brand.get(item.brandId)?.name ?? null),
  brandId: item.brandId,
  unit: item.unitId === null ? null : (terms.unit.get(item.unitId)?.name ?? null),
  unitId: item.unitId
})

/** What an item's category, brand and unit become; nothing is made when one of them is unknown. */
export const resolveTerms = (
  tables: Tables,
  organization: OrganizationId,
  given: Named,
  current: Terms | null,
  now: number
): Terms | UnknownReference => {
  for (const kind of ["category", "brand", "unit"] as const) {
    const id = given[`${kind}Id`]
    if (id === undefined || id === null || id === current?.[`${kind}Id`]) continue
    const term = tables.terms[kind].get(id)
    if (term === undefined || term.organization !== organization || !term.active) {
      return new UnknownReference({ field: `${kind}Id`, id })
    }
  }
  const idOf = (kind: TermKind): number | null => {
    const id = given[`${kind}Id`]
    const name = given[kind]
    if (id !== undefined) return id
    const currentId = current?.[`${kind}Id`] ?? null
    if (name === undefined) return currentId
    if (name === null) return null
    if (currentId !== null && tables.terms[kind].get(currentId)?.name === name) return currentId
    return findOrCreate(tables, organization, kind, name, now)
  }
  const [category, brand, unit] = [idOf("category"), idOf("brand"), idOf("unit")]
  return currentTerms(tables, {
    category: null,
    categoryId: category === null ? null : CategoryId.make(category),
    brand: null,
    brandId: brand === null ? null : BrandId.make(brand),
    unit: null,
    unitId: unit === null ? null : UnitId.make(unit)
  })
}

const findOrCreate = (
  tables: Tables,
  organization: OrganizationId,
  kind: TermKind,
  name: string,
  now: number
): number => {
  for (const term of tables.terms[kind].values()) {
    if (term.organization === organization && term.active && term.name === name) return term.id
  }
  const id = tables.terms[kind].size + 1
  const term = { organization, name, active: true, createdAt: now, updatedAt: now }
  if (kind === "category") tables.terms.category.set(id, { ...term, id: CategoryId.make(id), description: null })
  else if (kind === "brand") tables.terms.brand.set(id, { ...term, id: BrandId.make(id), description: null })
  else tables.terms.unit.set(id, { ...term, id: UnitId.make(id), symbol: null, scale: 0 })
  const made = { category: "CategoryCreated", brand: "BrandCreated", unit: "UnitCreated" } as const
  writeEvent(tables, organization, { _tag: made[kind], id }, now)
  return id
}
