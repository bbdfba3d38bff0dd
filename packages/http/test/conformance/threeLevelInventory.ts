import { afterAll, beforeAll, describe } from "vitest"
import { guarded } from "./guarded.ts"
import { batches } from "./three-level-inventory/batches.ts"
import { deleting } from "./three-level-inventory/deleting.ts"
import { endpoints, words } from "./three-level-inventory/endpoints.ts"
import { items } from "./three-level-inventory/items.ts"
import { lists } from "./three-level-inventory/lists.ts"
import { requests } from "./three-level-inventory/requests.ts"
import { stock } from "./three-level-inventory/stock.ts"
import { subjectIn } from "./three-level-inventory/subject.ts"
import { unfinished } from "./three-level-inventory/unfinished.ts"
import { variations } from "./three-level-inventory/variations.ts"
import { openWorld, type StoreLayer, type World } from "./world.ts"

/** What API B's document promises. */
export const threeLevelInventory = (name: string, store: () => StoreLayer): void => {
  describe(`three-level inventory on ${name}`, () => {
    let world: World
    beforeAll(async () => {
      world = await openWorld(store())
    })
    afterAll(() => world.close())

    guarded(() => world, endpoints, words)
    const subject = subjectIn(() => world)
    items(subject)
    lists(subject)
    variations(subject)
    batches(subject)
    stock(subject)
    deleting(subject)
    requests(subject)
  })
  unfinished(name, store)
}
