import type { IdRange } from "../store/StockDriver.ts"

/** How many times what the largest recent batches used a batch is expected to need at most. */
const margin = 2
/** With ids for fewer such batches than this, more are asked for. */
const batchesAhead = 4

/**
 * Ids that are this process's own, to be given out without asking the store: a block in use, and one to go on with. How
 * many a batch will need is guessed by its number of commands and by what earlier ones used.
 */
export class IdSupply {
  #next = 0
  #limit = 0
  #spare: IdRange | null = null
  #asking = false
  /** Ids that one command uses, in the batch of late that used most. */
  #perCommand = 4

  /** The first id for a batch of so many commands; `null` when there may be too few. */
  first(commands: number): number | null {
    const need = this.#needOf(commands)
    if (this.#limit - this.#next >= need) return this.#next
    if (this.#spare === null) return null
    const { nextId, idLimit } = this.#spare
    this.#next = nextId
    this.#limit = idLimit
    this.#spare = null
    return idLimit - nextId >= need ? nextId : null
  }

  #needOf(commands: number): number {
    return Math.ceil(commands * this.#perCommand * margin) + 1
  }

  /**
   * Ids up to here may be in the store from now on, whatever becomes of them, and are not given out again. Whether they
   * are this process's own; if not, nothing may be stored under them.
   */
  spend(nextId: number, commands: number): boolean {
    this.#perCommand = Math.max(this.#perCommand * 0.95, (nextId - this.#next) / commands, 1)
    this.#next = nextId
    return nextId <= this.#limit
  }

  /** Whether more are to be asked for along with a batch of so many commands; then they are being asked for. */
  ask(commands: number): boolean {
    if (this.#asking || this.#spare !== null) return false
    this.#asking = this.#limit - this.#next < batchesAhead * this.#needOf(commands)
    return this.#asking
  }

  /** What was asked for came, or did not. */
  answered(range: IdRange | null): void {
    this.#asking = false
    this.#spare = range
  }

  /**
   * Only these are given out from now on: they are later than those of any other process's movements of the items read
   * along with them, which those at hand need not be.
   */
  replace({ nextId, idLimit }: IdRange): void {
    this.#next = nextId
    this.#limit = idLimit
    this.#spare = null
  }
}
