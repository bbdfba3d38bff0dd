import {
  type CatalogDriver,
  DuplicateLocationName,
  type How,
  type ItemId,
  type Location,
  LocationCycle,
  LocationId,
  LocationInUse,
  type LocationPatch,
  type NewLocation,
  type Organization,
  OrganizationId,
  transitLocation,
  UnknownReference
} from "@stockbook/core"
import { Effect } from "effect"
import type { Fragment } from "effect/sql/Statement"
import type { Session } from "../Session.ts"
import { changedAt, checkUnchanged } from "./checkUnchanged.ts"
import { writeEvent } from "./events.ts"
import { bumpItems } from "./itemLock.ts"
import { writing } from "./once.ts"
import { anyContains } from "./text.ts"

interface LocationRow extends Omit<Location, "active" | "sellable"> {
  readonly active: boolean | number
  readonly sellable: boolean | number
}

const toLocation = (row: LocationRow): Location => ({
  ...row,
  active: Boolean(row.active),
  sellable: Boolean(row.sellable)
})

const columns = `id, organization, name, place, description, kind, parent, sellable, active, created_at AS "createdAt",
  updated_at AS "updatedAt"`

const insertLocation = Effect.fnUntraced(function* (
  session: Session,
  organization: OrganizationId,
  input: NewLocation,
  now: number
) {
  const { sql } = session
  const location: Location = {
    id: LocationId.make(yield* session.nextId("location")),
    organization,
    name: input.name,
    place: input.place ?? null,
    description: input.description ?? null,
    kind: input.kind ?? "warehouse",
    parent: input.parent ?? null,
    sellable: input.sellable ?? true,
    active: input.active ?? true,
    createdAt: now,
    updatedAt: now
  }
  yield* sql`INSERT INTO locations (organization, id, name, place, description, kind, parent, sellable, active,
      created_at, updated_at)
    VALUES (${organization}, ${location.id}, ${location.name}, ${location.place}, ${location.description},
      ${location.kind}, ${location.parent}, ${location.sellable}, ${location.active}, ${now}, ${now})`
  yield* writeEvent(session, organization, { _tag: "LocationCreated", id: location.id }, now)
  return location
})

/** Founds an organization with its locations, the first its default, in the transaction it is called in. */
export const foundOrganization = Effect.fnUntraced(function* (
  session: Session,
  name: string,
  [first, ...others]: readonly [string, ...Array<string>],
  now: number
) {
  const id = OrganizationId.make(yield* session.nextId("organization"))
  const { id: defaultLocation } = yield* insertLocation(session, id, { name: first }, now)
  for (const other of others) yield* insertLocation(session, id, { name: other }, now)
  const { id: transit } = yield* insertLocation(session, id, transitLocation, now)
  yield* session.sql`INSERT INTO organizations (id, name, default_location, transit, created_at)
    VALUES (${id}, ${name}, ${defaultLocation}, ${transit}, ${now})`
  const organization: Organization = { id, name, defaultLocation, transit, createdAt: now }
  return organization
})

type LocationDriver = Pick<
  CatalogDriver,
  | "insertOrganization"
  | "organization"
  | "organizations"
  | "insertLocation"
  | "updateLocation"
  | "location"
  | "locations"
>

