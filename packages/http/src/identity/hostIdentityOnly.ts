import { Router } from "express"
import { detailShape } from "../problems/ErrorShape.ts"

/** Where the APIs have their users. A host app that has its own does not serve these. */
const PATHS = ["/auth", "/api/auth", "/api/v1/auth"]

/** Whether a path is served in a host app that has users of its own. */
export const isHostsToo = (path: string): boolean => !PATHS.some((users) => path.startsWith(`${users}/`))

export const hostIdentityOnly: Router = Router().use(PATHS, (_, response) => {
  response.status(404).json(detailShape.problem("Not Found"))
})
