import { attemptOf, type Mood, operationsOf } from "./attempts.ts"
import { Chance } from "./Chance.ts"
import { wrongWith } from "./judge.ts"
import { Pool } from "./Pool.ts"
import { found } from "./people.ts"
import { type Received, sender } from "./sending.ts"
import type { Memory, Service } from "./service.ts"
import { play, scenes } from "./wire.ts"

export interface Campaign {
  readonly seed: number
  readonly requests: number
  /** How many at once. */
  readonly callers?: number
  /** Told of now and then. */
  readonly progress?: (done: number) => void
}

export interface Report {
  readonly requests: number
  readonly seconds: number
  /** Answers by their status; 0 where the connection was closed before there was one. */
  readonly statuses: Readonly<Record<string, number>>
  /** How many conversations of another kind than a request and its answer there were. */
  readonly scenes: number
  /** What was wrong, each with the request it was wrong of, so many at most. */
  readonly wrong: ReadonlyArray<string>
  readonly faults: ReadonlyArray<string>
  /** After a tenth of all requests, and after all. */
  readonly memory: { readonly early: Memory; readonly late: Memory }
  /** Whether what belongs to somebody else is as it was. */
  readonly bystanderUnchanged: boolean
  readonly healthy: boolean
}

/** How many wrong answers are kept. */
const MOST = 50

/** How many requests of a hundred are another thing than HTTP as it should be, and how many of those that take long. */
const SCENES = 0.008
const SLOW = 0.004

/** Sends so many requests to a service that nobody uses yet, and judges every answer. */
export const campaign = async (
  service: Service,
  { seed, requests, callers = 12, progress = () => {} }: Campaign
): Promise<Report> => {
  const { origin } = service
  const { send, close } = sender(origin, callers)
  const { players, bystander } = await found(send)
  const document: unknown = JSON.parse((await read(send, "/openapi.json")).text)
  const operations = operationsOf(document)
  const quick = operations.filter((operation) => !operation.slow)
  const slow = operations.filter((operation) => operation.slow)
  const before = await bystander.all()
  const pool = new Pool()
  const statuses: Record<string, number> = {}
  const wrong: Array<string> = []
  const complain = (what: string, of: string) => wrong.length < MOST && wrong.push(`${what}\n  of ${of}`)
  let played = 0

  const one = async (n: number): Promise<void> => {
    const chance = new Chance(seed * 7919 + n)
    if (chance.happens(SCENES)) {
      played += 1
      const scene = chance.pick(scenes(chance, players.users[0]))
      const answers = await play(origin, scene)
      if (answers.some((status) => status >= 500 && status !== 505))
        complain(`answered ${answers}`, `${seed}/${n} ${scene.name}`)
      if (scene.answers !== undefined && answers.length !== scene.answers) {
        complain(`${answers.length} answers in place of ${scene.answers}`, `${seed}/${n} ${scene.name}`)
      }
      return
    }
    const operation = chance.any(chance.happens(SLOW) ? slow : quick)
    if (operation === undefined) throw new Error("There are no operations")
    const mood: Mood = chance.happens(0.45) ? "valid" : chance.happens(0.7) ? "nearly" : "wild"
    const attempt = attemptOf(operation, mood, chance, pool, players)
    const answer = await send(attempt)
    const status = answer?.status ?? 0
    statuses[status] = (statuses[status] ?? 0) + 1
    if (answer === null) return
    const json = parsed(answer.text)
    pool.learn(operation.path, status, json)
    const fault = wrongWith(attempt, answer, json)
    if (fault !== null) {
      const sent = attempt.body === null ? "" : ` ${attempt.body.toString("latin1").slice(0, 400)}`
      complain(
        fault,
        `${seed}/${n} ${mood} ${attempt.method} ${attempt.url.slice(0, 300)} ${JSON.stringify(attempt.headers.slice(1)).slice(0, 300)}${sent}`
      )
    }
  }

  let next = 0
  const until = async (end: number) => {
    await Promise.all(
      Array.from({ length: callers }, async () => {
        while (next < end) {
          next += 1
          if (next % 10_000 === 0) progress(next)
          await one(next)
        }
      })
    )
  }
  const started = performance.now()
  await until(Math.ceil(requests / 10))
  const early = await service.memory()
  await until(requests)
  const seconds = (performance.now() - started) / 1000
  const late = await service.memory()
  const bystanderUnchanged = (await bystander.all()) === before
  const healthy = (await read(send, "/ready")).status === 200 && (await bystander.works())
  close()
  return {
    ...{ requests, seconds, statuses, scenes: played, wrong, faults: service.faults },
    ...{ memory: { early, late }, bystanderUnchanged, healthy }
  }
}

const read = async (send: ReturnType<typeof sender>["send"], url: string): Promise<Received> => {
  const answer = await send({ method: "GET", url, headers: [], body: null })
  if (answer === null) throw new Error(`No answer to GET ${url}`)
  return answer
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
