import { Effect, Result } from "effect"
import type { CatalogDriver } from "../../catalog/CatalogDriver.ts"
import { DuplicateName, UnknownReference } from "../../catalog/CatalogError.ts"
import type { Item, NewItem } from "../../catalog/Item.ts"
import type { OrganizationId } from "../../catalog/Organization.ts"
import { BrandId, CategoryId, type TermKind, type Terms, UnitId } from "../../catalog/Term.ts"
import { ChangedMeanwhile } from "../../stock/Rejection.ts"
import type { CatalogChanged } from "../../stock/StockEvent.ts"
import { changedAt, isStale } from "./isStale.ts"
import { contains, listed } from "./lists.ts"
import { writing } from "./once.ts"
import { type Tables, writeEvent } from "./Tables.ts"

const kinds = ["category", "brand", "unit"] as const
const labels = { category: "Category", brand: "Brand", unit: "Unit" } as const

type TermFields = Pick<Item, TermKind | `${TermKind}Id`>

/** An item's category, brand and unit as they are called now. */
export const currentTerms = ({ terms }: Tables, item: TermFields): TermFields => ({
  category: item.categoryId === null ? null : (terms.category.get(item.categoryId)?.name ?? null),
  categoryId: item.categoryId,
  brand: item.brandId === null ? null : (terms.brand.get(item.brandId)?.name ?? null),
  brandId: item.brandId,
  unit: item.unitId === null ? null : (terms.unit.get(item.unitId)?.name ?? null),
  unitId: item.unitId
})

/** The first id among an item's new terms that is none. */
export const unknownTerm = (
  tables: Tables,
  organization: OrganizationId,
  given: Partial<Pick<NewItem, `${TermKind}Id`>>,
  current: TermFields | null
): UnknownReference | null => {
  for (const kind of kinds) {
    const id = given[`${kind}Id`]
    if (id === undefined || id === null || id === current?.[`${kind}Id`]) continue
    const term = tables.terms[kind].get(id)
    if (term?.organization !== organization || !term.active) return new UnknownReference({ field: `${kind}Id`, id })
  }
  return null
}

/** What an item's category, brand and unit become. Those given by a new name are made. */
export const resolveTerms = (
  tables: Tables,
  organization: OrganizationId,
  given: Pick<NewItem, TermKind | `${TermKind}Id`>,
  current: TermFields | null,
  now: number
): TermFields => {
  const idOf = (kind: TermKind): number | null => {
    const id = given[`${kind}Id`]
    const name = given[kind]
    const currentId = current?.[`${kind}Id`] ?? null
    if (id !== undefined) return id
    if (name === undefined) return currentId
    if (name === null) return null
    if (currentId !== null && tables.terms[kind].get(currentId)?.name === name) return currentId
    return (named(tables, organization, kind, name) ?? add(tables, kind, organization, { name }, now)).id
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

/** The term of a name that is not deleted. */
const named = (tables: Tables, organization: OrganizationId, kind: TermKind, name: string) =>
  Array.from<Terms[TermKind]>(tables.terms[kind].values()).find(
    (term) => term.organization === organization && term.active && term.name === name
  )

interface Given {
  readonly name: string
  readonly description?: string | null
  readonly symbol?: string | null
  readonly scale?: number
}

const add = (tables: Tables, kind: TermKind, organization: OrganizationId, given: Given, now: number) => {
  const id = tables.terms[kind].size + 1
  const term = { organization, name: given.name, active: true, createdAt: now, updatedAt: now }
  const { description = null, symbol = null, scale = 0 } = given
  writeEvent(tables, organization, { _tag: `${labels[kind]}Created`, id }, now)
  switch (kind) {
    case "category":
      return put(tables, kind, { ...term, id: CategoryId.make(id), description })
    case "brand":
      return put(tables, kind, { ...term, id: BrandId.make(id), description })
    case "unit":
      return put(tables, kind, { ...term, id: UnitId.make(id), symbol, scale })
  }
}

const tableOf = <K extends TermKind>(tables: Tables, kind: K): Map<number, Terms[K]> => tables.terms[kind]

const put = <K extends TermKind>(tables: Tables, kind: K, term: Terms[K]): Terms[K] => {
  tableOf(tables, kind).set(term.id, term)
  return term
}

type TermDriver = Pick<CatalogDriver, "insertTerm" | "updateTerm" | "removeTerm" | "restoreTerm" | "term" | "terms">

/** Categories, brands and units in memory. */
export const memoryTerms = (tables: Tables): TermDriver => {
  const find = <K extends TermKind>(kind: K, organization: OrganizationId, id: number): Terms[K] | null => {
    const term = tableOf(tables, kind).get(id)
    return term?.organization === organization ? term : null
  }
  const taken = (kind: TermKind, organization: OrganizationId, name: string | undefined, except: number) => {
    const other = name === undefined ? undefined : named(tables, organization, kind, name)
    return other === undefined || other.id === except ? null : new DuplicateName({ of: kind, duplicate: other.name })
  }
  const change = <K extends TermKind, P extends object>(
    kind: K,
    term: Terms[K],
    patch: P,
    tag: CatalogChanged["_tag"],
    now: number
  ) => {
    writeEvent(tables, term.organization, { _tag: tag, id: term.id }, now)
    return Result.succeed(put(tables, kind, { ...term, ...patch, updatedAt: changedAt(now, term) }))
  }

  return {
    insertTerm: (kind, organization, input, how) =>
      writing(tables, organization, how, (now) => {
        const duplicate = taken(kind, organization, input.name, 0)
        if (duplicate !== null) return Result.fail(duplicate)
        const made = find(kind, organization, add(tables, kind, organization, input, now).id)
        return made === null
          ? Result.fail(new DuplicateName({ of: kind, duplicate: input.name }))
          : Result.succeed(made)
      }),
    updateTerm: (kind, organization, id, patch, how) =>
      writing(tables, organization, how, (now) => {
        const term = find(kind, organization, id)
        if (term === null || !term.active) return Result.succeed(null)
        if (isStale(term, how)) return Result.fail(new ChangedMeanwhile())
        const duplicate = taken(kind, organization, patch.name, id)
        return duplicate === null ? change(kind, term, patch, `${labels[kind]}Updated`, now) : Result.fail(duplicate)
      }),
    removeTerm: (kind, organization, id, how) =>
      writing(tables, organization, how, (now) => {
        const term = find(kind, organization, id)
        if (term === null || !term.active) return Result.succeed(null)
        if (isStale(term, how)) return Result.fail(new ChangedMeanwhile())
        return change(kind, term, { active: false }, `${labels[kind]}Deleted`, now)
      }),
    restoreTerm: (kind, organization, id, how) =>
      writing(tables, organization, how, (now) => {
        const term = find(kind, organization, id)
        if (term === null || term.active) return Result.succeed(term)
        if (isStale(term, how)) return Result.fail(new ChangedMeanwhile())
        const duplicate = taken(kind, organization, term.name, id)
        return duplicate === null
          ? change(kind, term, { active: true }, `${labels[kind]}Restored`, now)
          : Result.fail(duplicate)
      }),
    term: (kind, organization, id) => Effect.sync(() => find(kind, organization, id)),
    terms: (kind, { organization, active, search, ...page }) =>
      Effect.sync(() =>
        listed(
          Array.from(tableOf(tables, kind).values()).filter(
            (term) =>
              term.organization === organization &&
              (active === undefined || term.active === active) &&
              (search === undefined || contains([term.name], search))
          ),
          page
        )
      )
  }
}
