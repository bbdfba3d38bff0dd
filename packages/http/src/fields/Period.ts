import { Schema } from "effect"
import { FAILURE, type Failure } from "../problems/Failure.ts"

const notATime: Failure = {
  type: "datetime_parsing",
  msg: "Input should be a valid datetime or date in ISO 8601 format"
}

const ISO = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?)(Z|[+ -]\d\d:?\d\d)?)?$/
const DAY = 24 * 60 * 60 * 1000

/** What an ISO 8601 date or time covers: a day, or one millisecond. UTC when it names no zone. Epoch milliseconds. */
export interface Period {
  readonly from: number
  /** The first instant after it. */
  readonly until: number
}

const read = (text: string): Period | null => {
  const match = ISO.exec(text)
  if (match === null) return null
  const [, day = "", time, zone = "Z"] = match
  const midnight = Date.parse(`${day}T00:00:00Z`)
  // The engine's own parser takes February 30 for March 2.
  if (Number.isNaN(midnight) || new Date(midnight).toISOString().slice(0, 10) !== day) return null
  if (time === undefined) return { from: midnight, until: midnight + DAY }
  // A plus sign that was not escaped arrives as a blank.
  const from = Date.parse(`${day}T${time.replace(/(\.\d{3})\d+$/, "$1")}${zone.replace(" ", "+")}`)
  return Number.isNaN(from) ? null : { from, until: from + 1 }
}

/** A date or a time in a query. */
export const PeriodParam = Schema.String.annotate({
  description: "An ISO 8601 date, all of which is meant, or time; UTC if it names no zone."
}).check(
  Schema.makeFilter((text: string) => read(text) !== null, {
    [FAILURE]: notATime,
    toJsonSchema: () => ({ format: "date-time" })
  })
)

/** What it covers; it has been checked to be one. */
export const periodOf = (text: string | undefined): Period | undefined =>
  text === undefined ? undefined : (read(text) ?? undefined)
