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
import { askBy, certain } from "./ask.ts"
import { toChange } from "./Changes.ts"
import { catalogueOver } from "./catalogueOver.ts"
import { commandsOver } from "./commandsOver.ts"
import { followed } from "./followed.ts"
import type { Inventory } from "./Inventory.ts"
import { said } from "./inputs/options.ts"
import { nothing } from "./inputs/parts.ts"
import { checkQuery as known } from "./inputs/queries.ts"
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
  options: OpenOptions = {},
  join: (transaction: Transaction) => JoinedDriver = () => unjoinable
): Promise<OpenStockbook<Transaction>> => {
  const { sweepEvery, retention: kept, ...gathering } = certain(said.open(options))
  const background = Layer.mergeAll(
    sweepEvery === null ? Layer.empty : sweeper(sweepEvery),
    kept === null ? Layer.empty : retention(kept)
  )
  const runtime = ManagedRuntime.make(
    background.pipe(Layer.provideMerge(Services.layer(gathering)), Layer.provideMerge(store))
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
  const ask = askBy(runner)
  let closing: Promise<void> | null = null
  const close = () => {
    closing ??= runner.close().then(release)
    return closing
  }

  return {
    organization: (id) =>
      inventoryOf(context, certain(known.organization({ organization: id })).organization, runner, join),
    createOrganization: async (name, locations, options) => {
      const { id } = await ask(nothing, said.call(options), () => catalog.createOrganization(name, locations))
      return inventoryOf(context, id, runner, join)
    },
    organizations: (page = {}, options) =>
      ask(known.organizations(page), said.call(options), ({ after = 0, limit = 100 }) =>
        catalog.organizations(after, limit)
      ),
    verify: (options) => ask(nothing, said.call(options), () => Context.get(context, StockQueries).verify(null)),
    rebuild: (options) => ask(nothing, said.call(options), () => Context.get(context, Projections).rebuild(null)),
    changes: (options) => followed(subscriptions, null, runner, options),
    subscribe: async (subscriber, handler, options) => {
      const { name, handle } = certain(known.subscriber({ name: subscriber, handle: handler }))
      const { signal, only, startNow = false } = certain(said.subscribe(options))
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
    organization: (options) => ask(nothing, said.call(options), () => catalog.organization(organization)),
    figures: (options) => ask(nothing, said.call(options), () => catalog.figures(organization)),
    changes: (options) => followed(Context.get(context, Subscriptions), organization, runner, options),
    within: (transaction) => commandsOver(joinedEngine(join(transaction)), organization, runner),
    planning: planningOver(context, organization, ask),
    ...commandsOver(Context.get(context, StockEngine), organization, runner),
    ...queriesOver(context, organization, ask),
    ...catalogueOver(context, organization, ask)
  }
}
