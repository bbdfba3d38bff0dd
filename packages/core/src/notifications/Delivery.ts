import type { OrganizationId } from "../catalog/Organization.ts"
import type { NoticeData } from "./Notice.ts"

/** What somebody is told, complete: nothing about it is looked up again when it is sent. */
export interface Notice {
  readonly kind: string
  /** An e-mail address; `null` where the channel knows whom to tell. */
  readonly to: string | null
  readonly reference: string | null
  readonly data: NoticeData
  /** When it happened, epoch milliseconds. */
  readonly at: number
}

/** Names a delivery: one event is delivered once by a channel for a purpose. */
export interface DeliveryKey {
  readonly organization: OrganizationId
  /** The outbox event's id. */
  readonly event: number
  /** By what it is sent, such as `email`. */
  readonly channel: string
  /** What for, such as `low_stock`; tells apart what one event sends by one channel. */
  readonly purpose: string
}

export interface NewDelivery extends DeliveryKey {
  readonly notice: Notice
}

/** `pending` until it is `sent`, or `dead`: given up, until somebody drives it again. */
export type DeliveryState = "pending" | "sent" | "dead"

/** A notice on its way. Times are epoch milliseconds. */
export interface Delivery extends NewDelivery {
  readonly state: DeliveryState
  /** Tries that have begun. */
  readonly attempts: number
  /** When it may be tried next; while a worker tries it, when its lease ends. */
  readonly nextAttemptAt: number
  readonly lastError: string | null
  readonly createdAt: number
  readonly sentAt: number | null
}
