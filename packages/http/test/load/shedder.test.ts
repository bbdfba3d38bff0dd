import { describe, expect, it } from "vitest"
import { checkedLimits, InvalidLoadLimit, type LoadLimits } from "../../src/load/LoadLimits.ts"
import { Pace } from "../../src/load/Pace.ts"
import { Shedder } from "../../src/load/Shedder.ts"

interface Seen {
  readonly at: number
  /** How long it waited, or `null` when it was turned away. */
  readonly waited: number | null
}

/** A server that answers one request per millisecond, first come first served, and what comes in each millisecond. */
const simulate = (limits: LoadLimits, millis: number, arriving: (at: number) => number) => {
  const shedder = new Shedder(limits)
  const queue: Array<number> = []
  const seen: Array<Seen> = []
  let due = 0
  for (let at = 0; at < millis; at++) {
    const came = queue.shift()
    if (came !== undefined) {
      shedder.finished(at)
      seen.push({ at, waited: at - came })
    }
    for (due += arriving(at); due >= 1; due--) {
      if (shedder.admit(at)) queue.push(at)
      else seen.push({ at, waited: null })
    }
  }
  const between = (from: number, to: number) => seen.filter(({ at }) => at >= from && at < to)
  const shed = (from: number, to: number) => between(from, to).filter(({ waited }) => waited === null).length
  const longest = (from: number, to: number) => Math.max(...between(from, to).map(({ waited }) => waited ?? 0))
  const answered = (from: number, to: number) => between(from, to).filter(({ waited }) => waited !== null).length
  return { shedder, shed, longest, answered }
}

describe("a server that answers 1,000 requests a second", () => {
  it("turns none away at nine tenths of that", () => {
    expect(simulate({}, 20_000, () => 0.9).shed(0, 20_000)).toBe(0)
  })

  it("serves a burst that is gone within its patience, whole", () => {
    const { shed, longest } = simulate({}, 5000, (at) => (at === 100 ? 1300 : 0.1))
    expect(shed(0, 5000)).toBe(0)
    expect(longest(0, 5000)).toBeGreaterThan(1200)
  })

  it("turns away what is too much, and those it takes in wait a fifth of the most", () => {
    const { shed, longest, answered } = simulate({}, 20_000, () => 2)
    expect(shed(0, 1000)).toBe(0)
    expect(longest(4000, 20_000)).toBeLessThanOrEqual(101)
    // It is busy all the time, and turns away as much as it must.
    expect(answered(4000, 20_000)).toBe(16_000)
    expect(shed(4000, 20_000)).toBeGreaterThan(15_900)
  })

  it("turns none away once it is less again", () => {
    const { shed, longest, shedder } = simulate({}, 20_000, (at) => (at < 10_000 ? 2 : 0.6))
    expect(shed(10_200, 20_000)).toBe(0)
    expect(longest(10_300, 20_000)).toBeLessThan(10)
    expect(shedder.figures).toMatchObject({ shedding: false })
  })

  it("goes by the limits it is given", () => {
    const limits = { maxWaitMillis: 100, patienceMillis: 200, minInFlight: 5 }
    const { shed, longest } = simulate(limits, 10_000, () => 2)
    expect(shed(0, 200)).toBe(0)
    expect(shed(400, 1000)).toBeGreaterThan(0)
    expect(longest(2000, 10_000)).toBeLessThanOrEqual(22)
  })
})

it("never turns any away while few are under way, however long they take", () => {
  const shedder = new Shedder({ minInFlight: 3 })
  for (const at of [0, 10, 60_000]) expect(shedder.admit(at)).toBe(true)
  expect(shedder.admit(60_001)).toBe(true)
  expect(shedder.admit(62_000)).toBe(false)
  expect(shedder.figures).toEqual({ inFlight: 4, shedding: true, shed: 1 })
})

it("takes in no more than it may at all, even of a burst", () => {
  const shedder = new Shedder({ maxInFlight: 10 })
  expect(Array.from({ length: 12 }, () => shedder.admit(0)).filter(Boolean)).toHaveLength(10)
  shedder.finished(1)
  expect(shedder.admit(1)).toBe(true)
})

it.each<[keyof LoadLimits, LoadLimits]>([
  ["maxInFlight", { maxInFlight: 0 }],
  ["minInFlight", { minInFlight: 1.5 }],
  ["minInFlight", { minInFlight: 11, maxInFlight: 10 }],
  ["maxWaitMillis", { maxWaitMillis: Number.NaN }],
  ["patienceMillis", { patienceMillis: -1 }]
])("refuses a %s that cannot work", (setting, limits) => {
  expect(() => checkedLimits(limits)).toThrow(InvalidLoadLimit)
  expect(() => checkedLimits(limits)).toThrow(`load.${setting} `)
})

it("counts what was finished in its window, and forgets what was before", () => {
  const pace = new Pace(1000)
  for (let at = 0; at < 500; at++) pace.count(at)
  expect(pace.at(500)).toBe(0.5)
  expect(pace.at(999)).toBe(0.5)
  expect(pace.at(1200)).toBe(0.2)
  expect(pace.at(1500)).toBe(0)
  pace.count(90_000)
  expect(pace.at(90_001)).toBe(0.001)
})
