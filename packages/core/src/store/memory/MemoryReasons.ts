import { Clock, Effect } from "effect"
import type { ReasonDriver } from "../../catalog/ReasonDriver.ts"
import { scopedName } from "../../rules/State.ts"
import { type Tables, writeEvent } from "./Tables.ts"

/** Organizations' own reasons in memory. */
export const memoryReasons = (tables: Tables): ReasonDriver => ({
  put: (organization, { code, name }) =>
    Effect.map(Clock.currentTimeMillis, (now) => {
      const known = tables.reasons.get(scopedName(organization, code))
      if (known?.name === name) return
      tables.reasons.set(scopedName(organization, code), { organization, id: code, name })
      writeEvent(tables, organization, { _tag: "ReasonChanged", code, name, before: known?.name ?? null }, now)
    }),
  remove: (organization, code) =>
    Effect.map(Clock.currentTimeMillis, (now) => {
      const known = tables.reasons.get(scopedName(organization, code))
      if (known === undefined) return false
      tables.reasons.delete(scopedName(organization, code))
      writeEvent(tables, organization, { _tag: "ReasonChanged", code, name: null, before: known.name }, now)
      return true
    }),
  list: (organization) =>
    Effect.sync(() =>
      Array.from(tables.reasons.values())
        .filter((reason) => reason.organization === organization)
        .map(({ id: code, name }) => ({ code, name }))
        .sort((a, b) => (a.code < b.code ? -1 : 1))
    )
})
