import { Store } from "@stockbook/core"
import { Effect } from "effect"
import { HttpApiBuilder } from "effect/http-api"
import { documented } from "../apis/DocumentedApi.ts"
import { detailShape } from "../problems/ErrorShape.ts"
import { answering } from "./answering.ts"
import { NotReady, System } from "./System.ts"

const handlers = HttpApiBuilder.group(
  System,
  "system",
  Effect.fnUntraced(function* (group) {
    const store = yield* Store
    return group.handleAll({
      health: () => Effect.succeed({ status: "healthy" as const }),
      ready: () =>
        Effect.flatMap(answering(store), (answers) =>
          answers ? Effect.succeed({ status: "ready" as const }) : new NotReady({ status: "unavailable" })
        )
    })
  })
)

export const system = documented({ name: "system", prefix: "", shape: detailShape, api: System, handlers })
