import {
  type Actor,
  type Catalog,
  type CommandInput,
  can,
  DocumentId,
  type IdentityDriver,
  ItemId,
  type Order,
  type OrderSide,
  type Partner,
  PartnerId,
  type StockEngine,
  type StockQueries
} from "@stockbook/core"
import { Effect } from "effect"
import { once, onceUnchangedItem } from "../../exchange/CurrentWrite.ts"
import { rowsOf } from "../../fields/Page.ts"
import { periodOf } from "../../fields/Period.ts"
import { type OrderNotice, type OrderRecipient, outgoingOrderStatusChanged } from "../../notifications/orderNotices.ts"
import { Forbidden, NotFound } from "../../problems/Problem.ts"
import { doneBy } from "../doneBy.ts"
import { ledgerRows } from "../ledgerRows.ts"
import { searched } from "./searched.ts"

/** What orders of both sides are handled with. */
export interface Ordering {
  readonly catalog: Catalog["Service"]
  readonly engine: StockEngine["Service"]
  readonly queries: StockQueries["Service"]
  readonly users: IdentityDriver["Service"]
}

interface OrderQuery extends NonNullable<Parameters<typeof rowsOf>[0]> {
  readonly search?: string
  readonly status?: Order["status"]
  readonly product_id?: number
}

type Place = Extract<CommandInput, { readonly _tag: "PlaceOrder" }>

/** What E does with incoming and outgoing orders alike. */
export const ordersOf = (side: OrderSide, { catalog, engine, queries, users }: Ordering) => {
  const kind = side === "incoming" ? "supplier" : "customer"
  const missing = () =>
    new NotFound({ detail: `${side === "incoming" ? "Incoming" : "Outgoing"} order with the specified ID not found` })

  /** Whose orders somebody may see: `undefined` for everybody's; suppliers and customers see their own. */
  const seenBy = ({
    organization,
    role,
    user
  }: Actor): Effect.Effect<PartnerId | null | undefined, Forbidden | Failed> => {
    if (can(role, "read orders")) return Effect.succeed(undefined)
    if (role !== kind) return forbidden()
    return user === null
      ? Effect.succeed(null)
      : Effect.map(catalog.partnerOf(organization, kind, user), (own) => own?.id ?? null)
  }

  const find = Effect.fnUntraced(function* (actor: Actor, id: number) {
    const seen = yield* seenBy(actor)
    const order = id > 0 ? yield* queries.document(actor.organization, { id: DocumentId.make(id) }) : null
    if (order === null || !("side" in order) || order.side !== side) return yield* missing()
    return seen === undefined || seen === order.partner ? order : yield* missing()
  })

  /** What an order is of, deleted or not. */
  const partsOf = Effect.fnUntraced(function* ({ organization, item, batch, partner }: Order) {
    return {
      item: yield* catalog.item(organization, item),
      batch: yield* catalog.batch(organization, batch),
      partner: yield* catalog.partner(organization, partner)
    }
  })

  /** To whom an order is told: at its own address, or else at that of the user it is. */
  const recipient = ({ email, user, name, firstName, lastName }: Partner): Effect.Effect<OrderRecipient> =>
    Effect.map(email !== null || user === null ? Effect.succeed(null) : users.getUser(user), (known) => ({
      to: email ?? known?.email ?? null,
      name: name ?? ([firstName, lastName].filter((part) => part !== null).join(" ") || null)
    }))

  return {
    find,
    partsOf,
    recipient,
    list: Effect.fnUntraced(function* (actor: Actor, query: OrderQuery, partner: number | undefined) {
      const seen = yield* seenBy(actor)
      const wanted = partner === undefined ? undefined : PartnerId.make(partner)
      const others = seen === null || (seen !== undefined && wanted !== undefined && seen !== wanted)
      const { offset, limit } = rowsOf(query)
      const filter = {
        organization: actor.organization,
        kind: `${side}Order`,
        status: query.status,
        item: query.product_id === undefined ? undefined : ItemId.make(query.product_id),
        partner: seen ?? wanted,
        ...searched(query)
      } as const
      const rows = queries.documents(filter, { order: "oldest", offset, limit })
      const found = others ? [] : yield* ledgerRows({ offset, limit }, "skip", rows, queries.countDocuments(filter))
      const orders = found.filter((document): document is Order => "side" in document)
      return orders.length === 0 ? yield* new NotFound({ detail: `No ${side} orders found` }) : orders
    }),
    place: Effect.fnUntraced(function* (actor: Actor, order: Omit<Place, "_tag" | "organization" | "actor" | "side">) {
      const command = { _tag: "PlaceOrder", ...doneBy(actor), side, ...order } as const
      const { documents } = yield* engine.execute(command, yield* once())
      return orderIn(documents)
    }),
    close: Effect.fnUntraced(function* (actor: Actor, id: number, status: "completed" | "cancelled") {
      const order = yield* find(actor, id)
      const parts = yield* partsOf(order)
      const { item, partner } = parts
      if (item === null) return yield* missing()
      const facts = { product: item.name, quantity: order.quantity, status, previousStatus: "pending" }
      // Only a pending order has its status changed, so this is what it was, whatever was read.
      const notices: ReadonlyArray<OrderNotice> =
        side === "outgoing" && partner !== null ? outgoingOrderStatusChanged(yield* recipient(partner), facts) : []
      const { documents } = yield* engine.execute(
        {
          _tag: status === "completed" ? "CompleteOrder" : "CancelOrder",
          ...doneBy(actor),
          order: { id: order.id },
          notices
        },
        yield* onceUnchangedItem(item)
      )
      return { order: orderIn(documents), parts }
    })
  }
}

type Failed = Effect.Error<ReturnType<Catalog["Service"]["partner"]>>

/** The order that a command on one has made or moved on. */
const orderIn = (documents: ReadonlyArray<unknown>): Order => {
  const [order] = documents
  if (!isOrder(order)) throw new Error("A command on an order has an order for an outcome")
  return order
}

const isOrder = (document: unknown): document is Order =>
  typeof document === "object" && document !== null && "side" in document

/** The day an order is for, if it says one. */
export const dated = (date: string | null | undefined): { readonly date?: number } => {
  const period = periodOf(date ?? undefined)
  return period === undefined ? {} : { date: period.from }
}

/** 403, as everywhere. */
export const forbidden = () => new Forbidden({ detail: "Operation not permitted" })
