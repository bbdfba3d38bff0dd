import type { FieldError } from "./FieldError.ts"

/** The bodies an API answers with when no handler of its own spoke: unknown paths, bad input, faults. */
export interface ErrorShape {
  readonly problem: (message: string, more?: Readonly<Record<string, unknown>>) => unknown
  readonly validation: (errors: ReadonlyArray<FieldError>) => unknown
}

/** `{"detail": …}`, a string or the list of fields: A, C, D and E. */
export const detailShape: ErrorShape = {
  problem: (detail, more) => ({ detail, ...more }),
  validation: (errors) => ({ detail: errors })
}
