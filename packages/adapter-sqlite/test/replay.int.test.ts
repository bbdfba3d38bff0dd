import { Store } from "@stockbook/core"
import { Context, Effect, Layer } from "effect"
import { replaySuite, replicaOf } from "../../core/test/simulation/replaySuite.ts"
import { SqliteStore } from "../src/index.ts"

const open = Effect.map(Layer.build(Layer.fresh(SqliteStore.layer({ filename: ":memory:" }))), (context) =>
  replicaOf(Context.get(context, Store))
)

replaySuite("SQLite", open)
