import { Context, Effect, Layer, Result } from "effect"
import type { ItemId } from "../catalog/Item.ts"
import type { KitComponent } from "../catalog/Kit.ts"
import type { LocationId } from "../catalog/Location.ts"
import type { OrganizationId } from "../catalog/Organization.ts"
import type { CommandInput } from "../engine/StockEngine.ts"
import { validator } from "../engine/validate.ts"
import { toState } from "../engine/workingState.ts"
import { footprintOf } from "../rules/Footprint.ts"
import { fold } from "../rules/fold.ts"
import type { StockState } from "../rules/State.ts"
import { Command, type Line } from "../stock/Command.ts"
import { Quantity } from "../stock/Quantity.ts"
import { InvalidInput, type Rejection } from "../stock/Rejection.ts"
import { Store } from "../store/Store.ts"
import type { StoreError } from "../store/StoreError.ts"
import { type PlannedLine, planned, timesOver } from "./planned.ts"

/** A line as callers write it. */
export type LineInput = Extract<CommandInput, { readonly _tag: "Issue" }>["lines"][number]

/** What one of the lines asked for could have. */
export interface LineAvailability extends PlannedLine {
  /** Of a kit, what its components could have; empty of any other item. */
  readonly components: ReadonlyArray<PlannedLine & { readonly item: ItemId }>
}

/**
 * Whether lines can be had, by the planner that reserves and issues: what is expired, quarantined, held or not sellable
 * counts as little here as there. Answers are of one committed state, read under the items' locks, and hold until the
 * next command.
 */
export class Availability extends Context.Service<
  Availability,
  {
    /** What each line could have beside those before it. A kit's units are those all of its components suffice for. */
    readonly check: (
      organization: OrganizationId,
      lines: ReadonlyArray<LineInput>
    ) => Effect.Effect<ReadonlyArray<LineAvailability>, Rejection | StoreError>
    /** How many units of a kit its components suffice for, at a location and all in it, or over all. */
    readonly ofKit: (
      organization: OrganizationId,
      kit: ItemId,
      location?: LocationId
    ) => Effect.Effect<number, Rejection | StoreError>
    /**
     * Lines with kits replaced by their components, for a command: `Reserve` and `Issue` of what it answers are atomic,
     * so a kit is had whole or not at all, and a hold lists the components.
     */
    readonly expand: (
      organization: OrganizationId,
      lines: ReadonlyArray<LineInput>
    ) => Effect.Effect<readonly [Line, ...Array<Line>], InvalidInput | StoreError>
  }
>()("@stockbook/core/availability/Availability") {
  static readonly layer: Layer.Layer<Availability, never, Store> = Layer.effect(
    Availability,
    Effect.map(Store, ({ stock, catalog }) => {
      /** The state these lines are decided on, with what is due done, for `read`; nothing is written. */
      const under = <A>(
        organization: OrganizationId,
        lines: readonly [Line, ...Array<Line>],
        read: (state: StockState) => Result.Result<A, Rejection>
      ) =>
        Effect.suspend(() => {
          const command: Command = { _tag: "Issue", organization, lines }
          const footprint = footprintOf([{ command, key: null }])
          let answer: Result.Result<A, Rejection> | undefined
          const look = stock.transact(footprint, (loaded) => {
            const state = toState(loaded, footprint)
            fold(state, [], new Map(), loaded.now)
            answer = read(state)
            return null
          })
          return Effect.flatMap(look, () =>
            answer === undefined
              ? Effect.die("The store read nothing")
              : Result.isSuccess(answer)
                ? Effect.succeed(answer.success)
                : Effect.fail(answer.failure)
          )
        })

      const parts = Effect.fnUntraced(function* (organization: OrganizationId, input: ReadonlyArray<unknown>) {
        const lines = yield* decode(organization, input)
        const known = new Map<ItemId, ReadonlyArray<KitComponent>>()
        for (const { item } of lines) {
          if (!known.has(item)) known.set(item, yield* catalog.components(organization, item))
        }
        const expanded: Array<{ readonly line: Line; readonly of: number }> = []
        for (const [of, line] of lines.entries()) {
          const components = known.get(line.item) ?? []
          if (components.length === 0) expanded.push({ line, of })
          for (const component of components) expanded.push({ line: yield* componentLine(line, component, of), of })
        }
        return { lines, expanded }
      })

      return Availability.of({
        expand: (organization, input) =>
          Effect.flatMap(parts(organization, input), ({ expanded: [first, ...rest] }) =>
            first === undefined
              ? Effect.die("Lines are at least one")
              : Effect.succeed([first.line, ...rest.map(({ line }) => line)] as const)
          ),
        check: Effect.fn("Availability.check")(function* (organization, input) {
          const { lines, expanded } = yield* parts(organization, input)
          const [first, ...rest] = expanded.map(({ line }) => line)
          if (first === undefined) return []
          const wanted = [first, ...rest] as const
          const plans = yield* under(organization, wanted, (state) => planned(state, organization, wanted))
          return lines.map((line, index): LineAvailability => {
            const own = expanded.flatMap(({ line: part, of }, at) => {
              const plan = of === index ? plans[at] : undefined
              return plan === undefined ? [] : [{ ...plan, item: part.item }]
            })
            const [only] = own
            if (own.length === 1 && only?.item === line.item) return { ...only, components: [] }
            const whole = Math.min(
              ...own.map(({ available, requested }) => Math.floor((available / requested) * line.quantity))
            )
            const available = own.length === 0 ? 0 : whole
            return { requested: line.quantity, available, short: line.quantity - available, picks: [], components: own }
          })
        }),
        ofKit: Effect.fn("Availability.ofKit")(function* (organization, kit, location) {
          const place = location === undefined ? {} : { location }
          const { expanded } = yield* parts(organization, [{ item: kit, quantity: 1, ...place }])
          const [first, ...rest] = expanded.map(({ line }) => line)
          if (first === undefined) return 0
          const wanted = [first, ...rest] as const
          return yield* under(organization, wanted, (state) => timesOver(state, organization, wanted))
        })
      })
    })
  )
}

const command = validator(Command)

const decode = (organization: OrganizationId, lines: ReadonlyArray<unknown>) => {
  const decoded = command({ _tag: "Issue", organization, lines })
  if (Result.isFailure(decoded)) return Effect.fail(decoded.failure)
  return decoded.success._tag === "Issue" ? Effect.succeed(decoded.success.lines) : Effect.die("Decoded something else")
}

const componentLine = (line: Line, { item, variation, quantity }: KitComponent, index: number) => {
  const units = line.quantity * quantity
  if (!Number.isSafeInteger(units)) {
    const message = `Expected no more than ${Math.floor(Number.MAX_SAFE_INTEGER / quantity)} of this kit`
    return Effect.fail(new InvalidInput({ issues: [{ path: ["lines", index, "quantity"], message }] }))
  }
  const made: Line = {
    item,
    quantity: Quantity.make(units, { disableChecks: true }),
    ...(variation === null ? {} : { variation }),
    ...(line.location === undefined ? {} : { location: line.location })
  }
  return Effect.succeed(made)
}
