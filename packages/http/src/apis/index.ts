import { system } from "../system/index.ts"
import type { DocumentedApi } from "./DocumentedApi.ts"
import { inventoryAdmin } from "./inventory-admin/index.ts"
import { inventoryService } from "./inventory-service/index.ts"
import { inventoryFlow } from "./inventoryflow/index.ts"
import { overview } from "./overview/index.ts"
import { threeLevelInventory } from "./three-level-inventory/index.ts"
import { warehouseManagement } from "./warehouse-management/index.ts"

const documentedApis = [
  inventoryAdmin,
  threeLevelInventory,
  inventoryService,
  warehouseManagement,
  inventoryFlow,
  overview
] as const

/** The documented APIs by their names, as hosts choose among them. */
export type ApiName = (typeof documentedApis)[number]["name"]

/** Every API the router serves. */
export const apis: ReadonlyArray<DocumentedApi> = [system, ...documentedApis]

/** Those of these names, with what is served beside each. */
export const apisNamed = (names: ReadonlyArray<ApiName>): ReadonlyArray<DocumentedApi> => [
  system,
  ...documentedApis.filter(({ name }) => names.includes(name))
]
