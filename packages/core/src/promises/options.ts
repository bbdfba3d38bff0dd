/** What may be said with every call. */
export interface CallOptions {
  /**
   * Gives the call up: it rejects with the signal's reason. A command that has not been taken up yet leaves no trace;
   * one that has is carried out all the same.
   */
  readonly signal?: AbortSignal | undefined
}

/** What may be said with a write. */
export interface WriteOptions extends CallOptions {
  /**
   * A name of the caller's for this request, 1 to 200 characters: the same key and request again is answered with the
   * first answer and done once; anything else with that key is refused with `IdempotencyConflict`.
   */
  readonly idempotencyKey?: string | undefined
}

/** What may be said with a command. */
export interface CommandOptions extends WriteOptions {
  /** Only if this item still has the `version` it was read with; `ChangedMeanwhile` otherwise. */
  readonly unchanged?: { readonly item: number; readonly version: number } | undefined
}

/** What may be said with a change of the catalogue. */
export interface UpdateOptions extends WriteOptions {
  /** Only if it still has the `updatedAt` it was read with; `ChangedMeanwhile` otherwise. */
  readonly ifUpdatedAt?: number | undefined
}

/** What may be said with a write of an item. */
export interface ItemOptions extends UpdateOptions {
  /** Refuses a name that another item has which is not deleted (`DuplicateName`). */
  readonly uniqueName?: boolean | undefined
}
