import { afterAll, beforeAll, describe } from "vitest"
import { guarded } from "./guarded.ts"
import { endpoints } from "./inventory-service/endpoints.ts"
import { reading } from "./inventory-service/reading.ts"
import { records } from "./inventory-service/records.ts"
import { requests } from "./inventory-service/requests.ts"
import { reservations } from "./inventory-service/reservations.ts"
import { subjectIn } from "./inventory-service/subject.ts"
import { openWorld, type StoreLayer, type World } from "./world.ts"

/** What API C's document promises, and what its own program got wrong. */
export const inventoryService = (name: string, store: () => StoreLayer): void => {
  describe(`inventory service on ${name}`, () => {
    let world: World
    beforeAll(async () => {
      world = await openWorld(store())
    })
    afterAll(() => world.close())

    guarded(() => world, endpoints)
    const subject = subjectIn(() => world)
    records(subject)
    reading(subject)
    reservations(subject)
    requests(subject)
  })
}
