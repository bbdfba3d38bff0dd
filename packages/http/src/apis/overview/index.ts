import { detailShape } from "../../problems/ErrorShape.ts"
import { documented } from "../DocumentedApi.ts"
import { Overview } from "./Overview.ts"
import { overviewHandlers } from "./overviewHandlers.ts"

export const overview = documented({
  name: "overview",
  prefix: "/overview",
  shape: detailShape,
  api: Overview,
  handlers: overviewHandlers
})
