import { Context } from "effect"
import type { OrganizationId } from "../catalog/Organization.ts"
import * as Costs from "../ledger/CostQueries.ts"
import { History } from "../ledger/History.ts"
import type { Page } from "../ledger/LedgerDriver.ts"
import { Projections } from "../ledger/Projections.ts"
import * as Stock from "../ledger/StockQueries.ts"
import type { Stockbook } from "../Stockbook.ts"
import type { Ask } from "./ask.ts"
import { said } from "./inputs/options.ts"
import { nothing } from "./inputs/parts.ts"
import { checkQuery as known } from "./inputs/queries.ts"
import { toHold } from "./Outcome.ts"
import type { AskedPage, CostQueries, HistoryQueries, StockQueries } from "./Queries.ts"

const rows = 100

/** The page that a filter asks for. */
const pageOf = ({ after, limit = rows, offset, order = "newest" }: AskedPage): Page => ({
  after,
  limit,
  offset,
  order
})

/** An organization's queries as methods. */
export const queriesOver = (
  context: Context.Context<Stockbook>,
  organization: OrganizationId,
  ask: Ask
): StockQueries & { readonly costs: CostQueries; readonly history: HistoryQueries } => {
  const stock = Context.get(context, Stock.StockQueries)
  const costs = Context.get(context, Costs.CostQueries)
  const history = Context.get(context, History)

  /** A filter of the organization without its page. */
  const within = <Filter extends object>(filter: Filter & AskedPage) => {
    const { after: _, limit: __, offset: ___, order: ____, ...rest } = filter
    return { ...rest, organization }
  }

  return {
    stock: (item, options) =>
      ask(known.item({ item }), said.call(options), ({ item }) => stock.stock(organization, item)),
    balanceAsOf: (item, at, options) =>
      ask(known.itemAt({ item, at }), said.call(options), ({ item, at }) => stock.balanceAsOf(organization, item, at)),
    hold: async (target, options) => {
      const hold = await ask(known.target(target), said.call(options), (target) => stock.hold(organization, target))
      return hold === null ? null : toHold(hold)
    },
    holds: async (filter = {}, options) => {
      const found = await ask(known.holds(filter), said.call(options), (asked) =>
        stock.holds(within(asked), pageOf(asked))
      )
      return found.map(toHold)
    },
    expiringHolds: async (window, options) => {
      const found = await ask(known.expiring(window), said.call(options), ({ within, limit = rows }) =>
        stock.expiringHolds(organization, { within, limit })
      )
      return found.map(toHold)
    },
    movements: (filter = {}, options) =>
      ask(known.movements(filter), said.call(options), (asked) => stock.movements(within(asked), pageOf(asked))),
    countMovements: (filter = {}, options) =>
      ask(known.movements(filter), said.call(options), (asked) => stock.countMovements(within(asked))),
    document: (target, options) =>
      ask(known.document(target), said.call(options), (target) => stock.document(organization, target)),
    documents: (filter = {}, options) =>
      ask(known.documents(filter), said.call(options), (asked) => stock.documents(within(asked), pageOf(asked))),
    countDocuments: (filter = {}, options) =>
      ask(known.documents(filter), said.call(options), (asked) => stock.countDocuments(within(asked))),
    orderTotals: (options) => ask(nothing, said.call(options), () => stock.orderTotals(organization)),
    serial: (item, serial, options) =>
      ask(known.serial({ item, serial }), said.call(options), ({ item, serial }) =>
        stock.serial(organization, item, serial)
      ),
    rebuild: (options) =>
      ask(nothing, said.call(options), () => Context.get(context, Projections).rebuild(organization)),
    verify: (options) => ask(nothing, said.call(options), () => stock.verify(organization)),
    costs: {
      item: (item, at, options) =>
        ask(known.itemMaybeAt({ item, at }), said.call(options), ({ item, at }) => costs.item(organization, item, at)),
      total: (at, options) => ask(known.maybeAt({ at }), said.call(options), ({ at }) => costs.total(organization, at)),
      ofGoodsSold: (item, period, options) =>
        ask(known.period({ item, period }), said.call(options), ({ item, period }) =>
          costs.costOfGoods(organization, item, period)
        )
    },
    history: {
      totalsAsOf: (at, page = {}, options) =>
        ask(known.itemsAt({ at, page }), said.call(options), ({ at, page }) =>
          history.totalsAsOf(organization, at, { ...page, limit: page.limit ?? rows })
        ),
      leavesAsOf: (at, page = {}, options) =>
        ask(known.leavesAt({ at, page }), said.call(options), ({ at, page }) =>
          history.leavesAsOf(organization, at, { ...page, limit: page.limit ?? rows })
        ),
      statement: (item, period, page = {}, options) =>
        ask(known.statement({ item, period, page }), said.call(options), ({ item, period, page }) =>
          history.statement(organization, item, period, { ...page, limit: page.limit ?? rows })
        ),
      statistics: (item, period, options) =>
        ask(known.period({ item, period }), said.call(options), ({ item, period }) =>
          history.statistics(organization, item, period)
        ),
      flows: (filter = {}, options) =>
        ask(known.movements(filter), said.call(options), (asked) => history.flows(within(asked))),
      variance: (count, options) =>
        ask(known.count(count), said.call(options), (count) => history.variance(organization, count))
    }
  }
}
