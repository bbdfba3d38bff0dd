import { afterAll, beforeAll, describe } from "vitest"
import { ordersEverywhere } from "./crosswise/orders.ts"
import { stockEverywhere } from "./crosswise/stock.ts"
import { openWorld, type StoreLayer, type World } from "./world.ts"

/** What is done through one API is so in all of them. */
export const crosswise = (name: string, store: () => StoreLayer): void => {
  describe(`the APIs together on ${name}`, () => {
    let world: World
    beforeAll(async () => {
      world = await openWorld(store())
    })
    afterAll(() => world.close())
    stockEverywhere(() => world)
    ordersEverywhere(() => world)
  })
}
