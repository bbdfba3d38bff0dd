/** How long what only grows is kept, milliseconds. */
export interface Kept {
  /**
   * Recorded outcomes and replies of idempotency keys. A command whose outcome is gone is carried out again: keep them
   * for longer than any caller tries again.
   */
  readonly keys: number
  /** Events of the outbox that every subscriber has passed. A subscriber that is new by then does not see them. */
  readonly events: number
}

/** How many rows went. */
export interface Cleared {
  readonly keys: number
  readonly events: number
}
