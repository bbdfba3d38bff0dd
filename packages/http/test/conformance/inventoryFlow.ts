import { afterAll, beforeAll, describe } from "vitest"
import { guarded } from "./guarded.ts"
import { categories } from "./inventoryflow/categories.ts"
import { dashboard } from "./inventoryflow/dashboard.ts"
import { endpoints } from "./inventoryflow/endpoints.ts"
import { incoming } from "./inventoryflow/incoming.ts"
import { mails } from "./inventoryflow/mails.ts"
import { outgoing } from "./inventoryflow/outgoing.ts"
import { partners } from "./inventoryflow/partners.ts"
import { products } from "./inventoryflow/products.ts"
import { registration } from "./inventoryflow/registration.ts"
import { stocks } from "./inventoryflow/stocks.ts"
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
    partners(subject)
    stocks(subject)
    incoming(subject)
    outgoing(subject)
    dashboard(subject)
    registration(store)
    mails(store)
    guarded(() => world, endpoints)
  })
}
