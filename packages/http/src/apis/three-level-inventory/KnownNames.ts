import type { Catalog, ItemId, OrganizationId, StockEngine } from "@stockbook/core"
import type { Effect } from "effect"

/** What an item, and a variation and a batch of it, are called. */
export type Named = NonNullable<Effect.Success<ReturnType<Catalog["Service"]["named"]>>>

/** Which variation and batch of an item a request names. */
export interface Parts {
  readonly variation: number | undefined
  readonly batch: number | undefined
}

/** What was known before a command. */
interface Before {
  /** Names that are right if they stood; `null` when none are known. */
  readonly names: Named | null
  /** After a command on the item was carried out: whether the names known before were right when it was stored. */
  readonly stood: () => boolean
  /** Likewise: keeps names that were read before the command, if they still are what is there. */
  readonly keep: (names: Named) => void
}

/**
 * Names that were read before, so that they need not be read again for each of many commands on one item.
 *
 * They go with what the engine remembers of the item, which any change of a name within it ends, by whichever process.
 * That shows when a command on the item was stored: until then they are good to act on, and not to answer with.
 */
export class KnownNames {
  readonly #engine: Pick<StockEngine["Service"], "remembered">
  readonly #names = new WeakMap<object, Map<string, Named>>()

  constructor(engine: Pick<StockEngine["Service"], "remembered">) {
    this.#engine = engine
  }

  /** What is known of an item and its parts now; none of a stranger's. */
  before(organization: OrganizationId, item: number, { variation, batch }: Parts): Before {
    const remembered = this.#engine.remembered(item as ItemId)
    const key = `${organization}/${variation ?? ""}/${batch ?? ""}`
    const stood = () => remembered !== null && this.#engine.remembered(item as ItemId) === remembered
    return {
      names: (remembered === null ? undefined : this.#names.get(remembered)?.get(key)) ?? null,
      stood,
      keep: (names) => {
        if (remembered === null || !stood()) return
        const kept = this.#names.get(remembered)
        if (kept === undefined) this.#names.set(remembered, new Map([[key, names]]))
        else kept.set(key, names)
      }
    }
  }
}
