import type { OrganizationId } from "@stockbook/core"
import { expect, it } from "vitest"
import { KnownNames, type Named } from "../src/apis/three-level-inventory/KnownNames.ts"

const [organization, other] = [1 as OrganizationId, 2 as OrganizationId]
const whole = { variation: undefined, batch: undefined }
const called = (name: string): Named => ({ item: { name, active: true }, variation: null, batch: null })

/** Names over an engine that remembers what it is told to. */
const knownNames = () => {
  const engine = { now: {} as object | null, remembered: () => engine.now }
  const names = new KnownNames(engine)
  return { engine, before: (of = organization, parts: object = whole) => names.before(of, 7, { ...whole, ...parts }) }
}

it("keeps names for as long as what the engine remembers stands", () => {
  const { engine, before } = knownNames()
  before().keep(called("Hat"))
  expect(before().names).toEqual(called("Hat"))
  expect(before().stood()).toBe(true)
  const late = before()
  engine.now = {}
  expect([late.names, late.stood(), before().names]).toEqual([called("Hat"), false, null])
})

it("keeps nothing that was read before the item changed, or while nothing was remembered of it", () => {
  const { engine, before } = knownNames()
  const early = before()
  engine.now = {}
  early.keep(called("Hat"))
  expect(before().names).toBeNull()
  engine.now = null
  const never = before()
  never.keep(called("Hat"))
  expect([before().names, never.stood()]).toEqual([null, false])
})

it("keeps them apart by organization, variation and batch", () => {
  const { before } = knownNames()
  before().keep(called("Hat"))
  before(organization, { variation: 1 }).keep(called("Red hat"))
  before(organization, { batch: 1 }).keep(called("First hat"))
  expect(before(other).names).toBeNull()
  expect(before(organization, { variation: 1 }).names).toEqual(called("Red hat"))
  expect(before(organization, { batch: 1 }).names).toEqual(called("First hat"))
  expect(before(organization, { variation: 1, batch: 1 }).names).toBeNull()
})
