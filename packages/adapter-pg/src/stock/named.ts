import { type HoldRow, type MovementRow, toMovement, toOpenLine } from "@stockbook/adapter-sql"
import {
  type Footprint,
  type ItemId,
  type Loaded,
  namedHolds,
  type OrganizationId,
  type PartnerId,
  type Scoped,
  stockedItems
} from "@stockbook/core"
import { Effect } from "effect"
import type { Line } from "../client/Line.ts"
import { bigints, texts } from "../client/parameters.ts"
import { lookUp } from "./lookUp.ts"

/*
 * What few batches name takes statements of its own, sent only by those that do: a reservation is not to pay for it.
 */

const findMovements = `SELECT m.* FROM unnest($1::bigint[], $2::bigint[]) AS wanted(organization, id)
  ${lookUp("movements", "m", "m.organization = wanted.organization AND m.id = wanted.id")}`

const findReasons = `SELECT r.organization, r.code AS id FROM unnest($1::bigint[], $2::text[]) AS wanted(organization, code)
  ${lookUp("reasons", "r", "r.organization = wanted.organization AND r.code = wanted.code")}`

const findSuppliers = `SELECT p.organization, p.id FROM unnest($1::bigint[], $2::bigint[]) AS wanted(organization, id)
  ${lookUp(
    "partners",
    "p",
    "p.organization = wanted.organization AND p.id = wanted.id AND p.kind = 'supplier' AND p.active"
  )}`

const findOpenLines = `SELECT h.* FROM unnest($1::bigint[], $2::bigint[]) AS wanted(organization, item)
  CROSS JOIN LATERAL (SELECT * FROM hold_lines l
    WHERE l.organization = wanted.organization AND l.item = wanted.item AND l.reserved + l.committed > 0
    ORDER BY l.hold DESC LIMIT $3) h`

/** With something on hand at a location or within it. */
const findStocked = `WITH RECURSIVE within AS (
    SELECT l.organization, l.id FROM unnest($1::bigint[], $2::bigint[]) AS wanted(organization, id)
      ${lookUp("locations", "l", "l.organization = wanted.organization AND l.id = wanted.id")}
    UNION
    SELECT l.organization, l.id FROM within w
      ${lookUp("locations", "l", "l.organization = w.organization AND l.parent = w.id")}
  )
  SELECT DISTINCT b.organization, b.item AS id FROM within w
    ${lookUp("balances", "b", "b.organization = w.organization AND b.location = w.id")}
  WHERE b.available + b.reserved + b.committed + b.quarantined <> 0 LIMIT $3`

/** The checked boundary: the columns are of these types in a schema that this program's migrations made. */
const rows = <A>(line: Line, sql: string, parameters: ReadonlyArray<unknown>) =>
  Effect.map(line.execute(sql, parameters, undefined), (found) => found as ReadonlyArray<A>)

const nothing = Effect.succeed([])

/** The movements a footprint names. They never change, so they are read before anything is locked. */
export const movementsOf = (line: Line, { movements }: Footprint) => {
  const named = Array.from(movements.values())
  return named.length === 0
    ? nothing
    : Effect.map(
        rows<MovementRow>(line, findMovements, [
          bigints(named.map(({ organization }) => organization)),
          bigints(named.map(({ id }) => id))
        ]),
        (found) => found.map(toMovement)
      )
}

/** The items that have stock at locations a footprint names for it. */
export const stockedOf = (line: Line, { stocked }: Footprint) => {
  const named = Array.from(stocked.values())
  return named.length === 0
    ? nothing
    : rows<Scoped<ItemId>>(line, findStocked, [
        bigints(named.map(({ organization }) => organization)),
        bigints(named.map(({ id }) => id)),
        stockedItems
      ])
}

/** The reasons a footprint names that there are. */
export const reasonsOf = (line: Line, { reasons }: Footprint) => {
  const named = Array.from(reasons.values())
  return named.length === 0
    ? nothing
    : rows<{ readonly organization: OrganizationId; readonly id: string }>(line, findReasons, [
        bigints(named.map(({ organization }) => organization)),
        texts(named.map(({ id }) => id))
      ])
}

/** The suppliers a footprint names that are not deleted. */
export const suppliersOf = (line: Line, { suppliers }: Footprint) => {
  const named = Array.from(suppliers.values())
  return named.length === 0
    ? nothing
    : rows<Scoped<PartnerId>>(line, findSuppliers, [
        bigints(named.map(({ organization }) => organization)),
        bigints(named.map(({ id }) => id))
      ])
}

/** What keeps stock of the items, for the organizations that want to know. */
export const openLinesOf = (line: Line, { openHolds }: Footprint, items: Loaded["items"]) => {
  const held = items.filter((item) => openHolds.has(item.organization) && item.reserved + item.committed > 0)
  return held.length === 0
    ? nothing
    : Effect.map(
        rows<HoldRow>(line, findOpenLines, [
          bigints(held.map(({ organization }) => organization)),
          bigints(held.map(({ item }) => item)),
          namedHolds
        ]),
        (found) => found.map(toOpenLine)
      )
}
