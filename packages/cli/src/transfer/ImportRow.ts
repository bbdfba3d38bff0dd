import type { StoreError } from "@stockbook/core"
import { Effect } from "effect"
import type { Fields, Refusal } from "./Row.ts"
import { type Refusals, refusalOf } from "./refusals.ts"

/** What became of a row that was taken. */
export const fates = ["created", "changed", "unchanged", "recorded", "recorded before"] as const
export type Done = (typeof fates)[number]

/** A failure of the library. */
interface Failure {
  readonly _tag: string
  readonly message: string
}

/** The import cannot go on: a matter of the database, not of the row. */
export class ImportStopped extends Error {}

/** A row that was read as it should be, and the tally its fate is counted in. */
export class ImportRow {
  readonly line: number
  readonly fields: Fields
  readonly #source: string
  readonly #tally: Map<Done, number>
  readonly #refusals: Refusals

  constructor(
    row: { readonly line: number; readonly source: string; readonly fields: Fields },
    tally: Map<Done, number>,
    refusals: Refusals
  ) {
    this.line = row.line
    this.fields = row.fields
    this.#source = row.source
    this.#tally = tally
    this.#refusals = refusals
  }

  done(what: Done): void {
    this.#tally.set(what, (this.#tally.get(what) ?? 0) + 1)
  }

  refuse(refusal: Refusal): Effect.Effect<void> {
    return Effect.sync(() => this.#refusals.add({ line: this.line, source: this.#source }, refusal))
  }

  /** Does what is to be done with the row, or refuses it with what that is refused with. */
  unless<E extends Failure | StoreError, R>(effect: Effect.Effect<void, E, R>): Effect.Effect<void, ImportStopped, R> {
    return Effect.catch(effect, (error) => {
      const refusal = refusalOf(error)
      return refusal === null
        ? Effect.fail(new ImportStopped(`${error.message} (at line ${this.line}; import the file again to go on)`))
        : this.refuse(refusal)
    })
  }
}
