import { Schema } from "effect"

/** A time in an answer, as every API writes it: ISO 8601, UTC. */
export const Timestamp = Schema.String.annotate({ format: "date-time" })

/** Epoch milliseconds in that form. */
export const isoTime = (millis: number): string => new Date(millis).toISOString()
