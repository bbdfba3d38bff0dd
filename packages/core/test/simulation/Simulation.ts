import { Cause, Exit, Option } from "effect"
import type { CommandError } from "../../src/engine/EngineError.ts"
import type { Change } from "../../src/ledger/LedgerDriver.ts"
import { namingMovements } from "../../src/testing/adjustingHistories.ts"
import { Broken } from "../../src/testing/Oracle.ts"
import { Time } from "./Loop.ts"
import { noted } from "./noted.ts"
import { type Answer, type Listener, Process } from "./Process.ts"
import { type Judged, Referee } from "./Referee.ts"
import type { Request } from "./Request.ts"
import type { Action, Script } from "./Script.ts"
import { type Commit, type Operation, refusal, SimulatedStore, type StoreFaults } from "./SimulatedStore.ts"
import { type Land, settle } from "./world.ts"

interface Applied {
  readonly operation: Operation
  readonly exit: ReturnType<Operation["apply"]>["exit"]
  readonly commit: Commit | null
}

/** Plays a script, a referee judging every commit and every answer. */
export class Simulation {
  readonly #script: Script
  readonly #faults: StoreFaults
  readonly #time = new Time()
  readonly #store: SimulatedStore
  readonly #referee: Referee
  readonly lands: ReadonlyArray<Land>
  readonly #processes: Array<Process> = []
  /** The number of each process, which the one that takes its place does not have. */
  readonly #numbers: Array<number> = []
  #born = 0
  readonly #applied: Array<Applied> = []
  readonly #requests: Array<Request> = []
  /** What the batch of each fiber has had done. */
  readonly #done = new Map<number, Array<Commit>>()
  #heard: Array<{ readonly request: Request; readonly answer: Answer }> = []
  /** Commands that clients sent, those sent again included. */
  commands = 0

  /** What the store did, in order. */
  get commits(): ReadonlyArray<Commit> {
    return this.#store.commits
  }

  /** The store it is played on. */
  get store(): SimulatedStore {
    return this.#store
  }

  /** What clients wanted, and what they were told. */
  get requests(): ReadonlyArray<Request> {
    return this.#requests
  }

