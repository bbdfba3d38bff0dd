import {
  type Actor,
  type Catalog,
  type IdentityDriver,
  type Partner,
  PartnerId,
  type PartnerKind,
  type PartnerPatch
} from "@stockbook/core"
import { Effect } from "effect"
import { once, onceUnchanged } from "../../exchange/CurrentWrite.ts"
import { rowsOf } from "../../fields/Page.ts"
import { BadRequest, NotFound } from "../../problems/Problem.ts"
import { searched } from "./searched.ts"

type Fields = typeof PartnerPatch.Encoded

/** What E does with customers and suppliers alike. */
export const partnersOf = (kind: PartnerKind, catalog: Catalog["Service"], users: IdentityDriver["Service"]) => {
  const missing = () => new NotFound({ detail: kind === "customer" ? "Customer not found" : "Supplier not found" })

  /** The one of this id that is not deleted. */
  const find = ({ organization }: Actor, id: number) =>
    Effect.flatMap(id > 0 ? catalog.partner(organization, PartnerId.make(id)) : Effect.succeed(null), (partner) =>
      partner === null || !partner.active || partner.kind !== kind ? missing() : Effect.succeed(partner)
    )

  /** Users of other organizations are as unknown as those that are none. */
  const checkUser = ({ organization }: Actor, { user }: Fields) =>
    user === undefined || user === null
      ? Effect.void
      : Effect.flatMap(users.getUser(user), (row) =>
          row?.organization === organization
            ? Effect.void
            : Effect.fail(new BadRequest({ detail: "No user with the specified ID found" }))
        )

  return {
    missing,
    find,
    create: (actor: Actor, fields: Fields) =>
      Effect.andThen(
        checkUser(actor, fields),
        Effect.flatMap(once(), (options) => catalog.createPartner(actor.organization, { kind, ...fields }, options))
      ),
    list: ({ organization }: Actor, query: Parameters<typeof rowsOf>[0] & { readonly search?: string }) =>
      Effect.map(
        catalog.partners({ organization, kind, active: true, ...searched(query), ...rowsOf(query) }),
        ({ rows }): ReadonlyArray<Partner> => rows
      ),
    update: Effect.fnUntraced(function* (actor: Actor, id: number, fields: Fields) {
      const partner = yield* find(actor, id)
      yield* checkUser(actor, fields)
      const options = yield* onceUnchanged(partner)
      const changed = yield* catalog.updatePartner(actor.organization, partner.id, fields, options)
      return changed === null ? yield* missing() : changed
    }),
    remove: Effect.fnUntraced(function* (actor: Actor, id: number) {
      const partner = yield* find(actor, id)
      const removed = yield* catalog.removePartner(actor.organization, partner.id, yield* onceUnchanged(partner))
      if (removed === null) return yield* missing()
    })
  }
}
