import { Effect, Option, Stream } from "effect"
import type { OrganizationId } from "../catalog/Organization.ts"
import type { Subscriptions } from "../ledger/Subscriptions.ts"
import { certain } from "./ask.ts"
import { type ChangesOptions, type FollowedChange, toChange } from "./Changes.ts"
import { said } from "./inputs/options.ts"
import type { Runner } from "./Runner.ts"

/** Changes one by one, read page by page as they are asked for. */
export async function* followed(
  subscriptions: Subscriptions["Service"],
  organization: OrganizationId | null,
  runner: Runner,
  options?: ChangesOptions
): AsyncGenerator<FollowedChange, void, void> {
  const { after = "", signal } = certain(said.changes(options))
  let cursor = after
  while (true) {
    const next = Effect.map(Stream.runHead(subscriptions.follow(organization, cursor)), Option.getOrNull)
    const page = await runner.runWhileOpen(next, signal)
    if (page === null) return
    for (const [index, change] of page.changes.entries()) {
      // A page has one cursor, after all of it: until its end, going on means beginning it again.
      const last = index === page.changes.length - 1
      yield { ...toChange(change), cursor: last ? page.cursor : cursor }
    }
    cursor = page.cursor
  }
}
