import { Schema } from "effect"
import { HttpApiEndpoint, HttpApiGroup, HttpApiSchema, OpenApi } from "effect/http-api"
import { BooleanParam } from "../../fields/Flag.ts"
import { IntegerParam } from "../../fields/Integer.ts"
import { pageAndSize, pagedView } from "../../fields/Page.ts"
import { Text } from "../../fields/Text.ts"
import { Authorization } from "../../identity/Authorization.ts"
import { BadRequest, NotFound, TooManyRequests, Unavailable } from "../../problems/Problem.ts"
import { operation } from "../operation.ts"
import { EventPage } from "./EventRow.ts"
import { HoldRow } from "./HoldRow.ts"
import { LedgerRow } from "./LedgerRow.ts"
import { StockRow } from "./StockRow.ts"

/** Cursors as the stores give them. */
const Cursor = Schema.String.check(Schema.isPattern(/^(\d{1,9}:\d{1,18}:)?\d{1,15}$/))

/** How far ahead holds are looked for, when nothing is said: an hour, in seconds. */
export const DEFAULT_WITHIN = 3600
/** How many rows, when nothing is said. */
export const DEFAULT_LIMIT = 100

const limit = Schema.optionalKey(
  IntegerParam.check(Schema.isBetween({ minimum: 1, maximum: 500 })).annotate({ default: DEFAULT_LIMIT })
)

const stock = HttpApiEndpoint.get("stock", "/stock", {
  query: {
    ...pageAndSize,
    search: Schema.optionalKey(Text.annotate({ description: "A part of the name, SKU, barcode or description." })),
    low_stock: Schema.optionalKey(BooleanParam.annotate({ default: false })),
    warehouse_id: Schema.optionalKey(IntegerParam.annotate({ description: "Only what has stock on hand there." }))
  },
  success: pagedView(StockRow),
  error: [Unavailable]
}).annotateMerge(operation("The stock of products by location, by name", "read stock"))

const history = HttpApiEndpoint.get("history", "/products/:product_id/history", {
  params: { product_id: IntegerParam },
  query: {
    limit,
    before: Schema.optionalKey(
      IntegerParam.check(Schema.isGreaterThanOrEqualTo(1)).annotate({
        description: "Only movements with a lower id: the `next` of the page before."
      })
    )
  },
  success: Schema.Struct({
    product_id: Schema.Int,
    product_name: Schema.String,
    items: Schema.Array(LedgerRow),
    next: Schema.NullOr(Schema.Int)
  }),
  error: [NotFound, Unavailable]
}).annotateMerge(operation("A product's movements and what each left, newest first", "read stock"))

const holds = HttpApiEndpoint.get("holds", "/holds", {
  query: {
    within: Schema.optionalKey(
      IntegerParam.check(Schema.isBetween({ minimum: 1, maximum: 31_536_000 })).annotate({
        default: DEFAULT_WITHIN,
        description: "Seconds from now."
      })
    ),
    limit
  },
  success: Schema.Array(HoldRow),
  error: [Unavailable]
}).annotateMerge(operation("Holds that expire soon, the soonest first", "read orders"))

const events = HttpApiEndpoint.get("events", "/events", {
  query: {
    after: Schema.optionalKey(
      Cursor.annotate({ description: "The `cursor` of the answer before; from now on without." })
    )
  },
  headers: {
    "last-event-id": Schema.optionalKey(
      Cursor.annotate({ description: "Likewise, as clients of event streams say it." })
    )
  },
  success: [EventPage, HttpApiSchema.StreamUint8Array({ contentType: "text/event-stream" })],
  error: [BadRequest, TooManyRequests, Unavailable]
})
  .annotateMerge(operation("What happens: movements, low stock, changes of products and locations", "read orders"))
  .annotate(
    OpenApi.Description,
    "With `Accept: text/event-stream` a stream that goes on, of messages whose `id` is a cursor and whose `data` is " +
      "what the answer without it is: `{events, cursor}`. A comment every 15 seconds says that it lives. It ends after " +
      "five minutes, so that a token that has expired is not served: go on with `Last-Event-ID`, and nothing is missed. " +
      "Five streams at a time for each user."
  )

/** What a person who looks at the stock wants to see, in any organization of users. */
export const OverviewGroup = HttpApiGroup.make("overview.stock")
  .add(stock, history, holds, events)
  .middleware(Authorization)
  .prefix("/overview")
  .annotateMerge(OpenApi.annotations({ title: "Overview" }))
