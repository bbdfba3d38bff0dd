import {
  type CatalogDriver,
  DuplicatePartner,
  type How,
  type OrganizationId,
  type Partner,
  PartnerId
} from "@stockbook/core"
import { Effect } from "effect"
import type { Fragment } from "effect/sql/Statement"
import type { Session } from "../Session.ts"
import { changedAt, checkUnchanged } from "./checkUnchanged.ts"
import { writeEvent } from "./events.ts"
import { writing } from "./once.ts"
import { anyContains } from "./text.ts"

interface PartnerRow extends Omit<Partner, "active"> {
  readonly active: boolean | number
}

const toPartner = (row: PartnerRow): Partner => ({ ...row, active: Boolean(row.active) })

const columns = `id, organization, kind, user_id AS "user", name, first_name AS "firstName", last_name AS "lastName",
  phone, email, address, active, created_at AS "createdAt", updated_at AS "updatedAt"`

const partnerRow = (partner: Partner) => ({
  organization: partner.organization,
  id: partner.id,
  kind: partner.kind,
  user_id: partner.user,
  name: partner.name,
  first_name: partner.firstName,
  last_name: partner.lastName,
  phone: partner.phone,
  email: partner.email,
  address: partner.address,
  active: partner.active,
  created_at: partner.createdAt,
  updated_at: partner.updatedAt
})

type PartnerDriver = Pick<
  CatalogDriver,
  "insertPartner" | "updatePartner" | "removePartner" | "restorePartner" | "partner" | "partnerOf" | "partners"
>

/** Customers and suppliers over SQL. */
export const sqlPartners = (session: Session): PartnerDriver => {
  const { sql } = session

  const find = (where: Fragment, then: Fragment = sql``) =>
    Effect.map(sql<PartnerRow>`SELECT ${sql.literal(columns)} FROM partners WHERE ${where} ${then}`, (rows) =>
      rows.map(toPartner)
    )
  const byId = (organization: OrganizationId, id: PartnerId, then?: Fragment) =>
    Effect.map(find(sql`organization = ${organization} AND id = ${id}`, then), ([partner]) => partner ?? null)
  const byUser = (organization: OrganizationId, kind: Partner["kind"], user: number) =>
    Effect.map(
      find(sql`organization = ${organization} AND kind = ${kind} AND user_id = ${user} AND active = ${true}`),
      ([partner]) => partner ?? null
    )

  /** Another's claim to the user. The unique index stands behind it. */
  const checkUser = Effect.fnUntraced(function* ({ organization, kind, user, id }: Partner) {
    const other = user === null ? null : yield* byUser(organization, kind, user)
    if (other !== null && other.id !== id) return yield* new DuplicatePartner({ kind, user: user ?? 0 })
  })

  const insert = Effect.fnUntraced(function* (
    organization: OrganizationId,
    input: Parameters<PartnerDriver["insertPartner"]>[1]
  ) {
    const now = yield* session.now
    const partner: Partner = {
      id: PartnerId.make(yield* session.nextId("partner")),
      organization,
      kind: input.kind,
      user: input.user ?? null,
      name: input.name ?? null,
      firstName: input.firstName ?? null,
      lastName: input.lastName ?? null,
      phone: input.phone ?? null,
      email: input.email ?? null,
      address: input.address ?? null,
      active: true,
      createdAt: now,
      updatedAt: now
    }
    yield* checkUser(partner)
    yield* sql`INSERT INTO partners ${sql.insert(partnerRow(partner))}`
    yield* writeEvent(session, organization, { _tag: "PartnerCreated", id: partner.id }, now)
    return partner
  })

  /** Writes a locked partner that has changed. */
  const update = Effect.fnUntraced(function* (
    partner: Partner,
    tag: "PartnerUpdated" | "PartnerDeleted" | "PartnerRestored"
  ) {
    const { organization, id, kind: _, created_at: __, ...row } = partnerRow(partner)
    yield* sql`UPDATE partners SET ${sql.update(row)} WHERE organization = ${organization} AND id = ${id}`
    yield* writeEvent(session, organization, { _tag: tag, id }, partner.updatedAt)
    return partner
  })

  const change = Effect.fnUntraced(function* (
    organization: OrganizationId,
    id: PartnerId,
    patch: Parameters<PartnerDriver["updatePartner"]>[2],
    how: How
  ) {
    const partner = yield* byId(organization, id, session.forUpdate)
    if (partner === null || !partner.active) return null
    yield* checkUnchanged(partner, how)
    const changed = { ...partner, ...patch, updatedAt: changedAt(yield* session.now, partner) }
    yield* checkUser(changed)
    return yield* update(changed, "PartnerUpdated")
  })

  const remove = Effect.fnUntraced(function* (organization: OrganizationId, id: PartnerId, how: How) {
    const partner = yield* byId(organization, id, session.forUpdate)
    if (partner === null || !partner.active) return null
    yield* checkUnchanged(partner, how)
    return yield* update(
      { ...partner, active: false, updatedAt: changedAt(yield* session.now, partner) },
      "PartnerDeleted"
    )
  })

  const restore = Effect.fnUntraced(function* (organization: OrganizationId, id: PartnerId, how: How) {
    const partner = yield* byId(organization, id, session.forUpdate)
    if (partner === null || partner.active) return partner
    yield* checkUnchanged(partner, how)
    yield* checkUser(partner)
    return yield* update(
      { ...partner, active: true, updatedAt: changedAt(yield* session.now, partner) },
      "PartnerRestored"
    )
  })

  return {
    insertPartner: (organization, input, how) => writing(session, organization, how, insert(organization, input)),
    updatePartner: (organization, id, patch, how) =>
      writing(session, organization, how, change(organization, id, patch, how)),
    removePartner: (organization, id, how) => writing(session, organization, how, remove(organization, id, how)),
    restorePartner: (organization, id, how) => writing(session, organization, how, restore(organization, id, how)),
    partner: (organization, id) => session.read(byId(organization, id)),
    partnerOf: (organization, kind, user) => session.read(byUser(organization, kind, user)),
    partners: ({ organization, kind, active, search, offset, limit }) => {
      const clauses: Array<Fragment> = [sql`organization = ${organization}`]
      if (kind !== undefined) clauses.push(sql`kind = ${kind}`)
      if (active !== undefined) clauses.push(sql`active = ${active}`)
      if (search !== undefined) {
        clauses.push(anyContains(session, ["name", "first_name", "last_name", "phone", "email"], search))
      }
      const where = sql.and(clauses)
      return session.snapshot(
        Effect.gen(function* () {
          const [count] = yield* sql<{ readonly total: number }>`SELECT count(*) AS total FROM partners WHERE ${where}`
          const rows = yield* find(where, sql`ORDER BY id LIMIT ${limit} OFFSET ${offset}`)
          return { rows, total: count?.total ?? 0 }
        })
      )
    }
  }
}
