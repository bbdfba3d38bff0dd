import { Schema } from "effect"
import { HttpApiSchema } from "effect/http-api"

const success = { success: Schema.Literal(true) }

/** `{"success": true, "data": …}`. */
export const data = <S extends Schema.Top>(of: S) => Schema.Struct({ ...success, data: of })

/** `{"success": true, "message": …, "data": …}`. */
export const done = <S extends Schema.Top>(of: S) => Schema.Struct({ ...success, message: Schema.String, data: of })

/** Likewise, 201. */
export const made = <S extends Schema.Top>(of: S) => done(of).pipe(HttpApiSchema.status(201))

/** `{"success": true, "message": …}`. */
export const Deleted = Schema.Struct({ ...success, message: Schema.String })

export const withData = <A>(value: A) => ({ success: true as const, data: value })
export const withMessage = <A>(message: string, value: A) => ({ success: true as const, message, data: value })
