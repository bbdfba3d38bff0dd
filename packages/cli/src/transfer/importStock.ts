import { createHash } from "node:crypto"
import { type CommandInput, type OrganizationId, StockEngine } from "@stockbook/core"
import { Effect } from "effect"
import type { ImportRow } from "./ImportRow.ts"
import type { ImportKind } from "./kinds.ts"
import type { Place, Places } from "./places.ts"
import type { Fields, Refusal } from "./Row.ts"

type Input = CommandInput

/**
 * Opening stock, or movements, in the order of the file. A row is a command under a key made of what the row says: the
 * same row again, in this file or another, is not carried out twice.
 */
export const importStock = Effect.fnUntraced(function* (
  organization: OrganizationId,
  kind: Exclude<ImportKind, "items">,
  rows: ReadonlyArray<ImportRow>,
  places: Places,
  dryRun: boolean
) {
  const engine = yield* StockEngine
  const found = yield* Effect.forEach(rows, (row) => places.of(row.fields), { concurrency: 16 })
  yield* Effect.forEach(
    rows,
    (row, index) => {
      const place = found[index]
      if (place === undefined) return Effect.void
      if ("refusal" in place) return row.refuse(place.refusal)
      const command = commandOf(organization, kind, row.fields, place)
      if ("field" in command) return row.refuse(command)
      if (dryRun) return Effect.sync(() => row.done("recorded"))
      const idempotencyKey = keyOf(kind, row.fields)
      return row.unless(
        Effect.map(engine.execute(command, { idempotencyKey }), ({ replayed }) =>
          row.done(replayed ? "recorded before" : "recorded")
        )
      )
    },
    // All at once: the engine takes them in this order, many to a transaction.
    { concurrency: "unbounded" }
  )
})

const keyOf = (kind: ImportKind, fields: Fields): string => {
  const said = JSON.stringify(Object.entries(fields).sort(([one], [other]) => (one < other ? -1 : 1)))
  return `import-${kind}-${createHash("sha256").update(said).digest("base64url")}`
}

const commandOf = (
  organization: OrganizationId,
  kind: Exclude<ImportKind, "items">,
  fields: Fields,
  place: Place
): Input | Refusal => {
  const type = kind === "stock" ? "receive" : text(fields, "type")
  const quantity = Number(fields["quantity"])
  if (type === "adjust" ? quantity === 0 : quantity < 1) {
    return { field: "quantity", reason: type === "adjust" ? "Expected a whole number but 0" : "Expected 1 or more" }
  }
  const [reason, reference, note, unitCost] = ["reason", "reference", "note", "unitCost"].map((name) =>
    text(fields, name)
  )
  const context = {
    organization,
    reason: kind === "stock" ? "opening stock" : (reason ?? null),
    reference: reference ?? null,
    note: note ?? null,
    effectiveAt: typeof fields["effectiveAt"] === "number" ? fields["effectiveAt"] : null
  }
  const cost = unitCost === undefined ? {} : { unitCost }
  switch (type) {
    case "receive":
      return {
        _tag: "Receive",
        ...context,
        ...(kind === "stock" ? { from: "adjustment" } : {}),
        lines: [{ ...place, quantity, ...cost }]
      }
    case "issue":
      return { _tag: "Issue", ...context, lines: [{ ...place, quantity }] }
    case "adjust":
      return { _tag: "Adjust", ...context, lines: [{ ...place, delta: quantity, ...cost }] }
    default:
      return { field: "type", reason: "Expected receive, issue or adjust" }
  }
}

const text = (fields: Fields, name: string): string | undefined => {
  const value = fields[name]
  return typeof value === "string" ? value : undefined
}
