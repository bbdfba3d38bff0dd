// The documented APIs over Postgres: the suites that @stockbook/http runs over the store in memory. With
// ROW_LEVEL_SECURITY=1 in a database that has it, as a role that owns nothing.
import { PgStore } from "@stockbook/adapter-pg"
import { Effect, Layer } from "effect"
import { freshDatabase } from "../../../packages/adapter-pg/test/support/database.ts"
import { dismiss, fence } from "../../../packages/adapter-pg/test/support/fenced.ts"
import { crosswise } from "../../../packages/http/test/conformance/crosswise.ts"
import { inventoryAdmin } from "../../../packages/http/test/conformance/inventoryAdmin.ts"
import { inventoryFlow } from "../../../packages/http/test/conformance/inventoryFlow.ts"
import { inventoryService } from "../../../packages/http/test/conformance/inventoryService.ts"
import { keysAndConditions } from "../../../packages/http/test/conformance/keysAndConditions.ts"
import { lowStockNotifications } from "../../../packages/http/test/conformance/lowStockNotifications.ts"
import { overview } from "../../../packages/http/test/conformance/overview.ts"
import { tenants } from "../../../packages/http/test/conformance/tenants.ts"
import { threeLevelInventory } from "../../../packages/http/test/conformance/threeLevelInventory.ts"
import { warehouseManagement } from "../../../packages/http/test/conformance/warehouseManagement.ts"
import { onceEach } from "../../../packages/http/test/notifications/onceEach.ts"

const fenced = Effect.gen(function* () {
  const url = yield* freshDatabase
  const clerk = yield* Effect.acquireRelease(fence(url), (made) => Effect.promise(() => dismiss(url, made)))
  return PgStore.layerWithoutMigrations({ url: clerk.url, rowLevelSecurity: true })
})

const plain = Effect.map(freshDatabase, (url) => PgStore.layer({ url }))

const store = () => Layer.unwrap(process.env["ROW_LEVEL_SECURITY"] === "1" ? fenced : plain)

inventoryAdmin("Postgres", store)
inventoryService("Postgres", store)
overview("Postgres", store)
crosswise("Postgres", store)
inventoryFlow("Postgres", store)
threeLevelInventory("Postgres", store)
warehouseManagement("Postgres", store)
keysAndConditions("Postgres", store)
lowStockNotifications("Postgres", store)
onceEach("Postgres", store)
tenants("Postgres", store)
