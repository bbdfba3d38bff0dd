import { type Movement, maxPageSize, StockQueries } from "@stockbook/core"
import { Effect } from "effect"
import { jobOf } from "./job.ts"
import type { Place } from "./store.ts"

/** What a writer said of a command last. */
type Said = "asked" | "done" | "failed" | "lost"

/**
 * The commands a writer has spoken of, each with what it said last: `lost` if it failed and the store did not know
 * whether it was carried out.
 */
export const accountOf = (lines: Iterable<string>): Map<string, Said> => {
  const account = new Map<string, Said>()
  for (const line of lines) {
    const [word, name = "", why] = line.split(" ")
    if (word === "failed") account.set(name, why === "unknown" ? "lost" : "failed")
    else if (word === "asked" || word === "done") account.set(name, word)
  }
  return account
}

/** The whole ledger of an organization, oldest first. */
export const ledgerOf = Effect.fnUntraced(function* (organization: Place["organization"]) {
  const queries = yield* StockQueries
  const ledger: Array<Movement> = []
  while (true) {
    const after = ledger.at(-1)?.id
    const page = yield* queries.movements({ organization }, { order: "oldest", limit: maxPageSize, after })
    ledger.push(...page)
    if (page.length < maxPageSize) return ledger
  }
})

/** How often each may be there. What was in the air when a process was killed is there or not, but whole. */
const allowed: Record<Said, ReadonlyArray<number>> = {
  done: [1],
  asked: [0, 1],
  lost: [0, 1],
  failed: [0]
}

/**
 * Holds the ledger against what writers said: everything acknowledged is there once, what failed is not there, nothing
 * is there twice or in part or unasked; and `verify` finds no difference.
 */
export const audit = Effect.fnUntraced(function* (place: Place, account: ReadonlyMap<string, Said>) {
  const queries = yield* StockQueries
  const counts = new Map<string, number>()
  for (const { note } of yield* ledgerOf(place.organization)) {
    if (note !== null) counts.set(note, (counts.get(note) ?? 0) + 1)
  }
  const wrong: Array<string> = []
  for (const [name, said] of account) {
    const count = counts.get(name) ?? 0
    const times = count / jobOf(place, name).movements
    if (!allowed[said].includes(times)) wrong.push(`${name} was ${said} and is there ${times} times`)
    counts.delete(name)
  }
  for (const name of counts.keys()) wrong.push(`${name} was not asked for`)
  const { differences } = yield* queries.verify(place.organization)
  return { wrong, differences }
})

export const nothingWrong = { wrong: [], differences: [] }
