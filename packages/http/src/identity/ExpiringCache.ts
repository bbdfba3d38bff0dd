interface Entry<Value> {
  readonly value: Value
  readonly expiresAt: number
}

/** A map of at most `capacity` entries, each good until its time; the least recently used goes first. */
export class ExpiringCache<Value> {
  readonly #entries = new Map<string, Entry<Value>>()
  readonly #capacity: number
  /** The entry used last, which need not be moved to be the last to go. */
  #latest: Entry<Value> | undefined

  constructor(capacity: number) {
    this.#capacity = capacity
  }

  /** The value under this key, unless its time (epoch milliseconds) has come. */
  get(key: string, now: number): Value | undefined {
    const entry = this.#entries.get(key)
    if (entry === undefined) return undefined
    if (entry.expiresAt <= now) {
      this.#entries.delete(key)
      return undefined
    }
    if (entry !== this.#latest) this.#use(key, entry)
    return entry.value
  }

  set(key: string, value: Value, expiresAt: number): void {
    this.#use(key, { value, expiresAt })
    if (this.#entries.size <= this.#capacity) return
    const [oldest] = this.#entries.keys()
    if (oldest !== undefined) this.#entries.delete(oldest)
  }

  #use(key: string, entry: Entry<Value>): void {
    this.#entries.delete(key)
    this.#entries.set(key, entry)
    this.#latest = entry
  }

  get size(): number {
    return this.#entries.size
  }
}
