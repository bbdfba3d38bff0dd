import { Router } from "express"
import { detailShape } from "../problems/ErrorShape.ts"

/** Where the APIs have their users. A host app that has its own does not serve these. */
const PATHS = ["/auth", "/api/auth", "/api/v1/auth"]

export const hostIdentityOnly: Router = Router().use(PATHS, (_, response) => {
  response.status(404).json(detailShape.problem("Not Found"))
})
