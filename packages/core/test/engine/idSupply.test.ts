import { assert, describe, it } from "@effect/vitest"
import { IdSupply } from "../../src/engine/IdSupply.ts"

const block = 4096

/** A supply that was given the first block, and what it asks for from then on. */
const stocked = () => {
  const ids = new IdSupply()
  ids.replace({ nextId: block, idLimit: 2 * block })
  let blocks = 2
  /** A batch of so many commands that uses two ids each; `null` when there were too few. */
  const batch = (commands: number, answered: boolean) => {
    const first = ids.first(commands)
    if (first === null) return null
    assert.isTrue(ids.spend(first + 2 * commands, commands))
    const asked = ids.ask(commands)
    if (asked) ids.answered(answered ? { nextId: block * blocks++, idLimit: block * blocks } : null)
    return { first, asked }
  }
  return { ids, batch }
}

describe("the supply of ids", () => {
  it("has none before it is given some", () => {
    assert.isNull(new IdSupply().first(1))
  })

  it("never runs out while what it asks for comes, and gives each id once", () => {
    const { batch } = stocked()
    let last = 0
    let asked = 0
    for (let n = 0; n < 1000; n++) {
      const given = batch(256, true)
      if (given === null) return assert.fail(`Batch ${n} found too few`)
      assert.isAtLeast(given.first, last)
      last = given.first + 512
      if (given.asked) asked += 1
    }
    // At most two fifths of each block are left over.
    assert.isBelow(asked * block, (1000 * 512) / 0.6)
  })

  it("says so when nothing comes, before it gives out what is not its own", () => {
    const { batch } = stocked()
    let batches = 0
    while (batch(256, false) !== null) batches += 1
    assert.isAtLeast(batches, 1)
    assert.isAtMost(batches, block / 512)
  })

  it("asks for a block once, while there is none to go on with", () => {
    const { ids } = stocked()
    assert.isTrue(ids.ask(256))
    assert.isFalse(ids.ask(256))
    ids.answered({ nextId: 2 * block, idLimit: 3 * block })
    assert.isFalse(ids.ask(256))
  })

  it("does not ask for small batches while there is much", () => {
    assert.isFalse(stocked().ids.ask(1))
  })

  it("forgets what it has when others may have given out later ones", () => {
    const { ids } = stocked()
    ids.ask(256)
    ids.answered({ nextId: 2 * block, idLimit: 3 * block })
    ids.replace({ nextId: 9 * block, idLimit: 10 * block })
    assert.strictEqual(ids.first(256), 9 * block)
    ids.spend(10 * block - 1, 256)
    assert.isNull(ids.first(256))
  })

  it("notices a batch that used more than there were", () => {
    const { ids } = stocked()
    assert.strictEqual(ids.first(1), block)
    assert.isFalse(ids.spend(2 * block + 1, 1))
    assert.isNull(ids.first(1))
  })
})
