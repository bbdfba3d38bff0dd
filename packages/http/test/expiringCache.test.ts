import { expect, it } from "vitest"
import { ExpiringCache } from "../src/identity/ExpiringCache.ts"

it("forgets an entry when its time has come", () => {
  const cache = new ExpiringCache<number>(2)
  cache.set("a", 1, 100)
  expect(cache.get("a", 99)).toBe(1)
  expect(cache.get("a", 100)).toBeUndefined()
  expect(cache.size).toBe(0)
})

it("forgets the least recently used entry when full", () => {
  const cache = new ExpiringCache<number>(2)
  cache.set("a", 1, 100)
  cache.set("b", 2, 100)
  cache.get("a", 0)
  cache.set("c", 3, 100)
  expect([cache.get("a", 0), cache.get("b", 0), cache.get("c", 0)]).toEqual([1, undefined, 3])
})
