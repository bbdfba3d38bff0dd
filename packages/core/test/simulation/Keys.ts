import type { Recorded } from "../../src/rules/fold.ts"
import type { Outcome } from "../../src/stock/Outcome.ts"
import type { Changes } from "../../src/store/StockDriver.ts"
import { Broken, type OracleAnswer } from "../../src/testing/Oracle.ts"
import { sorted } from "../sorted.ts"
import type { Request } from "./Request.ts"

/** What each idempotency key stands for, by the answers in the order of the commits. */
export class Keys {
  /** The request that was done, `null` while only its outcome is known. */
  readonly #done = new Map<string, { body: string | null; readonly outcome: string }>()

  /** Same key and same command: the same outcome, once. Same key, another command: a conflict. */
  judge(request: Request, answer: OracleAnswer, changes: Changes | null): void {
    if (request.key === null) return
    const name = `${request.command.organization}/${request.key}`
    const body = bodyOf(request)
    const known = this.#done.get(name)
    if (answer._tag === "Failure") {
      if (known === undefined) {
        if (answer.failure._tag === "IdempotencyConflict") throw new Broken(`Key ${name} is new, and conflicts`)
        return
      }
      if (answer.failure._tag !== "IdempotencyConflict") throw new Broken(`Key ${name} was done, and is refused`)
      if (known.body === body) throw new Broken(`Key ${name} conflicts with itself`)
      return
    }
    const outcome = outcomeOf(answer.success)
    if (known === undefined) {
      const record = changes?.records.find(
        ({ organization, key }) => organization === request.command.organization && key === request.key
      )
      if (record === undefined) throw new Broken(`Key ${name} was not recorded`)
      if (JSON.stringify(record.outcome) !== JSON.stringify(answer.success)) {
        throw new Broken(`Key ${name} stands for another outcome than was answered`)
      }
      this.#done.set(name, { body, outcome })
      return
    }
    if (!answer.success.replayed) throw new Broken(`Key ${name} was done twice`)
    if (known.body !== null && known.body !== body) throw new Broken(`Key ${name} answered another command`)
    if (known.outcome !== outcome) throw new Broken(`Key ${name} was answered with another outcome`)
    known.body = body
  }

  /** A key was recorded, and nobody heard. */
  lost({ organization, key, outcome }: Recorded): void {
    const name = `${organization}/${key}`
    if (this.#done.has(name)) throw new Broken(`Key ${name} was recorded twice`)
    this.#done.set(name, { body: null, outcome: outcomeOf(outcome) })
  }
}

const outcomeOf = (outcome: Outcome): string => JSON.stringify({ ...outcome, replayed: true })

/** What a request asks: its fields that are not null, by name. */
const bodyOf = ({ command }: Request): string => JSON.stringify(sorted(command))
