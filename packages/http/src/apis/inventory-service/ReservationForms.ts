import { Array as Arr, Schema, SchemaIssue } from "effect"
import { optional } from "../../fields/Optional.ts"
import { textOf } from "../../fields/Text.ts"
import { ProductReference } from "../ProductReference.ts"

const Units = Schema.Int.check(Schema.isGreaterThan(0))

/** The order something is held for: the caller's own name for it. */
const OrderId = Schema.Union([textOf(1, 200), Schema.Int])

const TEN_YEARS = 315_360_000

const Line = Schema.Struct({ product_id: ProductReference, quantity: Units })
type Line = typeof Line.Type

/** One product, or several under `items`. */
const what = {
  product_id: optional(ProductReference),
  quantity: optional(Units),
  items: optional(Schema.Array(Line).check(Schema.isMinLength(1), Schema.isMaxLength(1000)))
}

export interface What {
  readonly product_id?: ProductReference | null | undefined
  readonly quantity?: number | null | undefined
  readonly items?: ReadonlyArray<Line> | null | undefined
  readonly order_id?: string | number | null | undefined
}

const absent = (field: string) => ({ path: [field], issue: new SchemaIssue.MissingKey(undefined) })

const named = (form: What, required: ReadonlyArray<keyof What>) =>
  required.filter((field) => (form[field] ?? null) === null).map(absent)

const oneOrMany = (form: What) =>
  form.items == null
    ? named(form, ["product_id", "quantity"])
    : form.product_id == null && form.quantity == null
      ? named(form, ["order_id"])
      : [{ path: ["items"], issue: "either items, or product_id and quantity" }]

/** `POST /reserve`: units of one product, or of several for an order, all or nothing. */
export const ReserveForm = Schema.Struct({
  ...what,
  order_id: optional(OrderId),
  /** Seconds; forever when left out. */
  expires_in: optional(Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: TEN_YEARS })))
})
  .annotate({
    examples: [
      { product_id: 1, quantity: 2, order_id: "ORD-1001", expires_in: 900 },
      { order_id: "ORD-1002", items: [{ product_id: 1, quantity: 2 }] }
    ]
  })
  .check(Schema.makeFilter(oneOrMany))

/** `POST /release`: all that an order holds, a part of it, or units that were reserved for no order. */
export const ReleaseForm = Schema.Struct({ ...what, order_id: optional(OrderId) })
  .annotate({
    examples: [{ product_id: 1, quantity: 2 }, { order_id: "ORD-1001" }]
  })
  .check(
    Schema.makeFilter((form: What) =>
      form.order_id != null && form.items == null && form.product_id == null && form.quantity == null
        ? []
        : oneOrMany(form)
    )
  )

/** `POST /commit` and `POST /fulfil`: all that an order holds. */
export const OrderForm = Schema.Struct({ order_id: OrderId }).annotate({ examples: [{ order_id: "ORD-1001" }] })

/** The lines a form asks for; `null` when it means a whole order. */
export const linesOf = ({ items, product_id, quantity }: What): Arr.NonEmptyReadonlyArray<Line> | null => {
  if (items != null && Arr.isReadonlyArrayNonEmpty(items)) return items
  return product_id == null || quantity == null ? null : [{ product_id, quantity }]
}
