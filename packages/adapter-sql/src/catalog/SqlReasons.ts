import type { NewReason, OrganizationId, ReasonDriver } from "@stockbook/core"
import { Effect } from "effect"
import type { Session } from "../Session.ts"
import { writeEvent } from "./events.ts"

/** Organizations' own reasons over SQL. */
export const sqlReasons = (session: Session): ReasonDriver => {
  const { sql } = session

  /** The name of a code, to be changed: the row stays as it is until the transaction ends. */
  const nameOf = (organization: OrganizationId, code: string) =>
    Effect.map(
      sql<{ readonly name: string }>`SELECT name FROM reasons
        WHERE organization = ${organization} AND code = ${code} ${session.forUpdate}`,
      ([row]) => row?.name ?? null
    )

  const put = Effect.fnUntraced(function* (organization: OrganizationId, { code, name }: NewReason) {
    yield* session.lock(`reasons/${organization}`)
    const before = yield* nameOf(organization, code)
    if (before === name) return
    yield* sql`INSERT INTO reasons (organization, code, name) VALUES (${organization}, ${code}, ${name})
      ON CONFLICT (organization, code) DO UPDATE SET name = excluded.name`
    yield* writeEvent(session, organization, { _tag: "ReasonChanged", code, name, before }, yield* session.now)
  })

  const remove = Effect.fnUntraced(function* (organization: OrganizationId, code: string) {
    yield* session.lock(`reasons/${organization}`)
    const before = yield* nameOf(organization, code)
    if (before === null) return false
    yield* sql`DELETE FROM reasons WHERE organization = ${organization} AND code = ${code}`
    yield* writeEvent(session, organization, { _tag: "ReasonChanged", code, name: null, before }, yield* session.now)
    return true
  })

  return {
    put: (organization, reason) => session.write(put(organization, reason)),
    remove: (organization, code) => session.write(remove(organization, code)),
    list: (organization) =>
      session.read(sql<NewReason>`SELECT code, name FROM reasons WHERE organization = ${organization} ORDER BY code`)
  }
}
