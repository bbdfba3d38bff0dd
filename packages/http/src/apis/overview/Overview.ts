import { HttpApi, OpenApi } from "effect/http-api"
import { decoding } from "../decoding.ts"
import { OverviewGroup } from "./OverviewGroup.ts"

/** A look at the stock: by location, as it was, what expires, and what happens; at `/overview`. */
export const Overview = HttpApi.make("overview")
  .add(OverviewGroup)
  .annotateMerge(decoding)
  .annotateMerge(OpenApi.annotations({ title: "Overview", version: "1.0.0" }))
