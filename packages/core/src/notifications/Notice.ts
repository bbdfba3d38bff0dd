import { Schema, SchemaTransformation } from "effect"
import { textOf } from "../catalog/Text.ts"
import { EmailAddress } from "./EmailAddress.ts"

/** What a notice is about, such as `outgoing_order_placed`: 1–50 small letters, digits and underscores. */
const NoticeKind = Schema.String.check(
  Schema.makeFilter((kind: string) => /^[a-z][a-z0-9_]{0,49}$/.test(kind) || "Expected a name like order_placed")
)

const Fields = Schema.Record(
  textOf(1, 50),
  Schema.Union([textOf(0, 2000), Schema.Finite, Schema.Boolean, Schema.Null])
).check(Schema.makeFilter((fields) => Object.keys(fields).length <= 50 || "Expected at most 50 fields"))

/** What a notice tells: up to 50 named values, which its template puts into words. In the order of their names. */
const NoticeData = Fields.pipe(
  Schema.decodeTo(
    Schema.toType(Fields),
    // One order whoever writes them, so that equal requests have equal fingerprints.
    SchemaTransformation.transform({
      decode: (fields) => Object.fromEntries(Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1))),
      encode: (fields) => fields
    })
  )
)
export type NoticeData = typeof NoticeData.Type

/** The fields of a notice, as a command has them. */
export const noticeFields = {
  kind: NoticeKind,
  /** The e-mail address it is for; a notice without one is mailed to nobody, and subscribers see it all the same. */
  to: Schema.optionalKey(Schema.NullOr(EmailAddress)),
  /** What it is about in the words of whoever raises it, such as an order's number. */
  reference: Schema.optionalKey(Schema.NullOr(textOf(1, 200))),
  data: Schema.optionalKey(NoticeData)
}
