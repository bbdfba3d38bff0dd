import { Context, Effect, Layer, ManagedRuntime } from "effect"
import { Catalog } from "../catalog/Catalog.ts"
import type { OrganizationId } from "../catalog/Organization.ts"
import { type JoinedDriver, joinedEngine, NoTransaction } from "../engine/JoinedEngine.ts"
import { retention } from "../engine/retention.ts"
import { StockEngine } from "../engine/StockEngine.ts"
import { sweeper } from "../engine/Sweeper.ts"
import { Projections } from "../ledger/Projections.ts"
import { StockQueries } from "../ledger/StockQueries.ts"
import { Subscriptions } from "../ledger/Subscriptions.ts"
import * as Services from "../Stockbook.ts"
import type { Store } from "../store/Store.ts"
import { askBy } from "./ask.ts"
import { toChange } from "./Changes.ts"
import { catalogueOver } from "./catalogueOver.ts"
import { certain, checked } from "./checked.ts"
import { commandsOver } from "./commandsOver.ts"
import { followed } from "./followed.ts"
import type { Inventory } from "./Inventory.ts"
import type { OpenOptions, OpenStockbook } from "./Opened.ts"
import { planningOver } from "./planningOver.ts"
import { queriesOver } from "./queriesOver.ts"
import { answerOf, Runner, type Tagged } from "./Runner.ts"

/**
 * Opens a stockbook in any store, as plain promises: for adapters, and for those who have a store's layer. The store is
 * acquired for it, and let go of when it is closed. `join` is the write path within a transaction of the host's, for
 * stores that have one.
 */
export const openStockbookIn = async <E extends Tagged, Transaction = never>(
  store: Layer.Layer<Store, E>,
  { sweepEvery, retention: kept, ...options }: OpenOptions = {},
  join: (transaction: Transaction) => JoinedDriver = () => unjoinable
): Promise<OpenStockbook<Transaction>> => {
  const background = Layer.mergeAll(
    sweepEvery === null ? Layer.empty : sweeper(sweepEvery),
    kept === null ? Layer.empty : retention(kept)
  )
  const runtime = ManagedRuntime.make(
    background.pipe(Layer.provideMerge(Services.layer(options)), Layer.provideMerge(store))
  )
  try {
    const context = answerOf(await runtime.runPromiseExit(Effect.context<Services.Stockbook>()))
    return stockbookOf(context, join, () => runtime.dispose())
  } catch (error) {
    await runtime.dispose()
    throw error
  }
}

/** Of a store without transactions. */
const unjoinable: JoinedDriver = { transact: () => Effect.fail(new NoTransaction()) }

const stockbookOf = <Transaction>(
  context: Context.Context<Services.Stockbook>,
  join: (transaction: Transaction) => JoinedDriver,
  release: () => Promise<void>
): OpenStockbook<Transaction> => {
  const runner = new Runner(context)
  const subscriptions = Context.get(context, Subscriptions)
  const catalog = Context.get(context, Catalog)
  let closing: Promise<void> | null = null
  const close = () => {
    closing ??= runner.close().then(release)
    return closing
  }

  return {
    organization: (id) => {
      const { organization } = certain(checked<{ readonly organization: OrganizationId }>({ organization: id }))
      return inventoryOf(context, organization, runner, join)
    },
    createOrganization: async (name, locations, { signal } = {}) => {
      const { id } = await runner.run(catalog.createOrganization(name, locations), signal)
      return inventoryOf(context, id, runner, join)
    },
    organizations: ({ after = 0, limit = 100 } = {}, { signal } = {}) =>
      runner.run(catalog.organizations(after, limit), signal),
    verify: ({ signal } = {}) => runner.run(Context.get(context, StockQueries).verify(null), signal),
    rebuild: ({ signal } = {}) => runner.run(Context.get(context, Projections).rebuild(null), signal),
    changes: (options) => followed(subscriptions, null, runner, options),
    subscribe: async (name, handle, { signal, only, startNow = false } = {}) => {
      const handing = subscriptions.subscribe(
        name,
        (changes) => Effect.promise(async () => handle(changes.map(toChange))),
        only === undefined ? {} : { only }
      )
      try {
        await runner.runWhileOpen(startNow ? Effect.andThen(subscriptions.startNow(name), handing) : handing, signal)
      } catch (error) {
        if (signal?.aborted !== true || error !== signal.reason) throw error
      }
    },
    close,
    [Symbol.asyncDispose]: close
  }
}

const inventoryOf = <Transaction>(
  context: Context.Context<Services.Stockbook>,
  organization: OrganizationId,
  runner: Runner,
  join: (transaction: Transaction) => JoinedDriver
): Inventory<Transaction> => {
  const catalog = Context.get(context, Catalog)
  const ask = askBy(runner)
  return {
    id: organization,
    organization: (options) => ask({}, () => catalog.organization(organization), options),
    figures: (options) => ask({}, () => catalog.figures(organization), options),
    changes: (options) => followed(Context.get(context, Subscriptions), organization, runner, options),
    within: (transaction) => commandsOver(joinedEngine(join(transaction)), organization, runner),
    planning: planningOver(context, organization, ask),
    ...commandsOver(Context.get(context, StockEngine), organization, runner),
    ...queriesOver(context, organization, ask),
    ...catalogueOver(context, organization, ask)
  }
}
