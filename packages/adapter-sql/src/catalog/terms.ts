import {
  BrandId,
  type CatalogDriver,
  CategoryId,
  DuplicateName,
  type Item,
  type Listed,
  type NewItem,
  type OrganizationId,
  type TermKind,
  type Terms,
  UnitId,
  UnknownReference
} from "@stockbook/core"
import { Effect } from "effect"
import type { Fragment } from "effect/sql/Statement"
import type { Session } from "../Session.ts"
import { changedAt, checkUnchanged } from "./checkUnchanged.ts"
import { writeEvent } from "./events.ts"
import { writing } from "./once.ts"
import { anyContains } from "./text.ts"

/** Each kind of term is a table, with an id sequence of the kind's name. */
const tables = { category: "categories", brand: "brands", unit: "units" } as const
const labels = { category: "Category", brand: "Brand", unit: "Unit" } as const
const details = { category: "description", brand: "description", unit: "symbol, scale" } as const

/** An item's term: its id and its name. */
interface NamedTerm {
  readonly id: number
  readonly name: string
}

interface Given {
  readonly name: string
  readonly description?: string | null
  readonly symbol?: string | null
  readonly scale?: number
}

const insertTerm = Effect.fnUntraced(function* (
  session: Session,
  organization: OrganizationId,
  kind: TermKind,
  { name, description = null, symbol = null, scale = 0 }: Given
) {
  const { sql } = session
  const now = yield* session.now
  const id = yield* session.nextId(kind)
  const term = { organization, id, name, active: true, created_at: now, updated_at: now }
  const row = kind === "unit" ? { ...term, symbol, scale } : { ...term, description }
  yield* sql`INSERT INTO ${sql(tables[kind])} ${sql.insert(row)}`
  yield* writeEvent(session, organization, { _tag: `${labels[kind]}Created`, id }, now)
  return { id, name }
})

/** The term of a name that is not deleted. */
const named = ({ sql }: Session, organization: OrganizationId, kind: TermKind, name: string) =>
  Effect.map(
    sql<NamedTerm>`SELECT id, name FROM ${sql(tables[kind])}
      WHERE organization = ${organization} AND name = ${name} AND active = ${true}`,
    ([row]) => row ?? null
  )

const findById = Effect.fnUntraced(function* (
  { sql }: Session,
  organization: OrganizationId,
  kind: TermKind,
  id: number,
  current: number | null
) {
  const [found] = yield* sql<NamedTerm>`SELECT id, name FROM ${sql(tables[kind])}
    WHERE organization = ${organization} AND id = ${id} AND (active = ${true} OR id = ${current ?? 0})`
  return found ?? (yield* new UnknownReference({ field: `${kind}Id`, id }))
})

type TermFields = Pick<Item, TermKind | `${TermKind}Id`>

/**
 * Says what items' categories, brands and units become: as named, by id or by name, or else as they are. A name that
 * there is not is made, with its unique index behind it. Within the transaction each is looked up once.
 */
export const termResolver = (session: Session, organization: OrganizationId) => {
  const known = new Map<string, NamedTerm>()
  const remembered = <E>(name: string, find: Effect.Effect<NamedTerm, E>) =>
    Effect.suspend(() => {
      const found = known.get(name)
      return found === undefined
        ? Effect.tap(find, (term) => Effect.sync(() => known.set(name, term)))
        : Effect.succeed(found)
    })
  const one = Effect.fnUntraced(function* (
    kind: TermKind,
    given: Pick<NewItem, TermKind | `${TermKind}Id`>,
    current: TermFields | null
  ) {
    const name = given[kind]
    const id = given[`${kind}Id`]
    const currentId = current?.[`${kind}Id`] ?? null
    if (id !== undefined && id !== null) {
      return yield* remembered(`${kind}#${id}`, findById(session, organization, kind, id, currentId))
    }
    if (name === undefined && id === undefined) {
      const currentName = current?.[kind] ?? null
      return currentId === null || currentName === null ? null : { id: currentId, name: currentName }
    }
    if (name === undefined || name === null) return null
    if (name === current?.[kind] && currentId !== null) return { id: currentId, name }
    const findOrCreate = Effect.flatMap(named(session, organization, kind, name), (found) =>
      found === null ? insertTerm(session, organization, kind, { name }) : Effect.succeed(found)
    )
    return yield* remembered(`${kind}=${name}`, findOrCreate)
  })
  return Effect.fnUntraced(function* (given: Pick<NewItem, TermKind | `${TermKind}Id`>, current: TermFields | null) {
    const category = yield* one("category", given, current)
    const brand = yield* one("brand", given, current)
    const unit = yield* one("unit", given, current)
    const fields: TermFields = {
      category: category?.name ?? null,
      categoryId: category === null ? null : CategoryId.make(category.id),
      brand: brand?.name ?? null,
      brandId: brand === null ? null : BrandId.make(brand.id),
      unit: unit?.name ?? null,
      unitId: unit === null ? null : UnitId.make(unit.id)
    }
    return fields
  })
}

