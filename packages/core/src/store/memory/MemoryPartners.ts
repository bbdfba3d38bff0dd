import { Effect, Result } from "effect"
import type { CatalogDriver } from "../../catalog/CatalogDriver.ts"
import { DuplicatePartner } from "../../catalog/CatalogError.ts"
import type { OrganizationId } from "../../catalog/Organization.ts"
import { type Partner, PartnerId } from "../../catalog/Partner.ts"
import { ChangedMeanwhile } from "../../stock/Rejection.ts"
import type { CatalogChanged } from "../../stock/StockEvent.ts"
import { changedAt, isStale } from "./isStale.ts"
import { contains, listed } from "./lists.ts"
import { writing } from "./once.ts"
import { type Tables, writeEvent } from "./Tables.ts"

type PartnerDriver = Pick<
  CatalogDriver,
  "insertPartner" | "updatePartner" | "removePartner" | "restorePartner" | "partner" | "partnerOf" | "partners"
>

/** Customers and suppliers in memory. */
export const memoryPartners = (tables: Tables): PartnerDriver => {
  const find = (organization: OrganizationId, id: PartnerId) => {
    const partner = tables.partners.get(id)
    return partner?.organization === organization ? partner : null
  }
  const ofUser = (organization: OrganizationId, kind: Partner["kind"], user: number) =>
    Array.from(tables.partners.values()).find(
      (each) => each.organization === organization && each.kind === kind && each.user === user && each.active
    ) ?? null
  const taken = ({ organization, kind, id }: Omit<Partner, "user">, user: number | null | undefined) => {
    const other = user === null || user === undefined ? null : ofUser(organization, kind, user)
    return other === null || other.id === id ? null : new DuplicatePartner({ kind, user: user ?? 0 })
  }
  const put = (partner: Partner, tag: CatalogChanged["_tag"], now: number) => {
    tables.partners.set(partner.id, partner)
    writeEvent(tables, partner.organization, { _tag: tag, id: partner.id }, now)
    return Result.succeed(partner)
  }

  return {
    insertPartner: (organization, input, how) =>
      writing(tables, organization, how, (now) => {
        const partner: Partner = {
          id: PartnerId.make(tables.partners.size + 1),
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
        const duplicate = taken(partner, partner.user)
        return duplicate === null ? put(partner, "PartnerCreated", now) : Result.fail(duplicate)
      }),
    updatePartner: (organization, id, patch, how) =>
      writing(tables, organization, how, (now) => {
        const partner = find(organization, id)
        if (partner === null || !partner.active) return Result.succeed(null)
        if (isStale(partner, how)) return Result.fail(new ChangedMeanwhile())
        const duplicate = taken(partner, patch.user)
        return duplicate === null
          ? put({ ...partner, ...patch, updatedAt: changedAt(now, partner) }, "PartnerUpdated", now)
          : Result.fail(duplicate)
      }),
    removePartner: (organization, id, how) =>
      writing(tables, organization, how, (now) => {
        const partner = find(organization, id)
        if (partner === null || !partner.active) return Result.succeed(null)
        if (isStale(partner, how)) return Result.fail(new ChangedMeanwhile())
        return put({ ...partner, active: false, updatedAt: changedAt(now, partner) }, "PartnerDeleted", now)
      }),
    restorePartner: (organization, id, how) =>
      writing(tables, organization, how, (now) => {
        const partner = find(organization, id)
        if (partner === null || partner.active) return Result.succeed(partner)
        if (isStale(partner, how)) return Result.fail(new ChangedMeanwhile())
        const duplicate = taken(partner, partner.user)
        return duplicate === null
          ? put({ ...partner, active: true, updatedAt: changedAt(now, partner) }, "PartnerRestored", now)
          : Result.fail(duplicate)
      }),
    partner: (organization, id) => Effect.sync(() => find(organization, id)),
    partnerOf: (organization, kind, user) => Effect.sync(() => ofUser(organization, kind, user)),
    partners: ({ organization, kind, active, search, ...page }) =>
      Effect.sync(() =>
        listed(
          Array.from(tables.partners.values()).filter(
            (each) =>
              each.organization === organization &&
              (kind === undefined || each.kind === kind) &&
              (active === undefined || each.active === active) &&
              (search === undefined ||
                contains([each.name, each.firstName, each.lastName, each.phone, each.email], search))
          ),
          page
        )
      )
  }
}
