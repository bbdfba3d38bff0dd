import type { IdentityDriver, Store } from "@stockbook/core"
import { Stockbook } from "@stockbook/core"
import { type Effect, Layer, ManagedRuntime } from "effect"
import type { DatabaseAddress } from "./DatabaseAddress.ts"

/** Why a database could not be opened. */
export interface OpenFailure {
  readonly _tag: string
  readonly message: string
}

/** A store of this address, which is made and migrated when need be, or must have been (`migrated`). */
export const storeAt = async (
  address: DatabaseAddress,
  { migrated }: { readonly migrated: boolean }
): Promise<Layer.Layer<Store | IdentityDriver, OpenFailure>> => {
  // Who keeps the stock in a file does not wait for the Postgres driver to be read.
  if (address._tag === "Postgres") {
    const { PgStore } = await import("@stockbook/adapter-pg")
    return (migrated ? PgStore.layerWithoutMigrations : PgStore.layer)({ url: address.url })
  }
  const { SqliteStore } = await import("@stockbook/adapter-sqlite")
  return (migrated ? SqliteStore.layerWithoutMigrations : SqliteStore.layer)({ filename: address.filename })
}

/** What a command works with: the library's services, and the store under them. */
export type Opened = Stockbook.Stockbook | Store | IdentityDriver

/** Runs a program over the database of an address and lets go of it. Holds and batches are left to those who serve. */
export const inDatabase = async <A, E>(
  address: DatabaseAddress,
  program: Effect.Effect<A, E, Opened>,
  options: { readonly migrated: boolean } = { migrated: true }
): Promise<A> => {
  const store = await storeAt(address, options)
  const runtime = ManagedRuntime.make(Stockbook.layer().pipe(Layer.provideMerge(store)))
  try {
    return await runtime.runPromise(program)
  } finally {
    await runtime.dispose()
  }
}
