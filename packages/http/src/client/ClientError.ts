import { Data, Predicate } from "effect"

/** One field that was refused. `loc` starts with where it was sent: `body`, `query`, `path` or `header`. */
export interface RefusedField {
  readonly type: string
  readonly loc: ReadonlyArray<string | number>
  readonly msg: string
}

/** The service answered that it did not do what was asked. */
export class ApiError extends Data.TaggedError("ApiError")<{
  /** The HTTP status: 400 and up. */
  readonly status: number
  /** In words. */
  readonly message: string
  /** The fields that were refused, of a 422; else none. */
  readonly fields: ReadonlyArray<RefusedField>
  /** The body as it came. */
  readonly body: unknown
  /** Seconds until it may be tried again, where the service says so. */
  readonly retryAfter: number | null
  /** What the service's log has the request under. */
  readonly requestId: string | null
}> {}

/**
 * There was no answer, or none of this service. Whether the request was carried out is not known: with an
 * `idempotencyKey` it may be sent again.
 */
export class ConnectionError extends Data.TaggedError("ConnectionError")<{
  readonly message: string
  readonly cause: unknown
}> {}

/** The request does not fit its declaration, or there was no token to be had. It was not sent. */
export class RequestError extends Data.TaggedError("RequestError")<{
  readonly message: string
  readonly cause: unknown
}> {}

/** What a call rejects with: told apart by `_tag`. An aborted call rejects with its signal's reason. */
export type ClientError = ApiError | ConnectionError | RequestError

/** Whether something that was caught is of this client. */
export const isClientError = (error: unknown): error is ClientError =>
  error instanceof ApiError || error instanceof ConnectionError || error instanceof RequestError

/** The error that an answer stands for. */
export const apiError = (
  status: number,
  headers: Readonly<Record<string, string | undefined>>,
  text: string
): ApiError => {
  const body = parsed(text)
  const fields = fieldsIn(body)
  const [first] = fields
  const retryAfter = Number(headers["retry-after"] ?? Number.NaN)
  return new ApiError({
    status,
    message:
      wordsIn(body) ??
      (first === undefined ? `The service answered ${status}` : `${first.loc.join(".")}: ${first.msg}`),
    fields,
    body,
    retryAfter: Number.isFinite(retryAfter) ? retryAfter : null,
    requestId: headers["x-request-id"] ?? null
  })
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

const wordsIn = (body: unknown): string | null => {
  if (!Predicate.isObject(body)) return null
  const words = body["detail"] ?? body["message"]
  return typeof words === "string" ? words : null
}

const fieldsIn = (body: unknown): ReadonlyArray<RefusedField> =>
  Predicate.isObject(body) && Array.isArray(body["detail"]) ? body["detail"].filter(isField) : []

const isField = (value: unknown): value is RefusedField =>
  Predicate.isObject(value) && typeof value["msg"] === "string" && Array.isArray(value["loc"])
