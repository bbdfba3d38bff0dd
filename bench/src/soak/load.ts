import { setTimeout as sleep } from "node:timers/promises"
import type { Answer, Api, Call } from "./Api.ts"

/** One request as it went. */
export interface Sample {
  /** When it was to be sent, milliseconds since the load began. */
  readonly at: number
  /** From when it was to be sent until its answer was there, milliseconds. */
  readonly millis: number
  readonly call: Call
  readonly answer: Answer
}

const judged = async (api: Api, call: Call, started: number, at: number): Promise<Sample> => {
  const answer = await api.send(call)
  if (answer.status >= 200 && answer.status < 300) call.done?.(answer.text === "" ? {} : JSON.parse(answer.text))
  return { at, millis: performance.now() - started - at, call, answer }
}

/** As much as so many clients get done who each wait for an answer before they ask again: answers per second. */
export const closedLoop = async (api: Api, next: () => Call, clients: number, seconds: number): Promise<number> => {
  const started = performance.now()
  const until = started + seconds * 1000
  let answered = 0
  const client = async () => {
    while (performance.now() < until) {
      const { answer, call } = await judged(api, next(), started, performance.now() - started)
      if (answer.status < 200 || answer.status > 299) {
        throw new Error(`${call.method} ${call.path} answered ${answer.status}: ${answer.text}`)
      }
      answered += 1
    }
  }
  await Promise.all(Array.from({ length: clients }, client))
  return answered / ((performance.now() - started) / 1000)
}

/**
 * Sends at a fixed rate, whatever becomes of those before, and counts from when each was to be sent: a service that
 * stalls does not hold the load up, and no wait is left out.
 */
export const openLoop = async (
  api: Api,
  next: () => Call,
  { rate, seconds }: { readonly rate: number; readonly seconds: number },
  each: (sample: Sample) => void
): Promise<void> => {
  const started = performance.now()
  const under = new Set<Promise<void>>()
  const all = Math.round(rate * seconds)
  for (let sent = 0; sent < all; ) {
    const due = Math.min(all, Math.floor(((performance.now() - started) / 1000) * rate) + 1)
    for (; sent < due; sent++) {
      const one = judged(api, next(), started, (sent * 1000) / rate).then((sample) => {
        under.delete(one)
        each(sample)
      })
      under.add(one)
    }
    await sleep(1)
  }
  await Promise.all(under)
}
