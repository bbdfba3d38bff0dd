import * as Client from "@effect/sql-pg/PgClient"
import { PgClient } from "@effect/sql-pg/PgClient"
import { Effect, Layer, Redacted } from "effect"
import { distribute, PgStore } from "../../src/index.ts"

/** What takes the place of Citus's function: it notes what it is asked for, and leaves the table as it is. */
const standIn = [
  "CREATE TABLE public.pg_spread (relation regclass, by_column text, beside text)",
  `CREATE FUNCTION public.create_distributed_table(relation regclass, by_column text, colocate_with text DEFAULT NULL)
    RETURNS void LANGUAGE sql BEGIN ATOMIC
      INSERT INTO public.pg_spread VALUES (relation, by_column, colocate_with);
    END`
]

/** Migrates a database and spreads its tables, in name only. */
export const spread = (url: string): Effect.Effect<void> =>
  Effect.scoped(Layer.build(Layer.fresh(PgStore.layer({ url })))).pipe(
    Effect.andThen(
      PgClient.use((sql) => Effect.forEach([...standIn, ...distribute()], (statement) => sql.unsafe(statement)))
    ),
    Effect.provide(Client.layer({ url: Redacted.make(url), maxConnections: 1 })),
    Effect.orDie,
    Effect.asVoid
  )
