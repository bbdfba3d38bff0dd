import { PgClient } from "@effect/sql-pg/PgClient"
import { Effect, Exit, Scope } from "effect"
import { adminOf } from "../../adapter-pg/test/support/admin.ts"
import { freshDatabase } from "../../adapter-pg/test/support/database.ts"
import type { Scene } from "./ledger.ts"

/** An empty database of the run's server. */
export const postgres = async (): Promise<Scene> => {
  const scope = Effect.runSync(Scope.make())
  const url = new URL(await Effect.runPromise(Scope.provide(freshDatabase, scope)))
  return {
    url: url.href,
    tamper: (statement) =>
      Effect.runPromise(
        Effect.provide(
          PgClient.use((sql) => Effect.asVoid(sql.unsafe(statement))),
          adminOf(url.href)
        )
      ),
    remove: () => Effect.runPromise(Scope.close(scope, Exit.void))
  }
}
