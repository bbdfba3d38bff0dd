import { Schema } from "effect"
import { HttpApi, HttpApiEndpoint, HttpApiGroup, OpenApi } from "effect/http-api"

/** The service runs, but its store does not answer. */
export class NotReady extends Schema.Error<NotReady>("NotReady")(
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
export const System = HttpApi.make("system")
  .add(SystemGroup)
  .annotateMerge(OpenApi.annotations({ title: "System", version: "1.0.0" }))
