import { once } from "node:events"
import { createWriteStream, type WriteStream } from "node:fs"
import { stringify } from "csv-stringify/sync"
import { Predicate } from "effect"
import type { Refusal, Row } from "./Row.ts"

/** Failures that are not about the row: the import stops, to be run again. */
const stopping = new Set(["StoreError", "EngineClosed", "Overloaded"])

/** What a refusal of the library says of a row, in the words of the file; `null` for what is no matter of the row. */
export const refusalOf = (error: { readonly _tag: string; readonly message: string }): Refusal | null => {
  if (stopping.has(error._tag)) return null
  if (error._tag === "InvalidInput" && "issues" in error && Array.isArray(error.issues)) {
    const [issue] = error.issues
    if (Predicate.hasProperty(issue, "path") && Array.isArray(issue.path) && Predicate.hasProperty(issue, "message")) {
      const field = issue.path.findLast((part) => typeof part === "string")
      return { field: field === undefined || field === "lines" ? "row" : field, reason: String(issue.message) }
    }
  }
  return { field: fields[error._tag] ?? "row", reason: error.message === "" ? error._tag : error.message }
}

/** The field that a refusal is about. */
const fields: Readonly<Record<string, string>> = {
  DuplicateSku: "sku",
  DuplicateBarcode: "barcode",
  DuplicateName: "name",
  UnknownItem: "sku",
  InactiveItem: "sku",
  InsufficientStock: "quantity",
  UnknownLocation: "location",
  InactiveLocation: "location",
  UnknownVariation: "variation",
  UnknownBatch: "batch",
  EffectiveInFuture: "effectiveAt"
}

interface Refused extends Refusal {
  readonly line: number
  readonly source: string
}

/** A file of the rows that were refused, made with the first of them: `line,field,reason,row`. */
export class Refusals {
  readonly path: string
  readonly #write: boolean
  #stream: WriteStream | null = null
  #pending: Array<Refused> = []
  count = 0

  constructor(path: string, { write }: { readonly write: boolean }) {
    this.path = path
    this.#write = write
  }

  add({ line, source }: Pick<Row, "line" | "source">, refusal: Refusal): void {
    this.count += 1
    this.#pending.push({ line, source, ...refusal })
  }

  /** Writes those that were added, in the order of their lines; prints them, where nothing is to be written. */
  async flush(): Promise<void> {
    const rows = this.#pending.sort((one, other) => one.line - other.line)
    this.#pending = []
    if (rows.length === 0) return
    if (!this.#write) {
      for (const { line, field, reason } of rows) console.log(`line ${line}, ${field}: ${reason}`)
      return
    }
    if (this.#stream === null) {
      this.#stream = createWriteStream(this.path)
      await once(this.#stream, "open")
      this.#stream.write("line,field,reason,row\n")
    }
    const text = stringify(rows.map(({ line, field, reason, source }) => [line, field, reason, source]))
    if (!this.#stream.write(text)) await once(this.#stream, "drain")
  }

  async close(): Promise<void> {
    await this.flush()
    const stream = this.#stream
    if (stream !== null) await new Promise<void>((resolve) => stream.end(resolve))
  }
}
