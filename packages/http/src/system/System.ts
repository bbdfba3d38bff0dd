import { Store } from "@stockbook/core"
import { Effect, Schema } from "effect"
import { HttpApi, HttpApiBuilder, HttpApiEndpoint, HttpApiGroup, OpenApi } from "effect/http-api"
import { documented } from "../apis/DocumentedApi.ts"
import { detailShape } from "../problems/ErrorShape.ts"
import { answering } from "./answering.ts"

/** The service runs, but its store does not answer. */
class NotReady extends Schema.Error<NotReady>("NotReady")(
  { status: Schema.Literal("unavailable") },
  { description: "The store does not answer.", httpApiStatus: 503 }
) {}

const SystemGroup = HttpApiGroup.make("system")
  .add(
    HttpApiEndpoint.get("health", "/health", {
      success: Schema.Struct({ status: Schema.Literal("healthy") })
    }).annotate(OpenApi.Summary, "Whether the process runs"),
    HttpApiEndpoint.get("ready", "/ready", {
      success: Schema.Struct({ status: Schema.Literal("ready") }),
      error: NotReady
    }).annotate(OpenApi.Summary, "Whether it can work: its store answers")
  )
  .annotateMerge(OpenApi.annotations({ title: "System" }))

/** Whether the process lives, and whether it can work: what a load balancer asks. */
const System = HttpApi.make("system")
  .add(SystemGroup)
  .annotateMerge(OpenApi.annotations({ title: "System", version: "1.0.0" }))

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
