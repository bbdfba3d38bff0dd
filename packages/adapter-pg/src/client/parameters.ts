import * as PgTypes from "@effect/sql-pg/PgTypes"
import { Result } from "effect"

/** Stands for NULL among the numbers of `store_changes`: no safe integer, and so no number of the store's. */
export const noNumber = -(2 ** 53)

const two32 = 2 ** 32

const high = (value: number): number => Math.floor(value / two32)

const isNumber = (value: number): boolean => Number.isSafeInteger(value) || value === noNumber

const wrong = (value: unknown) =>
  Result.fail(new PgTypes.CodecError({ message: `${String(value)} is no safe integer` }))

/** That of the last bytes read: many numbers come in one buffer. */
let view: DataView = new DataView(new ArrayBuffer(0))

const numberAt = (bytes: Uint8Array, offset: number): number => {
  if (view.buffer !== bytes.buffer) view = new DataView(bytes.buffer)
  const at = bytes.byteOffset + offset
  return view.getInt32(at) * two32 + view.getUint32(at + 4)
}

const read = (bytes: Uint8Array, offset: number): Result.Result<number, PgTypes.CodecError> => {
  const value = numberAt(bytes, offset)
  return Number.isSafeInteger(value) ? Result.succeed(value) : wrong(value)
}

/**
 * Codecs that read and write `bigint` columns as numbers. The store holds safe integers only; one beyond ±(2^53 − 1)
 * is an error rather than a rounded number.
 */
export const codecs: PgTypes.Registry = PgTypes.makeRegistry()

codecs.register<number | bigint>(
  PgTypes.OID.int8,
  {
    encode: (given) => {
      // The driver hands over what it takes for a bigint as one.
      const value = Number(given)
      if (!isNumber(value)) return wrong(given)
      const bytes = new DataView(new ArrayBuffer(8))
      bytes.setInt32(0, high(value))
      bytes.setUint32(4, value - high(value) * two32)
      return Result.succeed(new Uint8Array(bytes.buffer))
    },
    decode: (bytes) => read(bytes, 0),
    write: (sink, given) => {
      const value = Number(given)
      if (!isNumber(value)) return wrong(given)
      sink.int32(high(value))
      sink.int32(value - high(value) * two32)
      return Result.void
    },
    read
  },
  { arrayOid: PgTypes.OID.int8Array }
)

/** https://github.com/postgres/postgres/blob/master/src/include/catalog/pg_type.dat */
const xid8 = 5069

// The number of a transaction, in digits: read only.
codecs.register<string>(xid8, {
  encode: wrong,
  decode: (bytes) => Result.succeed(String(new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0)))
})

const parameter = (oid: number, value: unknown): PgTypes.Parameter => ({
  [PgTypes.ParameterTypeId]: PgTypes.ParameterTypeId,
  oid,
  value
})

/** A parameter of type `bigint[]`, whatever is in it: a driver's guess by its values would make another statement of it. */
export const bigints = (values: ReadonlyArray<number | null>): PgTypes.Parameter =>
  parameter(PgTypes.OID.int8Array, values)

/** A parameter of type `bigint`. */
export const bigint = (value: number): PgTypes.Parameter => parameter(PgTypes.OID.int8, value)

/** A parameter of type `text[]`. */
export const texts = (values: ReadonlyArray<string | null>): PgTypes.Parameter =>
  parameter(PgTypes.OID.textArray, values)

/** The numbers in a `bigint[]` without NULLs, of one dimension, as `array_send` has it. */
export const numbersIn = (bytes: Uint8Array): Float64Array => {
  const numbers = new Float64Array(new DataView(bytes.buffer, bytes.byteOffset).getInt32(12))
  for (let n = 0; n < numbers.length; n++) numbers[n] = numberAt(bytes, 24 + n * 12)
  return numbers
}
