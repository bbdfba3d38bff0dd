import { Effect, Exit, Scope } from "effect"
import { freshDatabase } from "../../../packages/adapter-pg/test/support/database.ts"
import { answersOf } from "./answers.ts"

answersOf(async () => {
  const scope = Effect.runSync(Scope.make())
  const url = await Effect.runPromise(Scope.provide(freshDatabase, scope))
  const broken = new URL(url)
  broken.pathname = "/no_such_database"
  return { url, broken: broken.href, remove: () => Effect.runPromise(Scope.close(scope, Exit.void)) }
})
