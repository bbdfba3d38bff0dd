import { type CommandError, StockEngine } from "@stockbook/core"
import { Context, Duration, Effect, Layer, Schema } from "effect"

/** What was asked for is not there. Units. */
export class SoldOut extends Schema.TaggedError<SoldOut>()("SoldOut", {
  available: Schema.Number,
  requested: Schema.Number
}) {}

export interface Order {
  readonly organization: number
  readonly reference: string
  readonly item: number
  readonly quantity: number
}

/** The shop's own words over the engine's. */
export class Checkout extends Context.Service<
  Checkout,
  {
    /** Keeps the units for the order for 15 minutes, and answers how many are left. */
    readonly place: (order: Order) => Effect.Effect<number, SoldOut | CommandError>
    /** Paid and sent. */
    readonly complete: (order: Order) => Effect.Effect<void, CommandError>
  }
>()("@stockbook-example/effect-service/Checkout") {
  static readonly layer = Layer.effect(
    Checkout,
    Effect.map(StockEngine, (engine) => ({
      place: Effect.fn("Checkout.place")(
        function* ({ organization, reference, item, quantity }: Order) {
          const { items } = yield* engine.execute({
            _tag: "Reserve",
            organization,
            reference,
            lines: [{ item, quantity }],
            expiresIn: Duration.toMillis("15 minutes")
          })
          return items[0]?.available ?? 0
        },
        Effect.catchTag("InsufficientStock", ({ available, requested }) =>
          Effect.fail(new SoldOut({ available, requested }))
        )
      ),
      complete: Effect.fn("Checkout.complete")(function* ({ organization, reference }: Order) {
        // Both or neither.
        yield* engine.execute({
          _tag: "Linked",
          organization,
          commands: [
            { _tag: "Commit", organization, hold: { reference } },
            { _tag: "Fulfil", organization, hold: { reference } }
          ]
        })
      })
    }))
  )
}
