import { type Item, type NewItem, type OrganizationId, UnknownReference } from "@stockbook/core"
import { Effect } from "effect"
import type { Session } from "../Session.ts"
import { writeEvent } from "./events.ts"

/** What items are described with: each kind is a table, with an id sequence of the same name. */
export const termTables = { category: "categories", brand: "brands", unit: "units" } as const
export type TermKind = keyof typeof termTables

/** An item's term: its id and its name. */
export interface NamedTerm {
  readonly id: number
  readonly name: string
}

const created = { category: "CategoryCreated", brand: "BrandCreated", unit: "UnitCreated" } as const

/** The term of this name that is not deleted, made if there is none. Its unique index stands behind it. */
const findOrCreate = Effect.fnUntraced(function* (
  session: Session,
  organization: OrganizationId,
  kind: TermKind,
  name: string
) {
  const { sql } = session
  const table = sql.literal(termTables[kind])
  const [found] = yield* sql<NamedTerm>`SELECT id, name FROM ${table}
    WHERE organization = ${organization} AND name = ${name} AND active = ${true}`
  if (found !== undefined) return found
  const now = yield* session.now
  const id = yield* session.nextId(kind)
  const [column, value] = kind === "unit" ? [sql`, scale`, sql`, 0`] : [sql``, sql``]
  yield* sql`INSERT INTO ${table} (organization, id, name, active, created_at, updated_at${column})
    VALUES (${organization}, ${id}, ${name}, ${true}, ${now}, ${now}${value})`
  yield* writeEvent(session, organization, { _tag: created[kind], id }, now)
  return { id, name }
})

const findById = Effect.fnUntraced(function* (
  { sql }: Session,
  organization: OrganizationId,
  kind: TermKind,
  id: number,
  current: number | null
) {
  const [found] = yield* sql<NamedTerm>`SELECT id, name FROM ${sql.literal(termTables[kind])}
    WHERE organization = ${organization} AND id = ${id} AND (active = ${true} OR id = ${current})`
  return found ?? (yield* new UnknownReference({ field: `${kind}Id`, id }))
})

/** What an item's category, brand or unit becomes: as named, by id or by name, or else as it is. */
const termOf = Effect.fnUntraced(function* (
  session: Session,
  organization: OrganizationId,
  kind: TermKind,
  given: Pick<NewItem, TermKind | `${TermKind}Id`>,
  current: Pick<Item, TermKind | `${TermKind}Id`> | null
) {
  const name = given[kind]
  const id = given[`${kind}Id`]
  const currentId = current?.[`${kind}Id`] ?? null
  if (id !== undefined && id !== null) return yield* findById(session, organization, kind, id, currentId)
  if (name === undefined && id === undefined) {
    const currentName = current?.[kind] ?? null
    return currentId === null || currentName === null ? null : { id: currentId, name: currentName }
  }
  if (name === undefined || name === null) return null
  return name === current?.[kind] && currentId !== null
    ? { id: currentId, name }
    : yield* findOrCreate(session, organization, kind, name)
})

/** What an item's category, brand and unit become. */
export const termsOf = Effect.fnUntraced(function* (
  session: Session,
  organization: OrganizationId,
  given: Pick<NewItem, TermKind | `${TermKind}Id`>,
  current: Pick<Item, TermKind | `${TermKind}Id`> | null
) {
  return {
    category: yield* termOf(session, organization, "category", given, current),
    brand: yield* termOf(session, organization, "brand", given, current),
    unit: yield* termOf(session, organization, "unit", given, current)
  }
})