type TermDriver = Pick<CatalogDriver, "insertTerm" | "updateTerm" | "removeTerm" | "restoreTerm" | "term" | "terms">

/** Categories, brands and units over SQL. */
export const sqlTerms = (session: Session): TermDriver => {
  const { sql } = session

  /** The checked boundary: a kind's table holds terms of that kind. */
  const select = <K extends TermKind>(kind: K, where: Fragment, then: Fragment = sql``) =>
    Effect.map(
      sql<{ readonly active: boolean | number }>`SELECT organization, id, name, ${sql.literal(details[kind])}, active,
          created_at AS "createdAt", updated_at AS "updatedAt"
        FROM ${sql(tables[kind])} WHERE ${where} ${then}`,
      (rows) => rows.map((row) => ({ ...row, active: Boolean(row.active) }) as unknown as Terms[K])
    )
  const find = <K extends TermKind>(kind: K, organization: OrganizationId, id: number, then?: Fragment) =>
    Effect.map(select(kind, sql`organization = ${organization} AND id = ${id}`, then), ([term]) => term ?? null)

  /** Another's claim to the name. The unique index stands behind it. */
  const checkName = Effect.fnUntraced(function* (
    kind: TermKind,
    organization: OrganizationId,
    name: string,
    except: number
  ) {
    const other = yield* named(session, organization, kind, name)
    if (other !== null && other.id !== except) return yield* new DuplicateName({ of: kind, duplicate: name })
  })

  /** Writes a term that has changed. */
  const update = Effect.fnUntraced(function* <K extends TermKind>(
    kind: K,
    term: Terms[K],
    fields: Record<string, unknown>,
    change: "Updated" | "Deleted" | "Restored"
  ) {
    const { organization, id } = term
    const now = yield* session.now
    yield* sql`UPDATE ${sql(tables[kind])} SET ${sql.update({ ...fields, updated_at: changedAt(now, term) })}
      WHERE organization = ${organization} AND id = ${id}`
    yield* writeEvent(session, organization, { _tag: `${labels[kind]}${change}`, id }, now)
    return yield* find(kind, organization, id)
  })

  return {
    insertTerm: <K extends TermKind>(...[kind, organization, input, how]: Parameters<TermDriver["insertTerm"]>) =>
      writing(
        session,
        organization,
        how,
        Effect.gen(function* () {
          yield* checkName(kind, organization, input.name, 0)
          const { id } = yield* insertTerm(session, organization, kind, input)
          const [made] = yield* select(kind as K, sql`organization = ${organization} AND id = ${id}`)
          return made ?? (yield* Effect.die(new Error(`A ${kind} was not made`)))
        })
      ),
    updateTerm: (kind, organization, id, patch, how) =>
      writing(
        session,
        organization,
        how,
        Effect.gen(function* () {
          const term = yield* find(kind, organization, id, session.forUpdate)
          if (term === null || !term.active) return null
          yield* checkUnchanged(term, how)
          if (patch.name !== undefined) yield* checkName(kind, organization, patch.name, id)
          return yield* update(kind, term, patch, "Updated")
        })
      ),
    removeTerm: (kind, organization, id, how) =>
      writing(
        session,
        organization,
        how,
        Effect.gen(function* () {
          const term = yield* find(kind, organization, id, session.forUpdate)
          if (term === null || !term.active) return null
          yield* checkUnchanged(term, how)
          return yield* update(kind, term, { active: false }, "Deleted")
        })
      ),
    restoreTerm: (kind, organization, id, how) =>
      writing(
        session,
        organization,
        how,
        Effect.gen(function* () {
          const term = yield* find(kind, organization, id, session.forUpdate)
          if (term === null || term.active) return term
          yield* checkUnchanged(term, how)
          yield* checkName(kind, organization, term.name, id)
          return yield* update(kind, term, { active: true }, "Restored")
        })
      ),
    term: (kind, organization, id) => session.read(find(kind, organization, id)),
    terms: <K extends TermKind>(kind: K, filter: Parameters<TermDriver["terms"]>[1]) => {
      const clauses: Array<Fragment> = [sql`organization = ${filter.organization}`]
      if (filter.active !== undefined) clauses.push(sql`active = ${filter.active}`)
      if (filter.search !== undefined) clauses.push(anyContains(session, ["name"], filter.search))
      const where = sql.and(clauses)
      return session.snapshot(
        Effect.gen(function* () {
          const [count] = yield* sql<{ readonly total: number }>`SELECT count(*) AS total FROM ${sql(tables[kind])}
            WHERE ${where}`
          const rows = yield* select(kind, where, sql`ORDER BY id LIMIT ${filter.limit} OFFSET ${filter.offset}`)
          const page: Listed<Terms[K]> = { rows, total: count?.total ?? 0 }
          return page
        })
      )
    }
  }
}