/** Organizations and their locations over SQL. */
export const sqlLocations = (session: Session): LocationDriver => {
  const { sql } = session

  const find = (organization: OrganizationId, id: LocationId, lock: Fragment = sql``) =>
    Effect.map(
      sql<LocationRow>`SELECT ${sql.literal(columns)} FROM locations
        WHERE organization = ${organization} AND id = ${id} ${lock}`,
      ([row]) => (row === undefined ? null : toLocation(row))
    )

  /** Another location's claim to the name. The unique constraint stands behind it. */
  const checkName = Effect.fnUntraced(function* (organization: OrganizationId, name: string, except: number) {
    const taken = yield* sql`SELECT 1 FROM locations
      WHERE organization = ${organization} AND name = ${name} AND id <> ${except}`
    if (taken.length > 0) return yield* new DuplicateLocationName({ duplicate: name })
  })

  /** One transaction at a time changes the tree; it takes this before it locks a location, else two could wait for ever. */
  const lockTree = (organization: OrganizationId, parent: LocationId | null | undefined) =>
    parent === null || parent === undefined ? Effect.void : session.lock(`locations of ${organization}`)

  /** Whether a location may be a part of another. */
  const checkParent = Effect.fnUntraced(function* (
    organization: OrganizationId,
    parent: LocationId | null | undefined,
    id: LocationId | null
  ) {
    if (parent === null || parent === undefined) return
    const above = yield* sql<{ readonly id: LocationId }>`WITH RECURSIVE above (id, parent) AS (
        SELECT id, parent FROM locations WHERE organization = ${organization} AND id = ${parent}
        UNION SELECT l.id, l.parent FROM above JOIN locations l ON l.organization = ${organization} AND l.id = above.parent
      ) SELECT id FROM above`
    if (above.length === 0) return yield* new UnknownReference({ field: "parent", id: parent })
    if (above.some((each) => each.id === id)) return yield* new LocationCycle({ location: id ?? parent, parent })
  })

  /** What was decided with the location as it was is not to be stored any more. Items are locked in ascending order. */
  const bumpItemsAt = Effect.fnUntraced(function* (organization: OrganizationId, location: LocationId) {
    const items = yield* sql<{ readonly item: ItemId }>`SELECT item FROM item_stock
      WHERE organization = ${organization} AND item IN (
        WITH RECURSIVE within (id) AS (
          SELECT id FROM locations WHERE organization = ${organization} AND id = ${location}
          UNION SELECT l.id FROM within JOIN locations l ON l.organization = ${organization} AND l.parent = within.id
        ) SELECT b.item FROM within JOIN balances b ON b.organization = ${organization} AND b.location = within.id)
      ORDER BY item ${session.forUpdate}`
    const ids = items.map(({ item }) => item)
    yield* bumpItems(session, organization, ids)
  })

  /** Likewise of items whose stock lands there, whose locks keep it from landing until the location is closed. */
  const bumpItemsOf = Effect.fnUntraced(function* (organization: OrganizationId, location: LocationId) {
    const items = yield* sql<{ readonly item: ItemId }>`SELECT item FROM item_stock
      WHERE organization = ${organization} AND home = ${location} ORDER BY item ${session.forUpdate}`
    if (items.length > 0) {
      yield* bumpItems(
        session,
        organization,
        items.map(({ item }) => item)
      )
    }
  })

  const checkUnused = Effect.fnUntraced(function* (organization: OrganizationId, location: LocationId) {
    const [row] = yield* sql<{ readonly units: number; readonly isNeeded: number }>`SELECT
        (SELECT CAST(coalesce(sum(available + reserved + committed + quarantined), 0) AS BIGINT) FROM balances
          WHERE organization = ${organization} AND location = ${location}) AS units,
        (SELECT count(*) FROM organizations
          WHERE id = ${organization} AND (default_location = ${location} OR transit = ${location})) AS "isNeeded"`
    if (row !== undefined && (row.units > 0 || row.isNeeded > 0)) {
      return yield* new LocationInUse({ location, onHand: row.units })
    }
  })

  const updateLocation = Effect.fnUntraced(function* (
    organization: OrganizationId,
    id: LocationId,
    patch: LocationPatch,
    how: How
  ) {
    yield* lockTree(organization, patch.parent)
    const location = yield* find(organization, id, session.forUpdate)
    if (location === null) return null
    yield* checkUnchanged(location, how)
    if (patch.name !== undefined) yield* checkName(organization, patch.name, id)
    yield* checkParent(organization, patch.parent, id)
    if (patch.active !== undefined && patch.active !== location.active) yield* bumpItemsOf(organization, id)
    if (patch.active === false) yield* checkUnused(organization, id)
    const now = yield* session.now
    const changed: Location = { ...location, ...patch, updatedAt: changedAt(now, location) }
    yield* sql`UPDATE locations SET ${sql.update({ ...patch, updated_at: changed.updatedAt })}
      WHERE organization = ${organization} AND id = ${id}`
    if (changed.sellable !== location.sellable || changed.parent !== location.parent) {
      yield* bumpItemsAt(organization, id)
    }
    yield* writeEvent(session, organization, { _tag: "LocationUpdated", id }, now)
    return changed
  })

  return {
    insertOrganization: (name, locations) =>
      session.write(Effect.flatMap(session.now, (now) => foundOrganization(session, name, locations, now))),
    organization: (id) =>
      session.read(
        Effect.map(
          sql<Organization>`SELECT id, name, default_location AS "defaultLocation", transit, created_at AS "createdAt"
            FROM organizations WHERE id = ${id}`,
          ([row]) => row ?? null
        )
      ),
    organizations: (after, limit) =>
      session.read(
        sql<Organization>`SELECT id, name, default_location AS "defaultLocation", transit, created_at AS "createdAt"
          FROM organizations WHERE id > ${after} ORDER BY id LIMIT ${limit}`
      ),
    insertLocation: (organization, input, how) =>
      writing(
        session,
        organization,
        how,
        Effect.gen(function* () {
          yield* checkName(organization, input.name, 0)
          yield* checkParent(organization, input.parent, null)
          return yield* insertLocation(session, organization, input, yield* session.now)
        })
      ),
    updateLocation: (organization, id, patch, how) =>
      writing(session, organization, how, updateLocation(organization, id, patch, how)),
    location: (organization, id) => session.read(find(organization, id)),
    locations: ({ organization, ids, active, kind, search, offset, limit }) => {
      const clauses: Array<Fragment> = [sql`organization = ${organization}`]
      if (ids !== undefined) clauses.push(ids.length === 0 ? sql`1 = 0` : sql.in("id", ids))
      if (kind !== undefined) clauses.push(sql`kind = ${kind}`)
      else if (ids === undefined) clauses.push(sql`kind <> 'transit'`)
      if (active !== undefined) clauses.push(sql`active = ${active}`)
      if (search !== undefined) clauses.push(anyContains(session, ["name", "place"], search))
      const where = sql.and(clauses)
      return session.snapshot(
        Effect.gen(function* () {
          const [count] = yield* sql<{ readonly total: number }>`SELECT count(*) AS total FROM locations WHERE ${where}`
          const rows = yield* sql<LocationRow>`SELECT ${sql.literal(columns)} FROM locations WHERE ${where}
            ORDER BY id LIMIT ${limit} OFFSET ${offset}`
          return { rows: rows.map(toLocation), total: count?.total ?? 0 }
        })
      )
    }
  }
}
