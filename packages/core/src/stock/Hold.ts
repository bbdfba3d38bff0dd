import { Schema } from "effect"
import type { OrganizationId } from "../catalog/Organization.ts"
import type { StockKey } from "./StockKey.ts"

/** A hold's id: a positive integer, unique in the store. */
export const HoldId = Schema.Int.check(Schema.isGreaterThan(0)).pipe(Schema.brand("HoldId"))
export type HoldId = typeof HoldId.Type

/** What a hold keeps at one leaf: held = reserved + committed + fulfilled + released + expired, always. */
export interface HoldLine extends StockKey {
  /** 0, 1, 2 … within the hold. */
  readonly line: number
  readonly held: number
  /** Still softly held. */
  readonly reserved: number
  /** Still firmly held. */
  readonly committed: number
  readonly fulfilled: number
  readonly released: number
  readonly expired: number
}

/** Stock kept back for someone. A unit of it resolves once: fulfilled, released or expired. */
export interface Hold {
  readonly id: HoldId
  readonly organization: OrganizationId
  /** The caller's own name for it (an order number), its natural key; `null` for an anonymous hold. */
  readonly reference: string | null
  /** Fingerprint of the request that made it, so that the same reference with another body is a conflict. */
  readonly fingerprint: string
  /** When what is still softly held goes back, epoch milliseconds; `null` never. */
  readonly expiresAt: number | null
  readonly createdAt: number
  readonly lines: ReadonlyArray<HoldLine>
}

/** open: something is still held; else what became of it, the furthest first. */
export const holdStatuses = ["open", "fulfilled", "expired", "released"] as const
export type HoldStatus = (typeof holdStatuses)[number]

export const lineStatus = (line: HoldLine): HoldStatus =>
  line.reserved + line.committed > 0
    ? "open"
    : line.fulfilled > 0
      ? "fulfilled"
      : line.expired > 0
        ? "expired"
        : "released"

const rank: Record<HoldStatus, number> = { open: 3, fulfilled: 2, expired: 1, released: 0 }

export const holdStatus = (hold: Hold): HoldStatus =>
  hold.lines.map(lineStatus).reduce((best, status) => (rank[status] > rank[best] ? status : best), "released")

/** Whether its time is over. The instant of expiry itself is over: a hold of 60 s blocks for 60 s, not longer. */
export const isDue = (hold: Hold, now: number): boolean => hold.expiresAt !== null && hold.expiresAt <= now

/** The hold as it is at an instant: what its time has run out on is expired, whether or not that was written down yet. */
export const holdAt = (hold: Hold, now: number): Hold =>
  isDue(hold, now) && hold.lines.some((line) => line.reserved > 0)
    ? {
        ...hold,
        lines: hold.lines.map((line) => ({ ...line, reserved: 0, expired: line.expired + line.reserved }))
      }
    : hold
