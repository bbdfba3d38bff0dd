import { Schema } from "effect"
import { verifyItem } from "../../src/ledger/verifyItem.ts"
import { Command } from "../../src/stock/Command.ts"
import type { Movement } from "../../src/stock/Movement.ts"
import type { Outcome } from "../../src/stock/Outcome.ts"
import { Broken, Oracle, type OracleAnswer } from "../../src/testing/Oracle.ts"
import { Alerts } from "./Alerts.ts"
import { Keys } from "./Keys.ts"
import type { Request } from "./Request.ts"
import type { Commit, SimulatedStore } from "./SimulatedStore.ts"
import type { Land } from "./world.ts"

/** An answer that a commit gave. */
export interface Judged {
  readonly request: Request
  readonly answer: OracleAnswer
}

const decode = Schema.decodeUnknownSync(Command)
/** By so many milliseconds a process may be wrong about the store's time. */
const tolerance = 20
const states = ["available", "reserved", "committed", "quarantined"] as const

/**
 * Judges a simulation: each commit in the order the store made them, with the answers that were given for it, against
 * books of its own. Throws `Broken` where a promise is broken.
 */
export class Referee {
  readonly #store: SimulatedStore
  readonly #oracles: ReadonlyMap<number, Oracle>
  readonly #ownerOf = new Map<number, number>()
  /** What became of each commit: its answers, or `null` when they were lost. */
  readonly #fates = new Map<Commit, ReadonlyArray<Judged> | null>()
  readonly #keys = new Keys()
  readonly #alerts = new Alerts()
  readonly #notes = new Map<string, Commit>()
  readonly #ledger: Array<Movement> = []
  #next = 0
  #latest = 0

  constructor(store: SimulatedStore, lands: ReadonlyArray<Land>) {
    this.#store = store
    this.#oracles = new Map(lands.map(({ world, known }) => [world.organization, new Oracle(known)]))
    for (const { world } of lands) for (const item of world.items) this.#ownerOf.set(item, world.organization)
  }

  /** Movements of an organization, in the order of the ledger. */
  movementsOf(organization: number): ReadonlyArray<Movement> {
    return this.#oracles.get(organization)?.movements ?? []
  }

