import type { Organization } from "@stockbook/core"
import { Effect, Stream } from "effect"
import { exitCodes } from "../exitCodes.ts"
import { type Done, fates, ImportRow } from "./ImportRow.ts"
import { importItems } from "./importItems.ts"
import { importStock } from "./importStock.ts"
import { columnsOf, type ImportKind } from "./kinds.ts"
import { placesOf } from "./places.ts"
import { progressOver, sizeOf } from "./progress.ts"
import type { Row } from "./Row.ts"
import { type Format, readRows } from "./readRows.ts"
import { Refusals } from "./refusals.ts"

/** What is brought in, and how. */
export interface ImportOptions {
  readonly kind: ImportKind
  readonly path: string
  readonly format: Format
  readonly refused: string
  readonly ignore: ReadonlyArray<string>
  readonly dryRun: boolean
}

/** So many rows are in hand at a time. */
const most = 500

/** Brings a file in, piece by piece, and prints what became of it; answers with what the process should end with. */
export const importFile = Effect.fnUntraced(function* (organization: Organization, options: ImportOptions) {
  const { kind, path, format, ignore, dryRun } = options
  const refusals = new Refusals(options.refused, { write: !dryRun })
  const tally = new Map<Done, number>()
  const places = yield* placesOf(organization.id)
  const progress = yield* Effect.promise(() => progressOver(sizeOf(path), "bytes"))
  const reading = {
    name: path === "-" ? "standard input" : path,
    columns: columnsOf[kind],
    ignore,
    onBytes: progress.add
  }

  const take = Effect.fnUntraced(function* (rows: ReadonlyArray<Row>) {
    const good: Array<ImportRow> = []
    for (const row of rows) {
      if (row.refusal === undefined) good.push(new ImportRow(row, tally, refusals))
      else refusals.add(row, row.refusal)
    }
    yield* kind === "items"
      ? importItems(organization.id, good, dryRun)
      : importStock(organization.id, kind, good, places, dryRun)
    yield* Effect.promise(() => refusals.flush())
  })

  yield* Stream.fromAsyncIterable(pieces(readRows(path, format, reading), kind), (error) => error).pipe(
    Stream.runForEach(take),
    Effect.ensuring(
      Effect.promise(async () => {
        progress.stop()
        await refusals.close()
      })
    )
  )
  const done = fates.flatMap((what) => (tally.has(what) ? [`${tally.get(what)} ${what}`] : []))
  const refused = refusals.count === 0 ? [] : [`${refusals.count} refused`]
  const said = [...done, ...refused].join(", ") || "no rows"
  const where = refusals.count === 0 || dryRun ? "" : `; why is in ${refusals.path}`
  console.log(`${dryRun ? "Dry run, nothing was written: " : ""}${organization.name}: ${kind}: ${said}${where}`)
  return refusals.count === 0 ? exitCodes.done : exitCodes.found
})

/** Pieces of the file, none of which names an item twice where items are what is brought in. */
async function* pieces(rows: AsyncIterable<Row>, kind: ImportKind): AsyncGenerator<ReadonlyArray<Row>> {
  let piece: Array<Row> = []
  let named = new Set<unknown>()
  for await (const row of rows) {
    const sku = kind === "items" && row.refusal === undefined ? row.fields["sku"] : undefined
    if (piece.length === most || (sku !== undefined && named.has(sku))) {
      yield piece
      piece = []
      named = new Set()
    }
    piece.push(row)
    if (sku !== undefined) named.add(sku)
  }
  if (piece.length > 0) yield piece
}
