import { afterAll, beforeAll, describe } from "vitest"
import { guarded } from "./guarded.ts"
import { adjusting } from "./inventory-admin/adjusting.ts"
import { bulk } from "./inventory-admin/bulk.ts"
import { lists } from "./inventory-admin/lists.ts"
import { settings } from "./inventory-admin/settings.ts"
import { endpoints } from "./inventory-admin/subject.ts"
import { openWorld, type StoreLayer, type World } from "./world.ts"

/** What API A's document promises. */
export const inventoryAdmin = (name: string, store: () => StoreLayer): void => {
  describe(`inventory administration on ${name}`, () => {
    let world: World
    beforeAll(async () => {
      world = await openWorld(store())
    })
    afterAll(() => world.close())

    guarded(() => world, endpoints)
    lists(() => world)
    settings(() => world)
    adjusting(() => world)
    bulk(() => world)
  })
}
