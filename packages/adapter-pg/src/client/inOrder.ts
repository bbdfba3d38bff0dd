/**
 * The ids of rows in the order of their keys, and of the ids where those are the same: the n-th of each belong together.
 *
 * Rows lie about in order, and the workers that share a search each find theirs in the order they lie. So what is in
 * order already stays together, and only such runs are merged.
 */
export const inOrder = (ids: Float64Array, keys: Float64Array): Float64Array => {
  let [rows, ends] = runsOf(ids, keys)
  if (ends.length === 1) return ids
  while (ends.length > 1) [rows, ends] = merged(rows, ends, ids, keys)
  const sorted = new Float64Array(rows.length)
  for (let n = 0; n < rows.length; n++) sorted[n] = at(ids, at(rows, n))
  return sorted
}

type Runs = readonly [rows: Uint32Array, ends: ReadonlyArray<number>]

const runsOf = (ids: Float64Array, keys: Float64Array): Runs => {
  const rows = new Uint32Array(ids.length)
  const ends: Array<number> = []
  for (let n = 0; n < rows.length; n++) {
    rows[n] = n
    if (n > 0 && isBefore(n, n - 1, ids, keys)) ends.push(n)
  }
  return [rows, [...ends, rows.length]]
}

/** Every two neighbours made one. */
const merged = (rows: Uint32Array, ends: ReadonlyArray<number>, ids: Float64Array, keys: Float64Array): Runs => {
  const into = new Uint32Array(rows.length)
  const made: Array<number> = []
  let n = 0
  for (let run = 0; run < ends.length; run += 2) {
    let left = n
    const middle = ends[run] ?? n
    let right = middle
    const end = ends[run + 1] ?? middle
    while (n < end || n < middle) {
      const fromRight = right < end && (left >= middle || isBefore(at(rows, right), at(rows, left), ids, keys))
      into[n++] = fromRight ? at(rows, right++) : at(rows, left++)
    }
    made.push(n)
  }
  return [into, made]
}

const isBefore = (one: number, other: number, ids: Float64Array, keys: Float64Array): boolean => {
  const key = at(keys, one)
  const otherKey = at(keys, other)
  return key < otherKey || (key === otherKey && at(ids, one) < at(ids, other))
}

const at = (numbers: Float64Array | Uint32Array, n: number): number => numbers[n] ?? Number.NaN
