import { PgStore } from "@stockbook/adapter-pg"
import { Effect, Layer } from "effect"
import { type FillSize, fillStatements } from "../../packages/adapter-pg/test/support/fill.ts"
import { withClient } from "./pgServer.ts"

export type Size = FillSize

/** The organization an item belongs to, and its default location. */
export const organizationOf = (size: Size, item: number): number => Math.floor((item - 1) / size.items) + 1
export const locationOf = (organization: number): number => organization * 2 - 1

/** Makes Stockbook's tables in a schema and fills them. */
export const fill = async (url: string, schema: string, size: Size, log: (line: string) => void): Promise<void> => {
  await Effect.runPromise(Effect.scoped(Effect.asVoid(Layer.build(PgStore.layer({ url, schema })))))
  await withClient(url, async (client) => {
    await client.query(`SET search_path = ${schema}`)
    for (const statement of fillStatements(size)) {
      const started = performance.now()
      await client.query(statement)
      const seconds = (performance.now() - started) / 1000
      if (seconds > 5) log(`  ${seconds.toFixed(0)} s: ${statement.trimStart().slice(0, 60).replaceAll(/\s+/g, " ")}…`)
    }
  })
}