  constructor(script: Script, faults: StoreFaults, records = false) {
    this.#script = script
    this.#faults = faults
    this.#store = new SimulatedStore(this.#time, script.guarded, faults, records)
    this.lands = settle(this.#store)
    this.#referee = new Referee(this.#store, this.lands)
    for (let at = 0; at < script.processes; at++) this.#start(at)
  }

  /** Plays it to its end, and until everything has come to rest. Throws what is broken. */
  run(): void {
    for (const action of this.#script.actions) this.#play(action)
    this.#drain()
    this.#catchUp()
    if (this.#missed !== null) throw this.#missed
    this.#referee.close(this.#requests)
  }

  #start(at: number): void {
    const number = this.#born++
    this.#numbers[at] = number
    const listen: Listener = (command, { idempotencyKey }) => {
      const key = idempotencyKey ?? null
      const known = this.#asking
      this.#asking = null
      const request = known ?? { command, key, note: "", asked: number, outcome: null, settled: false, mayBeDone: true }
      return (answer) => this.#heard.push({ request, answer })
    }
    const subscriber = (changes: ReadonlyArray<Change>) => {
      try {
        this.#store.feed.deliver(changes)
      } catch (cause) {
        this.#missed ??= cause
      }
    }
    this.#processes[at] = new Process(number, this.#script, this.#time, this.#store, listen, subscriber)
  }

  /** What is wrong with what the subscriber was given. */
  #missed: unknown = null
  #asking: Request | null = null

  #play(action: Action): void {
    switch (action.do) {
      case "send": {
        const { organization } = action.command
        const ids = this.#referee.movementsOf(organization).map(({ id }) => id)
        const note = `#${this.#requests.length}`
        const command = noted(namingMovements(action.command, ids), note)
        const request = { command, key: action.key, note, asked: null, outcome: null, settled: false, mayBeDone: false }
        this.#requests.push(request)
        return this.#ask(request, action.to)
      }
      case "again": {
        const request = at(
          this.#requests.filter(({ key }) => key !== null),
          action.pick
        )
        return request === undefined ? undefined : this.#ask(request, action.to)
      }
      case "tick":
        return this.#pass(action.ms)
      case "jump":
        this.#store.clock.ahead += action.ms
        return
      case "drift": {
        const process = at(this.#processes, action.process)
        if (process !== undefined) process.clock.ahead += action.ms
        return
      }
      case "answer": {
        const applied = at(this.#applied, action.pick)
        return applied === undefined ? undefined : this.#answer(applied)
      }
      case "kill":
        return this.#kill(action.process % this.#processes.length, action.steps, action.commits)
      default: {
        const operation = at(this.#store.waiting, action.pick)
        if (operation !== undefined) this.#operate(operation, action)
      }
    }
  }

  #operate(operation: Operation, action: Extract<Action, { do: string; pick: number }>): void {
    this.#store.waiting.splice(this.#store.waiting.indexOf(operation), 1)
    const deliver = (exit: Applied["exit"]) => this.#answer({ operation, exit, commit: null })
    const nobodyKnows = operation.kind === "read" || this.#faults.deniesLost === true ? "unavailable" : "unknown"
    switch (action.do) {
      case "fail":
        return deliver(refusal(action.reason))
      case "vanish":
        return deliver(refusal(nobodyKnows))
      case "orphan":
        // A transaction ends with its connection; a single statement may still be on its way.
        if (operation.kind === "guarded") this.#store.waiting.push({ ...operation, process: -1 })
        return deliver(refusal(nobodyKnows))
      case "lose": {
        this.#lose(operation.apply().commit)
        return deliver(refusal(nobodyKnows))
      }
      default: {
        const applied = { operation, ...operation.apply() }
        if (Exit.isFailure(applied.exit) && Cause.hasDies(applied.exit.cause)) throw Cause.squash(applied.exit.cause)
        if (this.#processOf(operation) === undefined) this.#lose(applied.commit)
        else this.#applied.push(applied)
        if (action.do === "serve" && this.#applied.includes(applied)) this.#answer(applied)
      }
    }
  }

  #lose(commit: Commit | null): void {
    if (commit !== null) this.#referee.decide(commit, null)
  }

  #processOf(operation: Operation): Process | undefined {
    return this.#processes[this.#numbers.indexOf(operation.process)]
  }

  #answer(applied: Applied, steps?: number): void {
    const { operation, exit, commit } = applied
    const index = this.#applied.indexOf(applied)
    if (index >= 0) this.#applied.splice(index, 1)
    if (commit !== null) {
      const done = this.#done.get(operation.fiber) ?? []
      this.#done.set(operation.fiber, [...done, commit])
    }
    operation.answer(exit)
    this.#processOf(operation)?.loop.settle(steps)
    this.#assign(operation.fiber)
  }

  /**
   * Answers that come when the store's answer was handed over are those of the batch that waited for it. If the batch
   * was tried command by command, each that was decided is of one commit.
   */
  #assign(fiber: number): void {
    const heard = this.#take()
    const judged = heard.flatMap(({ request, answer }) => judgedOf(request, answer))
    const done = this.#done.get(fiber) ?? []
    if (heard.length === 0) return
    this.#done.delete(fiber)
    if (done.length === 0 && judged.length > 0) throw new Broken("An answer before the store had done anything")
    if (done.length > 1 && judged.length !== done.length) throw new Broken("More was done than was answered")
    for (const [index, commit] of done.entries()) {
      this.#referee.decide(commit, done.length === 1 ? judged : judged.slice(index, index + 1))
    }
  }

  /** What was answered since, each noted with its request. */
  #take(): ReadonlyArray<{ readonly request: Request; readonly answer: Answer }> {
    const heard = this.#heard
    this.#heard = []
    for (const { request, answer } of heard) {
      request.asked = null
      if (Exit.isSuccess(answer)) {
        request.outcome = answer.value
        request.settled = true
        request.mayBeDone = true
      } else {
        const failure = Option.getOrUndefined(Cause.findErrorOption(answer.cause))
        if (failure === undefined) throw new Broken(`A command died: ${Cause.pretty(answer.cause)}`)
        if (failure._tag === "StoreError" && failure.reason === "unknown") request.mayBeDone = true
        if (!isUndone(failure)) request.settled = true
      }
    }
    return heard
  }

