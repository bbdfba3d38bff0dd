import { Effect, Layer } from "effect"
import { PgStore } from "../src/index.ts"
import { contract } from "./support/contract.ts"
import { fence } from "./support/fenced.ts"
import { globalStatements } from "./support/globalStatements.ts"

/** A database with row-level security, and a role that owns nothing. */
const fenced = (url: string) =>
  Layer.unwrap(
    Effect.map(fence(url), (clerk) => PgStore.layerWithoutMigrations({ url: clerk.url, rowLevelSecurity: true }))
  )

contract("Postgres, with row-level security", fenced, { strictness: "any", global: globalStatements, histories: 10 })
