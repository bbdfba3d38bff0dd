import type { OrganizationId } from "@stockbook/core"
import { Effect } from "effect"
import { CurrentReach, type Reach } from "./Reach.ts"

/** What a call is given first when it says so of which organization it is. */
type Named = OrganizationId | { readonly organization: OrganizationId }

type NamesItself<F> = F extends (first: infer First, ...rest: ReadonlyArray<never>) => unknown
  ? [First] extends [Named]
    ? true
    : false
  : false

type Unnamed<D> = { [K in keyof D]: NamesItself<D[K]> extends true ? never : K }[keyof D]

/**
 * The reach of exactly those calls of a driver whose first argument is not an organization and has none: the compiler
 * knows when one is missing, or here for no reason.
 */
export type Reaches<D> = {
  readonly [K in Unnamed<D>]: D[K] extends (...args: infer Args) => unknown ? Reach | ((...args: Args) => Reach) : Reach
}

type Member = Effect.Effect<unknown, unknown> | ((...args: Array<unknown>) => Effect.Effect<unknown, unknown>)

/** A driver each of whose calls reaches the rows of its organization and no others, but for those of `reaches`. */
export const fenced = <D extends object>(driver: D, reaches: Reaches<D>): D => {
  const said = new Map<string, unknown>(Object.entries(reaches))
  const reachOf = (name: string, args: ReadonlyArray<unknown>): Reach => {
    const found = said.get(name)
    return (
      found === undefined ? organizationOf(args[0]) : typeof found === "function" ? found(...args) : found
    ) as Reach
  }
  const fence = ([name, member]: [string, Member]) => [
    name,
    Effect.isEffect(member)
      ? Effect.provideService(member, CurrentReach, reachOf(name, []))
      : (...args: Array<unknown>) => Effect.provideService(member(...args), CurrentReach, reachOf(name, args))
  ]
  // The checked boundary: drivers are records of effects and of functions that answer with one, with these arguments.
  return Object.fromEntries(Object.entries(driver).map(fence)) as D
}

const organizationOf = (first: unknown): unknown =>
  typeof first === "object" && first !== null && "organization" in first ? first.organization : first
