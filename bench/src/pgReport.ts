import { median, perSecond, table } from "./measure.ts"
import type { Measured } from "./pgLoad.ts"

export interface Results {
  /** Every round of every contestant. */
  readonly results: ReadonlyMap<string, ReadonlyArray<Measured>>
  readonly clients: Readonly<Record<string, number>>
  readonly driver: string
  readonly settings: ReadonlyArray<string>
  readonly seconds: number
  readonly rounds: number
  readonly items: number
}

/** What is promised: the first contestant's figure at least (or, of latencies, at most) `times` the second's. */
interface Goal {
  readonly of: string
  readonly against: string
  readonly times: number
  readonly latency?: true
}

const goals: ReadonlyArray<Goal> = [
  { of: "hot 32", against: "single statement hot", times: 9 },
  { of: "hot 512", against: "single statement hot", times: 25 },
  { of: "hot 512", against: "bulk insert, one client", times: 0.6 },
  { of: "hot 512", against: "bulk insert, two clients", times: 0.6 },
  { of: "hot 32", against: "naive transaction hot", times: 9 },
  { of: "uniform 32", against: "single statement uniform", times: 1.2 },
  { of: "uniform 512", against: "single statement uniform", times: 2 },
  { of: "zipf 32", against: "single statement zipf", times: 1.2 },
  { of: "zipf 512", against: "single statement zipf", times: 2 },
  { of: "one caller", against: "single statement, one client", times: 2.5, latency: true },
  { of: "locked hot 32", against: "single statement hot", times: 5 },
  { of: "1,000 organizations, 1 caller each", against: "one organization, 1,000 callers", times: 0.9 },
  { of: "two processes hot 32 + 32", against: "hot 32", times: 1 },
  { of: "two processes hot 512 + 512", against: "hot 512", times: 1 }
]

/** Prints the figures and what they are to each other. */
export const report = ({ results, clients, driver, settings, seconds, rounds, items }: Results): void => {
  const figure = (name: string, of: (measured: Measured) => number) => median((results.get(name) ?? []).map(of))
  const ms = (name: string) =>
    (["p50", "p95", "p99"] as const).map((part) => figure(name, (measured) => measured[part]).toFixed(2)).join(" / ")
  table(
    `Reservations in Postgres, median of ${rounds} rounds of ${seconds} s, ${items.toLocaleString("en-US")} items, ${settings.join(" ")}`,
    Array.from(results, ([name, measured]) => {
      const failed = measured.reduce((sum, round) => sum + round.failed, 0)
      const errors = failed === 0 ? "" : `, ${failed} failed`
      return [name, `${perSecond(figure(name, (round) => round.rate)).padStart(10)}   ${ms(name)} ms${errors}`]
    })
  )
  const counts = Object.entries(clients).map(([name, count]) => `${name} ${count}`)
  console.log(`By hand: ${driver}; clients: ${counts.join(", ")}`)
  table(
    "Ratios, medians of the rounds'",
    goals.flatMap(({ of, against, times, latency = false }): Array<[string, string]> => {
      const first = results.get(of)
      const second = results.get(against)
      if (first === undefined || second === undefined) return []
      const measure = (round: Measured | undefined) => (latency ? round?.p50 : round?.rate) ?? Number.NaN
      const ratio = median(first.map((round, n) => measure(round) / measure(second[n])))
      const met = latency ? ratio <= times : ratio >= times
      return [
        [
          `${of} : ${against}${latency ? ", p50" : ""}`,
          `${ratio.toFixed(2).padStart(6)}   ${met ? "meets" : "misses"} ${latency ? "≤" : "≥"} ${times}`
        ]
      ]
    })
  )
}