  /** Tells what a commit was answered with; `null` when nobody heard. */
  decide(commit: Commit, answers: ReadonlyArray<Judged> | null): void {
    if (!this.#fates.has(commit)) this.#fates.set(commit, answers)
    while (this.#next < this.#store.commits.length) {
      const next = this.#store.commits[this.#next]
      const fate = next === undefined ? undefined : this.#fates.get(next)
      if (next === undefined || fate === undefined) return
      this.#next += 1
      this.#judge(next, fate)
    }
  }

  #judge(commit: Commit, answers: ReadonlyArray<Judged> | null): void {
    const { changes } = commit
    for (const movement of changes?.movements ?? []) {
      this.#ledger.push(movement)
      if (movement.at < commit.at - tolerance || movement.at > Math.max(commit.at, this.#latest) + tolerance) {
        throw new Broken(`Movement ${movement.id} says it was made at ${movement.at}, not ${commit.at}`)
      }
      if (this.#ownerOf.get(movement.item) !== movement.organization) throw new Broken("Another's item was moved")
      this.#judgeNote(commit, movement)
    }
    for (const { at } of changes?.movements ?? []) this.#latest = Math.max(this.#latest, at)
    for (const [organization, oracle] of this.#oracles) {
      const mine = answers?.filter(({ request }) => request.command.organization === organization) ?? null
      this.#judgeAnswers(organization, oracle, commit, mine)
      for (const { request, answer } of mine ?? []) this.#keys.judge(request, answer, changes)
      if (changes === null || !changes.items.some((item) => item.organization === organization)) continue
      oracle.judgeHeld()
      oracle.judgeWaiting()
    }
    if (answers === null) for (const record of changes?.records ?? []) this.#keys.lost(record)
    if (changes === null) return
    this.#alerts.judge(changes.events)
    this.#judgeRows(commit)
  }

  /** A command's note is on the movements of one commit: it was not done twice. */
  #judgeNote(commit: Commit, { note, cause }: Movement): void {
    if (note === null || cause === "FillBackorder") return
    const before = this.#notes.get(note)
    if (before !== undefined && before !== commit) throw new Broken(`Command ${note} was done twice`)
    this.#notes.set(note, commit)
  }

  #judgeAnswers(
    organization: number,
    oracle: Oracle,
    { changes, at }: Commit,
    answers: ReadonlyArray<Judged> | null
  ): void {
    const of = <Row extends { readonly organization: number }>(rows: ReadonlyArray<Row> | undefined) =>
      rows?.filter((row) => row.organization === organization) ?? []
    const [movements, holds, documents] = [of(changes?.movements), of(changes?.holds), of(changes?.documents)]
    if (answers === null) {
      oracle.absorb({ movements, holds, documents })
    } else {
      const outcomes = answers.flatMap(({ answer }) =>
        answer._tag === "Success" && !answer.success.replayed ? [answer.success] : []
      )
      const answered = new Set(outcomes.flatMap((outcome) => outcome.movements.map(({ id }) => id)))
      this.#judgeAhead(
        oracle,
        movements.filter(({ id }) => !answered.has(id)),
        holds,
        documents
      )
      for (const outcome of outcomes) judgeStored(outcome, movements)
      for (const { request, answer } of answers) oracle.judge(decode(request.command), answer)
    }
    const touched = new Set(of(changes?.items).map(({ item }) => Number(item)))
    oracle.judgeBatches(at, touched)
    for (const hold of oracle.holds.values()) {
      if ((hold.expiresAt ?? Number.POSITIVE_INFINITY) > at - tolerance) continue
      for (const { item, reserved } of hold.lines) {
        if (touched.has(item) && reserved > 0) throw new Broken(`Hold ${hold.id} is over and still blocks others`)
      }
    }
  }

  /** What expired, or was filled by what expired, ahead of the commands. */
  #judgeAhead(
    oracle: Oracle,
    ahead: ReadonlyArray<Movement>,
    holds: NonNullable<Commit["changes"]>["holds"],
    documents: NonNullable<Commit["changes"]>["documents"]
  ): void {
    const groups = Map.groupBy(ahead, ({ cause, hold, id }) => (cause === "FillBackorder" ? hold : -id))
    for (const [id, movements] of groups) {
      const made = holds.find((hold) => hold.id === id)
      const filled = documents.find(
        (document) => document.kind === "backorder" && document.holds.some((hold) => hold === id)
      )
      if (made !== undefined && filled?.kind === "backorder") {
        oracle.fill(filled, made, movements)
        continue
      }
      for (const movement of movements) {
        if (movement.cause !== "Expire" && !movement.cause.startsWith("Batch")) {
          throw new Broken(`Movement ${movement.id} of ${movement.cause} is of no answer`)
        }
        oracle.expire(movement)
      }
    }
  }

  /** Rows say what the books say, and are not below zero. */
  #judgeRows({ changes }: Commit): void {
    for (const row of changes?.balances ?? []) {
      const oracle = this.#oracles.get(row.organization)
      for (const state of states) same(row[state], oracle?.unitsAt(row, state), `${state} at ${row.location}`)
    }
    for (const row of changes?.items ?? []) {
      const oracle = this.#oracles.get(row.organization)
      for (const state of states) same(row[state], oracle?.units({ item: row.item }, state), `${state} of ${row.item}`)
    }
  }

  /** Judges what is left when everything has come to rest. */
  close(requests: ReadonlyArray<Request>): void {
    if (this.#next !== this.#store.commits.length) throw new Broken("A commit was never answered for")
    const { ledger } = this.#store.inner
    for (const [organization, oracle] of this.#oracles) {
      const stored = this.#store.now(
        ledger.movements({ organization } as Parameters<typeof ledger.movements>[0], { order: "oldest", limit: 1e6 })
      )
      const known = oracle.movements.toSorted((a, b) => a.id - b.id)
      if (JSON.stringify(stored) !== JSON.stringify(known)) throw new Broken("The ledger is not what was committed")
    }
    for (const { id, organization } of this.#store.now(ledger.itemIds(null, 0, 100))) {
      const everything = this.#store.now(ledger.everything(organization, id))
      const [difference] = everything === null ? [] : verifyItem(everything)
      if (difference !== undefined) throw new Broken(`verify: ${JSON.stringify(difference)}`)
    }
    for (const { note, mayBeDone } of requests) {
      if (!mayBeDone && this.#notes.has(note)) throw new Broken(`Command ${note} was refused, and done`)
    }
  }
}

/** What was answered is what was stored. */
const judgeStored = (outcome: Outcome, movements: ReadonlyArray<Movement>): void => {
  for (const movement of outcome.movements) {
    const stored = movements.find(({ id }) => id === movement.id)
    if (stored === undefined || JSON.stringify(stored) !== JSON.stringify(movement)) {
      throw new Broken(`Movement ${movement.id} was acknowledged, and is not in the ledger`)
    }
  }
}

const same = (actual: number, expected: number | undefined, what: string): void => {
  if (actual !== expected) throw new Broken(`Stored ${actual} for ${what}, not ${expected}`)
}
