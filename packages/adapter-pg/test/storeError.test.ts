import { ConnectionError, SqlError, UnknownError } from "effect/sql/SqlError"
import { describe, expect, it } from "vitest"
import { type Phase, toStoreError } from "../src/client/storeError.ts"

/** What the server said, as the driver hands it on. */
const said = (code: string, severityUnlocalized = "ERROR", operation = "query") =>
  new SqlError({
    reason: new UnknownError({ cause: { code, message: "said", severityUnlocalized }, message: "failed", operation })
  })

const lost = (operation: string, code: string) =>
  new SqlError({
    reason: new ConnectionError({ cause: Object.assign(new Error("lost"), { code }), message: "lost", operation })
  })

const table: ReadonlyArray<readonly [what: string, error: SqlError, open: string, committing: string]> = [
  ["disk full", said("53100"), "unavailable", "unavailable"],
  ["disk full, which the server did not survive", said("53100", "PANIC"), "unavailable", "unknown"],
  ["out of memory", said("53200"), "unavailable", "unavailable"],
  ["too many connections", said("53300", "FATAL", "connect"), "unavailable", "unavailable"],
  ["read-only transaction", said("25006"), "unavailable", "unavailable"],
  ["idle in transaction for too long", said("25P03", "FATAL"), "unavailable", "unavailable"],
  ["transaction took too long", said("25P04", "FATAL"), "unavailable", "unavailable"],
  ["ended by an administrator", said("57P01", "FATAL"), "unavailable", "unknown"],
  ["another process of the server crashed", said("57P02", "FATAL"), "unavailable", "unknown"],
  ["starting up", said("57P03", "FATAL", "connect"), "unavailable", "unavailable"],
  ["database dropped", said("57P04", "FATAL"), "unavailable", "unavailable"],
  ["session idle for too long", said("57P05", "FATAL"), "unavailable", "unavailable"],
  ["statement timeout", said("57014"), "unavailable", "unavailable"],
  ["connection failure", said("08006"), "unavailable", "unknown"],
  ["a pooler between lost the server", said("08P01", "FATAL"), "unavailable", "unknown"],
  ["connection refused by a pooler", said("08004", "FATAL", "connect"), "unavailable", "unavailable"],
  ["nobody knows whether it completed", said("40003"), "unknown", "unknown"],
  ["serialization failure", said("40001"), "conflict", "conflict"],
  ["deadlock", said("40P01"), "conflict", "conflict"],
  ["a name taken first", said("23505"), "conflict", "conflict"],
  ["lock timeout", said("55P03"), "busy", "busy"],
  ["I/O error", said("58030"), "unavailable", "unavailable"],
  ["I/O error, which the server did not survive", said("58030", "PANIC"), "unavailable", "unknown"],
  ["a guard of the schema", said("23514"), "corrupt", "corrupt"],
  ["data corrupted", said("XX001"), "corrupt", "corrupt"],
  ["no connection", lost("connect", "ECONNREFUSED"), "unavailable", "unavailable"],
  ["connection lost", lost("query", "ECONNRESET"), "unavailable", "unknown"],
  ["connection ended by the server", lost("query", "EPIPE"), "unavailable", "unknown"]
]

describe("What Postgres minds, to a caller of the store", () => {
  it.each(table)("%s", (_, error, open, committing) => {
    const reason = (phase: Phase) => toStoreError(error, phase).reason
    expect([reason("open"), reason("committing")]).toEqual([open, committing])
  })
})
