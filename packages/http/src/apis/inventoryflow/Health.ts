import { Schema } from "effect"
import { HttpApiEndpoint, HttpApiGroup, OpenApi } from "effect/http-api"

/** 500, as documented: the one fault that is told from others. */
export class DatabaseDown extends Schema.Error<DatabaseDown>("DatabaseDown")(
  { detail: Schema.Literal("Database connection failed") },
  { description: "The store does not answer.", httpApiStatus: 500 }
) {}

const root = HttpApiEndpoint.get("root", "/", {
  success: Schema.Struct({
    message: Schema.Literal("This is the root endpoint of the InventoryFlow API"),
    status: Schema.Literal("healthy"),
    database: Schema.Literal("connected")
  }),
  error: DatabaseDown
}).annotate(OpenApi.Summary, "Whether the API works and its database answers")

/** E's health check. */
export const HealthGroup = HttpApiGroup.make("inventoryflow.health")
  .add(root)
  .annotateMerge(OpenApi.annotations({ title: "Health Check" }))
