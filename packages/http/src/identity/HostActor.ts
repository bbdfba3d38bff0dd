import { type Actor, OrganizationId, Role, UserId } from "@stockbook/core"
import { Result, Schema, SchemaIssue } from "effect"

/** Who sends a request, as the host app says it. */
export interface HostActor {
  /** The id of the organization whose rows may be touched. */
  readonly organization: number
  readonly role: Role
  /** The host's own number for the user, 1 or more, noted on what it does; `null` or left out for a program. */
  readonly user?: number | null | undefined
}

/** `authenticate` answered with what is no actor. The request is answered with 500, and this is in the log. */
export class InvalidActor extends Error {
  /** The field that is wrong; empty for the answer as a whole. */
  readonly field: string

  constructor(field: string, problem: string) {
    super(
      `authenticate must answer with { organization, role, user } or null: ${field === "" ? "" : `${field}: `}${problem}`
    )
    this.name = "InvalidActor"
    this.field = field
  }
}

const decode = Schema.decodeUnknownResult(
  Schema.Struct({ organization: OrganizationId, role: Role, user: Schema.optional(Schema.NullOr(UserId)) })
)
const format = SchemaIssue.makeFormatterStandardSchemaV1()

/** The actor that a host's answer is; what else is in it is the host's own. Throws `InvalidActor`. */
export const actorOf = (answer: unknown): Actor | null => {
  if (answer === null) return null
  const decoded = decode(answer)
  if (Result.isSuccess(decoded)) return { ...decoded.success, user: decoded.success.user ?? null }
  const [first] = format(decoded.failure.issue).issues
  throw new InvalidActor(first?.path?.map(String).join(".") ?? "", first?.message ?? "Expected object")
}
