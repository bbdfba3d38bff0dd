/** Epoch milliseconds as every API writes times: ISO 8601, UTC. */
export const isoTime = (millis: number): string => new Date(millis).toISOString()
