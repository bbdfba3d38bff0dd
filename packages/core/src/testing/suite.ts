import { layer as withLayer } from "@effect/vitest"
import { Layer } from "effect"
import type { IdentityDriver } from "../identity/IdentityDriver.ts"
import { type Stockbook, layer as stockbook } from "../Stockbook.ts"
import type { Store } from "../store/Store.ts"
import { adjustingContract } from "./adjustingContract.ts"
import { availabilityContract } from "./availabilityContract.ts"
import { backorderContract } from "./backorderContract.ts"
import { catalogContract } from "./catalogContract.ts"
import { catalogWriteContract } from "./catalogWriteContract.ts"
import { commandContract } from "./commandContract.ts"
import { concurrencyContract } from "./concurrencyContract.ts"
import { costContract } from "./costContract.ts"
import { countContract } from "./countContract.ts"
import { deliveryContract } from "./deliveryContract.ts"
import { documentContract } from "./documentContract.ts"
import { expiryContract } from "./expiryContract.ts"
import { historyContract } from "./historyContract.ts"
import { homeContract } from "./homeContract.ts"
import { identityContract } from "./identityContract.ts"
import { ledgerContract } from "./ledgerContract.ts"
import { listContract } from "./listContract.ts"
import { noticeContract } from "./noticeContract.ts"
import { orderContract } from "./orderContract.ts"
import { partContract } from "./partContract.ts"
import { passageContract } from "./passageContract.ts"
import { pastContract } from "./pastContract.ts"
import { peerContract } from "./peerContract.ts"
import { policyContract } from "./policyContract.ts"
import { projectionContract } from "./projectionContract.ts"
import { removalContract } from "./removalContract.ts"
import { reorderContract } from "./reorderContract.ts"
import { replyContract } from "./replyContract.ts"
import { searchContract } from "./searchContract.ts"
import { serialContract } from "./serialContract.ts"
import { supplyContract } from "./supplyContract.ts"
import { termContract } from "./termContract.ts"
import { transferContract } from "./transferContract.ts"

/** All that a contract test may use. */
export type Subject = Stockbook | Store | IdentityDriver

/** How a part of the contract registers its tests. */
export type Register = Parameters<Parameters<ReturnType<typeof withLayer<Subject, unknown>>>[1]>[0]

/** How thorough the suite is. */
export interface SuiteOptions {
  /** Random histories to play; 100 when left out. */
  readonly histories?: number | undefined
}

/**
 * The contract every store keeps, as tests for vitest: what `StockDriver`, `LedgerDriver`, `CatalogDriver`,
 * `DeliveryDriver` and `IdentityDriver` promise, seen through the services over them. `layer` is built afresh for the suite and again for
 * the tests that need an empty store; each build must be a store of its own.
 */
export const suite = (
  name: string,
  layer: Layer.Layer<Store | IdentityDriver, unknown>,
  options: SuiteOptions = {}
): void => {
  const subject: Layer.Layer<Subject, unknown> = Layer.provideMerge(stockbook(), layer)
  withLayer(subject, { timeout: "60 seconds", excludeTestServices: true })(name, (it) => {
    commandContract(it)
    concurrencyContract(it)
    peerContract(it)
    costContract(it)
    serialContract(it)
    ledgerContract(it)
    projectionContract(it)
    noticeContract(it)
    deliveryContract(it)
    documentContract(it)
    adjustingContract(it)
    expiryContract(it)
    policyContract(it)
    pastContract(it)
    backorderContract(it)
    countContract(it)
    availabilityContract(it)
    reorderContract(it)
    catalogContract(it)
    partContract(it)
    removalContract(it)
    termContract(it)
    catalogWriteContract(it)
    searchContract(it)
    listContract(it)
    identityContract(it, layer)
    replyContract(it)
    transferContract(it)
    orderContract(it)
    passageContract(it)
    supplyContract(it)
    homeContract(it)
    historyContract(it, options.histories ?? 100)
  })
}
