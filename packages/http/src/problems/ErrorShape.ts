import type { FieldError } from "./FieldError.ts"

/** The bodies an API answers with when no handler of its own spoke: unknown paths, bad input, faults. */
export interface ErrorShape {
  readonly problem: (message: string, more?: Readonly<Record<string, unknown>>) => unknown
  readonly validation: (errors: ReadonlyArray<FieldError>) => unknown
  /** What those look like, as named JSON Schemas of OpenAPI documents. Shapes that differ have other names. */
  readonly schemas: {
    readonly problem: { readonly name: string; readonly schema: object }
    readonly validation: { readonly name: string; readonly schema: object }
  }
}

const problem = {
  type: "object",
  required: ["detail"],
  properties: {
    detail: { type: "string" },
    request_id: { type: "string", description: "Of a fault: what the log has it under." }
  },
  examples: [{ detail: "Not Found" }]
} as const

const validation = {
  type: "object",
  required: ["detail"],
  properties: {
    detail: {
      type: "array",
      items: {
        type: "object",
        required: ["type", "loc", "msg"],
        properties: {
          type: { type: "string" },
          loc: { type: "array", items: { anyOf: [{ type: "string" }, { type: "integer" }] } },
          msg: { type: "string" },
          input: {},
          ctx: { type: "object" }
        }
      }
    }
  },
  examples: [{ detail: [{ type: "missing", loc: ["body", "quantity"], msg: "Field required", input: {} }] }]
} as const

/** `{"detail": …}`, a string or the list of fields: A, C, D and E. */
export const detailShape: ErrorShape = {
  problem: (detail, more) => ({ detail, ...more }),
  validation: (errors) => ({ detail: errors }),
  schemas: {
    problem: { name: "Problem", schema: problem },
    validation: { name: "HTTPValidationError", schema: validation }
  }
}
