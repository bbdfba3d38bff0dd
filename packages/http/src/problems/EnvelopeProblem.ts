import { Schema } from "effect"

const failed = { success: Schema.Literal(false), message: Schema.String }

/** 401 `{"message": "Unauthenticated."}`. */
export class Unauthenticated extends Schema.Error<Unauthenticated>("Unauthenticated")(
  { message: Schema.Literal("Unauthenticated.") },
  { description: "No token, or one that is not valid.", httpApiStatus: 401 }
) {}

/** 401: a login that names nobody, or with another password. */
export class WrongCredentials extends Schema.Error<WrongCredentials>("WrongCredentials")(failed, {
  description: "No such user, or another password.",
  httpApiStatus: 401
}) {}

/** 403: the user's role, or the organization it is of. */
export class Unauthorised extends Schema.Error<Unauthorised>("Unauthorised")(failed, {
  description: "The user's role does not allow this, or it is another organization's.",
  httpApiStatus: 403
}) {}

/** 404. */
export class Missing extends Schema.Error<Missing>("Missing")(failed, {
  description: "There is no such thing.",
  httpApiStatus: 404
}) {}

/** 422: fields that are well-formed but do not go. */
export class Invalid extends Schema.Error<Invalid>("Invalid")(
  { success: Schema.Literal(false), errors: Schema.Record(Schema.String, Schema.Array(Schema.String)) },
  { description: "A field is refused.", httpApiStatus: 422 }
) {}

/** 500 as the document has it: stock that could not be moved, and why. */
export class StockFailure extends Schema.Error<StockFailure>("StockFailure")(
  { ...failed, error: Schema.String },
  { description: "The stock could not be moved.", httpApiStatus: 500 }
) {}

/** 429, sent with `Retry-After`. */
export class Throttled extends Schema.Error<Throttled>("Throttled")(failed, {
  description: "Too many failed attempts.",
  httpApiStatus: 429
}) {}

/** 503, sent with `Retry-After`. */
export class OutOfService extends Schema.Error<OutOfService>("OutOfService")(failed, {
  description: "The service or its store cannot take this in right now; nothing was done unless it says otherwise.",
  httpApiStatus: 503
}) {}

export const missing = (message: string) => new Missing({ success: false, message })

export const invalid = (field: string, message: string) =>
  new Invalid({ success: false, errors: { [field]: [message] } })

/** What a body's id names is not there: `The selected category id is invalid.` */
export const invalidId = (field: string) =>
  invalid(field, `The selected ${(field.split(".").at(-1) ?? field).replaceAll("_", " ")} is invalid.`)
