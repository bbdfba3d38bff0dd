import type { Reply, ReplyDriver } from "@stockbook/core"
import { Array as Arr, Effect } from "effect"
import type { Session } from "../Session.ts"

/** What tells replies from the outcomes of commands, with which they share a table: no caller's key begins like this. */
const MARK = "\u0001reply/"

/** Replies over SQL, beside the recorded outcomes of commands, so that they are cleared like them. */
export const sqlReplies = (session: Session): ReplyDriver => {
  const { sql } = session
  return {
    find: (organization, key) =>
      session.read(
        Effect.map(
          sql<Pick<Reply, "fingerprint" | "answer">>`SELECT fingerprint, outcome AS answer FROM idempotency
            WHERE organization = ${organization} AND key = ${MARK + key}`,
          ([row]) => (row === undefined ? null : { organization, key, ...row })
        )
      ),
    keep: (replies) =>
      session.write(
        Effect.gen(function* () {
          const at = yield* session.now
          const rows = Arr.map(replies, ({ organization, key, fingerprint, answer }) => ({
            organization,
            key: MARK + key,
            fingerprint,
            outcome: answer,
            at
          }))
          yield* sql`INSERT INTO idempotency ${sql.insert(rows)} ON CONFLICT (organization, key) DO NOTHING`
        })
      )
  }
}
