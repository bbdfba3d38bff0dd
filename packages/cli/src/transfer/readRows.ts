import { createReadStream } from "node:fs"
import { createInterface } from "node:readline"
import type { Readable } from "node:stream"
import { CsvError, parse } from "csv-parse"
import { InvalidSetting } from "../InvalidSetting.ts"
import type { Columns } from "./kinds.ts"
import { fieldsOf, plainName, type Row } from "./Row.ts"

/** What a file is written in. */
export type Format = "csv" | "jsonl"

/** How a file is read. */
export interface Reading {
  /** What the file is called. */
  readonly name: string
  readonly columns: Columns
  /** Columns of the file that are left out. */
  readonly ignore: ReadonlyArray<string>
  /** Told how many bytes came. */
  readonly onBytes: (bytes: number) => void
}

/** `-` is standard input. */
const openFile = (path: string, onBytes: (bytes: number) => void): Readable => {
  const stream: Readable = path === "-" ? process.stdin : createReadStream(path)
  return stream.on("data", (chunk: Buffer | string) => onBytes(Buffer.byteLength(chunk)))
}

/** The rows of a file one after the other, however long it is: those not read as they should be say why. */
export const readRows = (path: string, format: Format, reading: Reading): AsyncGenerator<Row> =>
  format === "csv" ? csvRows(path, reading) : jsonRows(path, reading)

/** What a column is called in the file, and the name it is known by; `null` for one that is left out. */
const known = (name: string, reading: Reading): string | null => {
  const { columns, ignore } = reading
  if (ignore.some((each) => plainName(each) === plainName(name))) return null
  const found = Object.keys(columns.types).find((each) => plainName(each) === plainName(name))
  if (found !== undefined) return found
  const names = Object.keys(columns.types).join(", ")
  throw new InvalidSetting(
    reading.name,
    `has a column "${name}", which means nothing here; it may have ${names}; what else it has is named by --ignore`
  )
}

async function* csvRows(path: string, reading: Reading): AsyncGenerator<Row> {
  const parser = parse({ bom: true, info: true, relax_column_count: true, skip_empty_lines: true, trim: true })
  const file = openFile(path, reading.onBytes)
  file.once("error", (error) => parser.destroy(error))
  file.pipe(parser)
  let header: ReadonlyArray<string | null> | null = null
  try {
    for await (const each of parser) {
      const { record, info }: { record: ReadonlyArray<string>; info: { lines: number } } = each
      if (header === null) {
        header = headerOf(record, reading)
        continue
      }
      yield rowOf(record, header, info.lines, reading)
    }
  } catch (error) {
    if (error instanceof CsvError) throw new InvalidSetting(reading.name, `is no CSV: ${error.message}`)
    throw error
  }
}

const headerOf = (record: ReadonlyArray<string>, reading: Reading): ReadonlyArray<string | null> => {
  const header = record.map((name) => known(name, reading))
  const twice = header.find((name, index) => name !== null && header.indexOf(name) !== index)
  if (typeof twice === "string") throw new InvalidSetting(reading.name, `has the column ${twice} twice`)
  const missing = reading.columns.required.find((name) => !header.includes(name))
  if (missing !== undefined) throw new InvalidSetting(reading.name, `has no column ${missing}, which is required`)
  return header
}

const rowOf = (
  record: ReadonlyArray<string>,
  header: ReadonlyArray<string | null>,
  line: number,
  { columns }: Reading
): Row => {
  const source = JSON.stringify(record)
  if (record.length !== header.length) {
    const reason = `Has ${record.length} fields, and the header has ${header.length}`
    return { line, source, refusal: { field: "row", reason } }
  }
  const given = header.flatMap((name, index) => (name === null ? [] : [[name, record[index]] as const]))
  return { line, source, ...fieldsOf(given, columns) }
}

async function* jsonRows(path: string, reading: Reading): AsyncGenerator<Row> {
  const file = openFile(path, reading.onBytes)
  const lines = createInterface({ input: file, crlfDelay: Number.POSITIVE_INFINITY })
  file.once("error", (error) => lines.emit("error", error))
  let line = 0
  for await (const source of lines) {
    line += 1
    if (source.trim() !== "") yield jsonRow(source, line, reading)
  }
}

const jsonRow = (source: string, line: number, reading: Reading): Row => {
  const value = parsed(source)
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return { line, source, refusal: { field: "row", reason: "Expected a JSON object" } }
  }
  const given: Array<readonly [string, unknown]> = []
  for (const [name, each] of Object.entries(value)) {
    if (reading.ignore.includes(name)) continue
    if (!Object.hasOwn(reading.columns.types, name)) {
      return { line, source, refusal: { field: name, reason: "Is no field of such a row" } }
    }
    given.push([name, each])
  }
  return { line, source, ...fieldsOf(given, reading.columns) }
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
