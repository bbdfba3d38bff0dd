import { Context } from "effect"
import type { ItemId } from "../catalog/Item.ts"
import type { LocationId } from "../catalog/Location.ts"
import type { OrganizationId } from "../catalog/Organization.ts"
import type { DocumentTarget } from "../documents/Document.ts"
import * as Costs from "../ledger/CostQueries.ts"
import { History, type ItemPage } from "../ledger/History.ts"
import type { DocumentFilter, HoldFilter, MovementFilter, Page } from "../ledger/LedgerDriver.ts"
import { Projections } from "../ledger/Projections.ts"
import * as Stock from "../ledger/StockQueries.ts"
import type { Stockbook } from "../Stockbook.ts"
import type { HoldTarget } from "../stock/Command.ts"
import type { Ask } from "./ask.ts"
import { toHold } from "./Outcome.ts"
import type { CostQueries, HistoryQueries, StockQueries } from "./Queries.ts"

type CountTarget = Parameters<History["Service"]["variance"]>[1]
type OfItem = { readonly item: ItemId }
type At = { readonly at?: number | undefined }

const rows = 100

/** The page that a filter asks for. */
const pageOf = ({ after, limit = rows, offset, order = "newest" }: Partial<Page>): Page => ({
  after,
  limit,
  offset,
  order
})

/** A filter of an organization without its page. */
const within = <Filter extends object>(organization: OrganizationId, filter: Filter & Partial<Page>) => {
  const { after: _, limit: __, offset: ___, order: ____, ...rest } = filter
  return { ...rest, organization }
}

/** An organization's queries as methods. */
export const queriesOver = (
  context: Context.Context<Stockbook>,
  organization: OrganizationId,
  ask: Ask
): StockQueries & { readonly costs: CostQueries; readonly history: HistoryQueries } => {
  const stock = Context.get(context, Stock.StockQueries)
  const costs = Context.get(context, Costs.CostQueries)
  const history = Context.get(context, History)

  return {
    stock: (item, options) => ask({ item }, ({ item }: OfItem) => stock.stock(organization, item), options),
    balanceAsOf: (item, at, options) =>
      ask({ item, at }, ({ item }: OfItem & At) => stock.balanceAsOf(organization, item, at), options),
    hold: async (target, options) => {
      const hold = await ask(target, (target: HoldTarget) => stock.hold(organization, target), options)
      return hold === null ? null : toHold(hold)
    },
    holds: async (filter = {}, options) => {
      const input = within(organization, filter)
      return (await ask(input, (asked: HoldFilter) => stock.holds(asked, pageOf(filter)), options)).map(toHold)
    },
    expiringHolds: async ({ within, limit = 100 }, options) => {
      const found = await ask({}, () => stock.expiringHolds(organization, { within, limit }), options)
      return found.map(toHold)
    },
    movements: (filter = {}, options) => {
      const input = within(organization, filter)
      return ask(input, (asked: MovementFilter) => stock.movements(asked, pageOf(filter)), options)
    },
    countMovements: (filter = {}, options) =>
      ask(within(organization, filter), (asked: MovementFilter) => stock.countMovements(asked), options),
    document: (target, options) =>
      ask(target, (target: DocumentTarget) => stock.document(organization, target), options),
    documents: (filter = {}, options) => {
      const input = within(organization, filter)
      return ask(input, (asked: DocumentFilter) => stock.documents(asked, pageOf(filter)), options)
    },
    countDocuments: (filter = {}, options) =>
      ask(within(organization, filter), (asked: DocumentFilter) => stock.countDocuments(asked), options),
    orderTotals: (options) => ask({}, () => stock.orderTotals(organization), options),
    serial: (item, serial, options) =>
      ask(
        { item, serial },
        ({ item }: OfItem & { readonly serial: string }) => stock.serial(organization, item, serial),
        options
      ),
    rebuild: (options) => ask({}, () => Context.get(context, Projections).rebuild(organization), options),
    verify: (options) => ask({}, () => stock.verify(organization), options),
    costs: {
      item: (item, at, options) =>
        ask({ item, at }, ({ item }: OfItem & At) => costs.item(organization, item, at), options),
      total: (at, options) => ask({ at }, (_: At) => costs.total(organization, at), options),
      ofGoodsSold: (item, period, options) =>
        ask(
          { item, ...period },
          ({ item, ...asked }: OfItem & Costs.Period) => costs.costOfGoods(organization, item, asked),
          options
        )
    },
    history: {
      totalsAsOf: (at, { after, limit = rows } = {}, options) =>
        ask({}, () => history.totalsAsOf(organization, at, { after, limit }), options),
      leavesAsOf: (at, { after, limit = rows, location } = {}, options) =>
        ask(
          { after, limit, location },
          (page: ItemPage & { readonly location?: LocationId | undefined }) =>
            history.leavesAsOf(organization, at, page),
          options
        ),
      statement: (item, period, { after, limit = rows } = {}, options) =>
        ask({ item }, ({ item }: OfItem) => history.statement(organization, item, period, { after, limit }), options),
      statistics: (item, period, options) =>
        ask({ item }, ({ item }: OfItem) => history.statistics(organization, item, period), options),
      flows: (filter = {}, options) =>
        ask(within(organization, filter), (asked: MovementFilter) => history.flows(asked), options),
      variance: (count, options) => ask(count, (count: CountTarget) => history.variance(organization, count), options)
    }
  }
}
