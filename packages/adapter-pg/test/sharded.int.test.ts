import { Effect, Layer } from "effect"
import { PgStore } from "../src/index.ts"
import { contract } from "./support/contract.ts"
import { spread } from "./support/distribution.ts"
import { globalStatements } from "./support/globalStatements.ts"

/** A schema as `distribute` leaves it: without the triggers, and without the foreign keys of users and deliveries. */
const sharded = (url: string) =>
  Layer.unwrap(Effect.as(spread(url), PgStore.layerWithoutMigrations({ url, sharded: true })))

contract("Postgres, sharded", sharded, { strictness: "one", global: globalStatements })
