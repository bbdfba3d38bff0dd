import { Store } from "@stockbook/core"
import { Effect } from "effect"
import { HttpApiBuilder } from "effect/http-api"
import { answering } from "../../system/answering.ts"
import { DatabaseDown } from "./Health.ts"
import { InventoryFlow } from "./InventoryFlow.ts"

const healthy = {
  message: "This is the root endpoint of the InventoryFlow API",
  status: "healthy",
  database: "connected"
} as const

export const healthHandlers = HttpApiBuilder.group(
  InventoryFlow,
  "inventoryflow.health",
  Effect.fnUntraced(function* (handlers) {
    const store = yield* Store
    return handlers.handleAll({
      root: () =>
        Effect.flatMap(answering(store), (answers) =>
          answers ? Effect.succeed(healthy) : new DatabaseDown({ detail: "Database connection failed" })
        )
    })
  })
)
