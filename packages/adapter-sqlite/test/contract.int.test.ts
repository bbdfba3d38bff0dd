import { mkdtempSync } from "node:fs"
import { rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { suite } from "@stockbook/core/testing"
import { Effect, Layer } from "effect"
import { SqliteStore } from "../src/index.ts"

const histories = Number(process.env["STOCKBOOK_HISTORIES"] ?? 300)

suite("SQLite in memory", SqliteStore.layer({ filename: ":memory:" }), { histories })

const inFile = Layer.unwrap(
  Effect.map(
    Effect.acquireRelease(
      Effect.sync(() => mkdtempSync(join(tmpdir(), "stockbook-"))),
      (folder) => Effect.promise(() => rm(folder, { recursive: true }))
    ),
    (folder) => SqliteStore.layer({ filename: join(folder, "stock.db") })
  )
)

suite("SQLite in a file", inFile, { histories: 25 })
