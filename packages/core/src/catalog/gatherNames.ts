import { Effect, Exit, type Scope } from "effect"
import { makeBatchQueue } from "../engine/BatchQueue.ts"
import { StoreError } from "../store/StoreError.ts"
import type { Catalog } from "./Catalog.ts"
import type { CatalogDriver } from "./CatalogDriver.ts"
import type { Named, NamesWanted } from "./lists.ts"
import type { OrganizationId } from "./Organization.ts"

interface Asked {
  readonly organization: OrganizationId
  readonly wanted: NamesWanted
}

const size = { batchSize: 256, capacity: 100_000, inFlight: 2 }

/**
 * Reads names for all who ask at once: while one reading is under way those who come gather, and the next one answers
 * all of them. A reading starts after everyone it answers has asked, so none is told what was before. One statement per
 * organization.
 */
export const gatherNames = Effect.fnUntraced(function* ({
  named
}: Pick<CatalogDriver, "named">): Effect.fn.Return<Catalog["Service"]["named"], never, Scope.Scope> {
  const queue = yield* makeBatchQueue<Asked, Named | null, StoreError>(size, (batch, next) =>
    Effect.suspend(() => {
      const answers = new Map<Asked, Exit.Exit<Named | null, StoreError>>()
      const readings = Array.from(
        Map.groupBy(batch, ({ organization }) => organization),
        ([organization, asked]) =>
          Effect.map(
            Effect.exit(
              named(
                organization,
                asked.map(({ wanted }) => wanted)
              )
            ),
            (found) => {
              for (const [index, each] of asked.entries()) {
                answers.set(
                  each,
                  Exit.map(found, (names) => names[index] ?? null)
                )
              }
            }
          )
      )
      next()
      return Effect.as(Effect.all(readings, { concurrency: "unbounded", discard: true }), batch).pipe(
        Effect.map((all) => all.map((each) => answers.get(each) ?? Exit.succeed(null)))
      )
    })
  )
  return (organization, wanted) =>
    Effect.catchTag(queue.submit({ organization, wanted }), ["Overloaded", "EngineClosed"], (error) =>
      Effect.fail(new StoreError({ reason: "unavailable", message: error.message, cause: error }))
    )
})
