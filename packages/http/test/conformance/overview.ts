import { afterAll, beforeAll, describe } from "vitest"
import { guarded } from "./guarded.ts"
import { endpoints } from "./overview/endpoints.ts"
import { events } from "./overview/events.ts"
import { reading } from "./overview/reading.ts"
import { openWorld, type StoreLayer, type World } from "./world.ts"

/** What the overview promises. */
export const overview = (name: string, store: () => StoreLayer): void => {
  describe(`overview on ${name}`, () => {
    let world: World
    beforeAll(async () => {
      world = await openWorld(store())
    })
    afterAll(() => world.close())

    guarded(() => world, endpoints)
    reading(() => world)
    events(() => world)
  })
}