  #ask(request: Request, to: number): void {
    const process = at(this.#processes, to)
    if (process === undefined || request.asked !== null) return
    this.commands += 1
    request.asked = this.#numbers[to % this.#processes.length] ?? null
    this.#asking = request
    process.ask(request.command, request.key === null ? {} : { idempotencyKey: request.key })
    process.loop.settle()
    this.#heedNothing()
  }

  #pass(millis: number): void {
    this.#time.advance(millis)
    this.#heedNothing()
  }

  /** Nothing was done, so nothing may be answered but that. */
  #heedNothing(): void {
    for (const { request, answer } of this.#take()) {
      if (judgedOf(request, answer).length > 0) throw new Broken("An answer before the store had done anything")
    }
  }

  #kill(index: number, steps: number, commits: boolean): void {
    const [process, number] = [this.#processes[index], this.#numbers[index]]
    if (process === undefined || number === undefined) return
    const last = this.#applied.find(({ operation }) => operation.process === number)
    if (last !== undefined) this.#answer(last, steps)
    process.loop.kill()
    for (const applied of this.#applied.filter(({ operation }) => operation.process === number)) {
      this.#applied.splice(this.#applied.indexOf(applied), 1)
      this.#lose(applied.commit)
    }
    for (const operation of this.#store.waiting.filter((each) => each.process === number)) {
      this.#store.waiting.splice(this.#store.waiting.indexOf(operation), 1)
      if (!commits || operation.kind === "read") continue
      if (operation.kind === "transact") this.#lose(operation.apply().commit)
      else this.#store.waiting.push({ ...operation, process: -1 })
    }
    for (const done of this.#done.values()) {
      for (const commit of done) if (commit.process === number) this.#lose(commit)
    }
    for (const request of this.#requests) {
      if (request.asked !== number) continue
      request.asked = null
      request.mayBeDone = true
    }
    this.#start(index)
  }

  /** Lets the subscriber come to the end of the feed, from a worker that died if need be: its turn ends some time. */
  #catchUp(): void {
    for (let round = 0; this.#store.feed.hasMore; round++) {
      if (this.#missed !== null) throw this.#missed
      if (round === 40) throw new Broken("A subscriber never comes to the end")
      if (round === 2) this.#store.clock.ahead += 15_000
      this.#pass(510)
      this.#drain()
    }
  }

  /** Serves what waits until all is answered, and has clients with a key ask until they know. */
  #drain(): void {
    for (let round = 0; round < 20_000; round++) {
      const [applied] = this.#applied
      const [operation] = this.#store.waiting
      if (applied !== undefined) this.#answer(applied)
      else if (operation !== undefined) this.#operate(operation, { do: "serve", pick: 0 })
      else if (this.#requests.some(({ asked }) => asked !== null)) this.#pass(5)
      else {
        const open = this.#requests.find(({ key, settled }) => key !== null && !settled)
        if (open === undefined) return
        this.#ask(open, 0)
      }
    }
    throw new Broken("Commands are never answered")
  }
}

const at = <A>(list: ReadonlyArray<A>, pick: number): A | undefined => list[pick % Math.max(list.length, 1)]

const isUndone = (
  failure: CommandError
): failure is Extract<CommandError, { readonly _tag: "StoreError" | "Overloaded" | "EngineClosed" }> =>
  failure._tag === "StoreError" || failure._tag === "Overloaded" || failure._tag === "EngineClosed"

const judgedOf = (request: Request, answer: Answer): ReadonlyArray<Judged> => {
  if (Exit.isSuccess(answer)) return [{ request, answer: { _tag: "Success", success: answer.value } }]
  const failure = Option.getOrUndefined(Cause.findErrorOption(answer.cause))
  return failure === undefined || isUndone(failure) ? [] : [{ request, answer: { _tag: "Failure", failure } }]
}
