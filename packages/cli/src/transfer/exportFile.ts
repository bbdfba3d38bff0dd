import { once } from "node:events"
import { createWriteStream } from "node:fs"
import type { Writable } from "node:stream"
import {
  type BatchId,
  Catalog,
  type ItemId,
  type LocationId,
  type Movement,
  type Organization,
  type OrganizationId,
  onHand,
  type StockedItem,
  StockQueries,
  type StoreError,
  type VariationId
} from "@stockbook/core"
import { stringify } from "csv-stringify/sync"
import { Effect, Option, Stream } from "effect"
import { columnsOf, type ImportKind } from "./kinds.ts"
import { progressOver } from "./progress.ts"
import type { Format } from "./readRows.ts"

/** What is taken out, and how. */
export interface ExportOptions {
  readonly kind: ImportKind
  /** `null` for standard output. */
  readonly path: string | null
  readonly format: Format
}

type Cells = Readonly<Record<string, unknown>>
type Page = ReadonlyArray<Cells>

const page = 1000

/** Writes an organization's items, stock or movements to a file, page by page, and says how many there were. */
export const exportFile = Effect.fnUntraced(function* (
  { id: organization, name }: Organization,
  { kind, path, format }: ExportOptions
) {
  const out: Writable = path === null ? process.stdout : createWriteStream(path, { flags: "wx" })
  if (path !== null) yield* Effect.tryPromise({ try: () => once(out, "open"), catch: (error) => error })
  const pages = yield* { items: itemPages, stock: stockPages, movements: movementPages }[kind](organization)
  const progress = yield* Effect.promise(() => progressOver(path === null ? null : pages.count, "pages"))
  const columns = headers[kind]
  const write = (text: string) =>
    Effect.promise(async () => {
      if (!out.write(text)) await once(out, "drain")
    })
  let rows = 0
  if (format === "csv") yield* write(stringify([columns]))
  yield* pages.rows.pipe(
    Stream.runForEach((some) => {
      rows += some.length
      progress.add(1)
      return some.length === 0 ? Effect.void : write(textOf(some, columns, format))
    }),
    Effect.ensuring(Effect.sync(progress.stop))
  )
  if (path === null) return
  yield* Effect.promise(() => new Promise<void>((resolve) => out.end(resolve)))
  console.log(`${name}: ${rows} ${kind === "stock" ? "rows of stock" : kind} in ${path}`)
})

const headers: Readonly<Record<ImportKind, ReadonlyArray<string>>> = {
  items: [...Object.keys(columnsOf.items.types)],
  stock: ["sku", "variation", "batch", "location", "quantity", "reserved", "committed", "quarantined", "item"],
  movements: [
    ...["id", "at", "sku", "item", "quantity", "from", "fromLocation", "to", "toLocation", "variation", "batch"],
    ...["cause", "reason", "reference", "note", "unitCost", "effectiveAt", "availableAfter", "onHandAfter"]
  ]
}

const textOf = (rows: Page, columns: ReadonlyArray<string>, format: Format): string =>
  format === "csv"
    ? stringify(
        rows.map((row) => columns.map((column) => row[column] ?? "")),
        { cast: { boolean: String } }
      )
    : rows
        .map((row) => {
          const said = columns.filter((column) => row[column] !== null && row[column] !== undefined)
          return `${JSON.stringify(Object.fromEntries(said.map((column) => [column, row[column]])))}\n`
        })
        .join("")

/** All items that are not deleted, by id. */
const itemsOf = (catalog: Catalog["Service"], organization: OrganizationId) =>
  Stream.paginate(undefined as ItemId | undefined, (after) =>
    Effect.map(
      catalog.items({ organization, offset: 0, limit: page, sort: "id_asc", active: true, after }),
      ({ rows }) => [[rows], Option.map(Option.fromNullishOr(rows.at(-1)), ({ id }) => id)] as const
    )
  )

const itemPages = Effect.fnUntraced(function* (organization: OrganizationId) {
  const catalog = yield* Catalog
  const { total } = yield* catalog.items({ organization, offset: 0, limit: 1, active: true })
  const rows = itemsOf(catalog, organization).pipe(Stream.map((some): Page => some.map((item) => ({ ...item }))))
  return { count: Math.ceil(total / page), rows }
})

