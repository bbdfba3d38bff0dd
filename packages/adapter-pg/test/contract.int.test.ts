import { suite } from "@stockbook/core/testing"
import { Effect, Layer } from "effect"
import { PgStore } from "../src/index.ts"
import { freshDatabase } from "./support/database.ts"

suite("Postgres", Layer.unwrap(Effect.map(freshDatabase, (url) => PgStore.layer({ url }))), { histories: 25 })
