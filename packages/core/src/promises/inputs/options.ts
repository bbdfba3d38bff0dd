import { Schema } from "effect"
import { ItemId } from "../../catalog/Item.ts"
import { StorableText } from "../../catalog/Text.ts"
import { validator } from "../../engine/validate.ts"
import type { ChangesOptions, SubscribeOptions } from "../Changes.ts"
import type { OpenOptions } from "../Opened.ts"
import type { CallOptions, CommandOptions, ItemOptions, UpdateOptions, WriteOptions } from "../options.ts"
import { type FieldsOf, flag, Positive, positive, whole } from "./parts.ts"

/** Told by what it does: a page, a test environment or a polyfill has a class of its own. */
const isSignal = (value: unknown): value is AbortSignal =>
  typeof value === "object" && value !== null && "aborted" in value && "addEventListener" in value

const call = { signal: Schema.optional(Schema.declare(isSignal, { expected: "an AbortSignal" })) }
const write = { ...call, idempotencyKey: Schema.optional(Schema.String) }
const command = {
  ...write,
  unchanged: Schema.optional(Schema.Struct({ item: ItemId, version: Schema.Int }))
}
const update = { ...write, ifUpdatedAt: whole }
const item = { ...update, uniqueName: flag }
const newItem = { ...write, uniqueName: flag }
/** Where a feed is gone on with, as stores write it. */
const Cursor = StorableText.check(Schema.isPattern(/^(\d{1,20}(:\d{1,20}){0,2})?$/, { expected: "a change's cursor" }))
const changes = { ...call, after: Schema.optional(Cursor) }
const subscribe = { ...call, only: Schema.optional(Schema.Literal("events")), startNow: flag }
/** What every store may be opened with. */
export const open = {
  batchSize: positive,
  capacity: positive,
  sweepEvery: Schema.optional(Schema.NullOr(Positive)),
  retention: Schema.optional(Schema.NullOr(Schema.Struct({ keys: positive, events: positive })))
}

call satisfies FieldsOf<CallOptions>
write satisfies FieldsOf<WriteOptions>
command satisfies FieldsOf<CommandOptions>
update satisfies FieldsOf<UpdateOptions>
item satisfies FieldsOf<ItemOptions>
newItem satisfies FieldsOf<Omit<ItemOptions, "ifUpdatedAt">>
changes satisfies FieldsOf<ChangesOptions>
subscribe satisfies FieldsOf<SubscribeOptions>
open satisfies FieldsOf<OpenOptions>

/** Nothing said is nothing to check. */
const check = <S extends Schema.ConstraintDecoder<unknown>>(schema: S) => {
  const decode = validator(schema)
  return (options: unknown = {}) => decode(options)
}

/** What may be said with each kind of call, checked. */
export const said = {
  call: check(Schema.Struct(call)),
  write: check(Schema.Struct(write)),
  command: check(Schema.Struct(command)),
  update: check(Schema.Struct(update)),
  item: check(Schema.Struct(item)),
  newItem: check(Schema.Struct(newItem)),
  changes: check(Schema.Struct(changes)),
  subscribe: check(Schema.Struct(subscribe)),
  open: check(Schema.Struct(open))
}
