import { Catalog, type CommandInput, type ItemId, MemoryStore, Stockbook, StockEngine, Store } from "@stockbook/core"
import { Effect, Layer, ManagedRuntime } from "effect"
import type { NotificationSettings } from "../../src/index.ts"
import type { StoreLayer } from "../conformance/world.ts"
import { start } from "../server.ts"
import { until } from "./receiver.ts"

/** Quick enough for a test. */
const pace = { attempts: 4, first: 20, longest: 100, poll: 10 }

/** A command of the test's organization. */
type Input = CommandInput extends infer C ? (C extends unknown ? Omit<C, "organization"> : never) : never

/** A store that outlives the routers over it, commanded from outside of them. */
export const openOffice = async (store: StoreLayer = MemoryStore.layer) => {
  const runtime = ManagedRuntime.make(Stockbook.layer().pipe(Layer.provideMerge(store)))
  const context = await runtime.context()
  const { id: organization } = await runtime.runPromise(Catalog.use((catalog) => catalog.createOrganization("Acme")))
  const execute = (command: Input) =>
    runtime.runPromise(StockEngine.use((engine) => engine.execute({ ...command, organization })))
  return {
    organization,
    execute,
    /** A router over the store that sends notifications; so many of them are as many processes. */
    open: (notifications: NotificationSettings | null) =>
      start({
        options: {
          store: Layer.effectContext(Effect.succeed(context)),
          notifications:
            notifications === null ? null : { timeout: 300, ...notifications, pace: { ...pace, ...notifications.pace } }
        }
      }),
    /** An item with a unit more than its threshold. */
    stock: async (name = "Tea"): Promise<ItemId> => {
      const { id } = await runtime.runPromise(
        Catalog.use((catalog) => catalog.createItem(organization, { name, lowStockThreshold: 5 }))
      )
      await execute({ _tag: "Receive", lines: [{ item: id, quantity: 6 }] })
      return id
    },
    /** Takes a unit: the crossing. */
    cross: (item: ItemId) => execute({ _tag: "Issue", lines: [{ item, quantity: 1 }] }),
    /** So many crossings can be read: a channel that begins now begins after them. */
    read: (crossings: number) =>
      until(async () => {
        const { changes } = await runtime.runPromise(
          Store.use(({ ledger }) => ledger.changes(organization, "", 1000, "events"))
        )
        const raised = changes.filter(
          (change) => change._tag === "Event" && change.event.event._tag === "LowStockRaised"
        )
        return raised.length >= crossings
      }),
    close: () => runtime.dispose()
  }
}
