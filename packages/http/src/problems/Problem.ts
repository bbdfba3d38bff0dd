import { Schema } from "effect"

const fields = { detail: Schema.String }

/** 400 `{"detail": …}`. */
export class BadRequest extends Schema.Error<BadRequest>("BadRequest")(fields, {
  description: "The request cannot be carried out as it is.",
  httpApiStatus: 400
}) {}

/** 401 `{"detail": …}`, sent with `WWW-Authenticate: Bearer`. */
export class Unauthorized extends Schema.Error<Unauthorized>("Unauthorized")(fields, {
  description: "No token, or one that is not valid.",
  httpApiStatus: 401
}) {}

/** 403 `{"detail": …}`. */
export class Forbidden extends Schema.Error<Forbidden>("Forbidden")(fields, {
  description: "The user's role does not allow this.",
  httpApiStatus: 403
}) {}

/** 404 `{"detail": …}`. */
export class NotFound extends Schema.Error<NotFound>("NotFound")(fields, {
  description: "There is no such thing in the user's organization.",
  httpApiStatus: 404
}) {}

/** 409 `{"detail": …}`. */
export class Conflict extends Schema.Error<Conflict>("Conflict")(fields, {
  description: "Another request has already been made under this key or reference.",
  httpApiStatus: 409
}) {}

/** 429 `{"detail": …}`, sent with `Retry-After`. */
export class TooManyRequests extends Schema.Error<TooManyRequests>("TooManyRequests")(fields, {
  description: "Too many failed attempts.",
  httpApiStatus: 429
}) {}

/** 503 `{"detail": …}`, sent with `Retry-After`. */
export class Unavailable extends Schema.Error<Unavailable>("Unavailable")(fields, {
  description: "The service or its store cannot take this in right now; nothing was done unless it says otherwise.",
  httpApiStatus: 503
}) {}
