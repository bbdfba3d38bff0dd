import type { Array as Arr, Effect } from "effect"
import type { OrganizationId } from "../catalog/Organization.ts"
import type { StoreError } from "../store/StoreError.ts"

/** What a request was answered with, kept under the key its sender gave it. */
export interface Reply {
  readonly organization: OrganizationId
  /** 1–200 characters. Its sender is a part of it: equal keys of two senders are two keys. */
  readonly key: string
  /** What was asked for, in short: the same request again has the same. */
  readonly fingerprint: string
  /** The answer as text, in its keeper's own form. */
  readonly answer: string
}

/**
 * The narrow contract of keeping replies.
 *
 * Law of `keep`: of any number of replies under one key, kept by any number of processes, the first stays and no later
 * one replaces it. It answers once they are durable. Replies are cleared
 * together with the recorded outcomes of idempotency keys, and share no names with them.
 */
export interface ReplyDriver {
  /** `null` where none is kept. */
  readonly find: (organization: OrganizationId, key: string) => Effect.Effect<Reply | null, StoreError>
  readonly keep: (replies: Arr.NonEmptyReadonlyArray<Reply>) => Effect.Effect<void, StoreError>
}
