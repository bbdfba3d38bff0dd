import { Schema } from "effect"
import { HttpApiSchema } from "effect/http-api"

/** 202, as documented: it has been deleted. */
export const Deleted = Schema.Struct({ detail: Schema.String })
  .annotate({ examples: [{ detail: "Product with ID (1) has been deleted successfully" }] })
  .pipe(HttpApiSchema.status(202))

/** What is said of it. */
export const deleted = (what: string, id: number): typeof Deleted.Type => ({
  detail: `${what} with ID (${id}) has been deleted successfully`
})
