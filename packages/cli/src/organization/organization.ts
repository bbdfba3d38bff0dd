import { Catalog, type Organization, type OrganizationId, type StoreError } from "@stockbook/core"
import { Effect } from "effect"
import { InvalidSetting } from "../InvalidSetting.ts"

type Found<A> = Effect.fn.Return<A, StoreError | InvalidSetting, Catalog>

const page = 1000

/** The organization of an id or of an exact name, which only one may have. */
const named = Effect.fnUntraced(function* (wanted: string): Found<Organization> {
  const catalog = yield* Catalog
  const found: Array<Organization> = []
  let after = 0
  while (true) {
    const rows = yield* catalog.organizations(after, page)
    found.push(...rows.filter(({ id, name }) => String(id) === wanted || name === wanted))
    const last = rows.at(-1)
    if (last === undefined || rows.length < page) break
    after = last.id
  }
  const byId = found.find(({ id }) => String(id) === wanted)
  const [first, second] = found
  if (byId !== undefined) return byId
  if (first === undefined) return yield* wrong(`names no organization: there is no ${wanted}`)
  if (second !== undefined) return yield* wrong(`must be an id: several organizations are called ${wanted}`)
  return first
})

/** The organization asked for; when nobody asked, the only one there is. */
export const theOrganization = Effect.fnUntraced(function* (wanted: string | undefined): Found<Organization> {
  if (wanted !== undefined) return yield* named(wanted)
  const [first, second] = yield* Catalog.use((catalog) => catalog.organizations(0, 2))
  if (first === undefined) return yield* wrong("names nobody: there is no organization yet (try stockbook seed)")
  if (second !== undefined) {
    return yield* wrong(
      `is required: there are several, such as ${first.id} (${first.name}) and ${second.id} (${second.name})`
    )
  }
  return first
})

/** The id of the organization asked for; `null`, which is all of them, when nobody asked. */
export const organizationOrAll = (
  wanted: string | undefined
): Effect.Effect<OrganizationId | null, StoreError | InvalidSetting, Catalog> =>
  wanted === undefined ? Effect.succeed(null) : Effect.map(named(wanted), ({ id }) => id)

const wrong = (problem: string) => Effect.fail(new InvalidSetting("--organization", problem))
