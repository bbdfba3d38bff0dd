import type { ItemId, OrganizationId } from "@stockbook/core"
import { Effect } from "effect"
import type { Session } from "../Session.ts"

/**
 * Takes the lock of an item, the one that the write path takes, for the rest of the transaction; `false` when there is
 * no such item. What is read of the item by the statements after this one stays as it is until the transaction ends.
 * Who locks several items locks them in ascending order of their ids.
 */
export const lockItem = ({ sql, forUpdate }: Session, organization: OrganizationId, id: ItemId) =>
  Effect.map(
    sql`SELECT item FROM item_stock WHERE organization = ${organization} AND item = ${id} ${forUpdate}`,
    (rows) => rows.length === 1
  )

/** Takes the locks of several items, in ascending order of their ids. */
export const lockItems = ({ sql, forUpdate }: Session, organization: OrganizationId, ids: ReadonlyArray<ItemId>) =>
  Effect.asVoid(
    sql`SELECT item FROM item_stock WHERE organization = ${organization} AND ${sql.in("item", ids)}
      ORDER BY item ${forUpdate}`
  )

/** Gives locked items another version: what was decided on what they were is not to be stored any more. */
export const bumpItems = Effect.fnUntraced(function* (
  { sql, nextId }: Session,
  organization: OrganizationId,
  items: ReadonlyArray<ItemId>
) {
  const version = yield* nextId("ledger")
  for (const id of items) {
    yield* sql`UPDATE item_stock SET version = ${version} WHERE organization = ${organization} AND item = ${id}`
  }
})

/** Likewise one. */
export const bumpItem = (session: Session, organization: OrganizationId, id: ItemId) =>
  bumpItems(session, organization, [id])
