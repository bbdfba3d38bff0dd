import { SqliteStore } from "@stockbook/adapter-sqlite"
import { Stockbook } from "@stockbook/core"
import { Console, Effect, Layer } from "effect"
import { Checkout } from "./Checkout.ts"
import { program } from "./program.ts"

const services = Checkout.layer.pipe(
  Layer.provideMerge(Stockbook.layer()),
  Layer.provide(SqliteStore.layer({ filename: process.argv[2] ?? ":memory:" }))
)

await program.pipe(Effect.flatMap(Console.log), Effect.provide(services), Effect.runPromise)