/** What lies where; `quantity` is what is available there. */
const stockPages = Effect.fnUntraced(function* (organization: OrganizationId) {
  const catalog = yield* Catalog
  const queries = yield* StockQueries
  const names = namesIn(catalog, organization)
  const { total } = yield* catalog.items({ organization, offset: 0, limit: 1, active: true })
  const leaves = Effect.fnUntraced(function* ({ id, sku }: StockedItem) {
    const stock = yield* queries.stock(organization, id)
    return yield* Effect.forEach(
      (stock?.leaves ?? []).filter((leaf) => onHand(leaf) !== 0),
      Effect.fnUntraced(function* ({ item, location, variation, batch, available, ...levels }) {
        const at = { location: yield* names.location(location), variation: yield* names.variation(variation) }
        return { sku, item, ...at, batch: yield* names.batch(batch), quantity: available, ...levels }
      })
    )
  })
  return {
    count: Math.ceil(total / page),
    rows: itemsOf(catalog, organization).pipe(
      Stream.mapEffect((some) =>
        Effect.map(Effect.forEach(some, leaves, { concurrency: 16 }), (found): Page => found.flat())
      )
    )
  }
})

/** The ledger, oldest first. */
const movementPages = Effect.fnUntraced(function* (organization: OrganizationId) {
  const catalog = yield* Catalog
  const queries = yield* StockQueries
  const names = namesIn(catalog, organization)
  const count = yield* queries.countMovements({ organization })
  const cells = Effect.fnUntraced(function* (movement: Movement) {
    const { from, to, details, at, ...rest } = movement
    const [source, target] = [from, to].map((account) => (typeof account === "string" ? null : account))
    const leaf = target ?? source
    return {
      ...rest,
      at: new Date(at).toISOString(),
      sku: yield* names.sku(movement.item),
      from: source?.state ?? from,
      fromLocation: yield* names.location(source?.location ?? null),
      to: target?.state ?? to,
      toLocation: yield* names.location(target?.location ?? null),
      variation: yield* names.variation(leaf?.variation ?? null),
      batch: yield* names.batch(leaf?.batch ?? null),
      unitCost: details?.unitCost,
      effectiveAt: details?.effectiveAt === undefined ? null : new Date(details.effectiveAt).toISOString()
    }
  })
  const rows = Stream.paginate(undefined as number | undefined, (after) =>
    Effect.map(
      queries.movements({ organization }, { after, limit: page, order: "oldest" }),
      (some) => [[some], Option.map(Option.fromNullishOr(some.at(-1)), ({ id }) => id)] as const
    )
  ).pipe(Stream.mapEffect((some): Effect.Effect<Page, StoreError> => Effect.forEach(some, cells)))
  return { count: Math.ceil(count / page), rows }
})

/** What ids are called; those that were asked for last are remembered. */
const namesIn = (catalog: Catalog["Service"], organization: OrganizationId) => {
  const remembered = <Id extends number>(find: (id: Id) => Effect.Effect<string | null | undefined, StoreError>) => {
    const known = new Map<Id, string | null>()
    return (id: Id | null): Effect.Effect<string | null, StoreError> => {
      const name = id === null ? null : known.get(id)
      if (id === null || name !== undefined) return Effect.succeed(name ?? null)
      return Effect.map(find(id), (found) => {
        if (known.size >= 20_000) known.clear()
        known.set(id, found ?? null)
        return found ?? null
      })
    }
  }
  return {
    sku: remembered((id: ItemId) => Effect.map(catalog.item(organization, id), (item) => item?.sku)),
    location: remembered((id: LocationId) => Effect.map(catalog.location(organization, id), (row) => row?.name)),
    variation: remembered((id: VariationId) => Effect.map(catalog.variation(organization, id), (row) => row?.name)),
    batch: remembered((id: BatchId) => Effect.map(catalog.batch(organization, id), (row) => row?.name))
  }
}
