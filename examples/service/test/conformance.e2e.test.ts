// The documented APIs over SQLite: the suites that @stockbook/http runs over the store in memory.
import { SqliteStore } from "@stockbook/adapter-sqlite"
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

const store = () => SqliteStore.layer({ filename: ":memory:" })

inventoryAdmin("SQLite", store)
inventoryService("SQLite", store)
overview("SQLite", store)
crosswise("SQLite", store)
inventoryFlow("SQLite", store)
threeLevelInventory("SQLite", store)
warehouseManagement("SQLite", store)
keysAndConditions("SQLite", store)
lowStockNotifications("SQLite", store)
onceEach("SQLite", store)
tenants("SQLite", store)
