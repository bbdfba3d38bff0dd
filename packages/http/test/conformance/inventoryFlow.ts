import { afterAll, beforeAll, describe } from "vitest"
import { guarded } from "./guarded.ts"
import { categories } from "./inventoryflow/categories.ts"
import { endpoints } from "./inventoryflow/endpoints.ts"
import { products } from "./inventoryflow/products.ts"
import { subjectIn } from "./inventoryflow/subject.ts"
import { openWorld, type StoreLayer, type World } from "./world.ts"

/** What API E's document promises, and what its own program got wrong. */
export const inventoryFlow = (name: string, store: () => StoreLayer): void => {
  describe(`InventoryFlow on ${name}`, () => {
    let world: World
    beforeAll(async () => {
      world = await openWorld(store())
    })
    afterAll(() => world.close())

    const subject = subjectIn(() => world)
    categories(subject)
    products(subject)
    guarded(() => world, endpoints)
  })
}
