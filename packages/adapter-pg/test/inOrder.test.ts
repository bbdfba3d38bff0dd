import { assert, describe, it } from "@effect/vitest"
import { inOrder } from "../src/client/inOrder.ts"
import { numbersIn } from "../src/client/parameters.ts"
import { randomOf } from "./support/random.ts"

const numbers = (...values: ReadonlyArray<number>) => Float64Array.from(values)

describe("ids in order", () => {
  it("are those of rows that lie so already", () => {
    const ids = numbers(3, 5, 9)
    assert.strictEqual(inOrder(ids, numbers(1, 1, 2)), ids)
    assert.strictEqual(inOrder(ids, ids), ids)
    assert.strictEqual(inOrder(numbers(), numbers()).length, 0)
  })

  it("go by the key, and by the id where keys are the same", () => {
    assert.deepStrictEqual(inOrder(numbers(9, 5, 3, 4), numbers(7, 7, 2 ** 53 - 1, 6)), numbers(4, 5, 9, 3))
    assert.deepStrictEqual(inOrder(numbers(5, 3), numbers(1, 1)), numbers(3, 5))
  })

  it("are the same however the rows lie", () => {
    const random = randomOf(7)
    for (let round = 0; round < 200; round++) {
      const rows = Array.from({ length: Math.floor(random() * 40) }, (_, id) => ({ id, key: Math.floor(random() * 9) }))
      const shuffled = rows.map((row) => ({ row, by: random() })).toSorted((a, b) => a.by - b.by)
      const ids = shuffled.map(({ row }) => row.id)
      const keys = shuffled.map(({ row }) => row.key)
      const expected = rows.toSorted((a, b) => a.key - b.key || a.id - b.id).map(({ id }) => id)
      assert.deepStrictEqual(Array.from(inOrder(numbers(...ids), numbers(...keys))), expected)
    }
  })
})

describe("numbers of an array as bytes", () => {
  it("are read wherever the bytes lie", () => {
    const bytes = new Uint8Array(3 + 20 + 2 * 12)
    const view = new DataView(bytes.buffer, 3)
    view.setInt32(12, 2)
    view.setBigInt64(24, -7n)
    view.setBigInt64(36, 2n ** 53n - 1n)
    assert.deepStrictEqual(numbersIn(bytes.subarray(3)), numbers(-7, 2 ** 53 - 1))
  })
})
