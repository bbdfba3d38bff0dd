/** The ids of rows in the order of their keys, and of the ids where those are the same: the n-th of each belong together. */
export const inOrder = (ids: Float64Array, keys: Float64Array): Float64Array => {
  const compare = (a: number, b: number) => keyAt(keys, a) - keyAt(keys, b) || keyAt(ids, a) - keyAt(ids, b)
  const rows = Uint32Array.from(ids, (_, row) => row)
  const isInOrder = rows.every((row) => row === 0 || compare(row - 1, row) < 0)
  return isInOrder ? ids : Float64Array.from(rows.sort(compare), (row) => keyAt(ids, row))
}

const keyAt = (numbers: Float64Array, row: number): number => numbers[row] ?? Number.NaN
