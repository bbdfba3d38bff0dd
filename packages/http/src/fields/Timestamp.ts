import { Schema } from "effect"

/** A time in an answer, as every API writes it: ISO 8601, UTC. */
export const Timestamp = Schema.String.annotate({ format: "date-time" })

/** Epoch milliseconds in that form, with microseconds, as API B prints them. */
export const microTime = (millis: number): string => isoTime(millis).replace("Z", "000Z")

/** Epoch milliseconds in that form. What is asked for again and again is what one batch did, all at one time. */
export const isoTime = (millis: number): string => {
  if (millis !== latest.millis) latest = { millis, text: new Date(millis).toISOString() }
  return latest.text
}

let latest = { millis: Number.NaN, text: "" }
