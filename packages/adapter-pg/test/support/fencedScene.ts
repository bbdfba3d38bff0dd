import type { PgClient as Client } from "@effect/sql-pg/PgClient"
import { PgClient } from "@effect/sql-pg/PgClient"
import { Stockbook } from "@stockbook/core"
import { Effect, Exit, Layer, Scope } from "effect"
import { afterAll, beforeAll } from "vitest"
import { layerClient } from "../../src/client/connect.ts"
import { sessionOf } from "../../src/client/Session.ts"
import { CurrentReach, type Reach } from "../../src/fence/Reach.ts"
import { PgStore } from "../../src/index.ts"
import { runAs } from "./admin.ts"
import { freshDatabase } from "./database.ts"
import { type Clerk, clerkOf, dismiss, fence } from "./fenced.ts"
import { type Furnished, furnished } from "./furnished.ts"

/** A database with row-level security and two organizations in it. */
export interface FencedScene {
  /** As a superuser, whom nothing holds back. */
  readonly url: string
  readonly clerk: Clerk
  /** A role that is like the clerk, but has BYPASSRLS. */
  readonly trespasser: Clerk
  readonly one: Furnished
  readonly other: Furnished
  /** Every table with rows of an organization, and the column that says of which, by the catalogue. */
  readonly tables: ReadonlyArray<readonly [table: string, column: string]>
}

/** Makes the scene for the tests of a file. */
export const fencedScene = (): (() => FencedScene) => {
  const scope = Scope.makeUnsafe()
  let scene: FencedScene | null = null
  beforeAll(async () => {
    const url = await Effect.runPromise(Scope.provide(freshDatabase, scope))
    const clerk = await Effect.runPromise(fence(url))
    const trespasser = await clerkOf(url, "BYPASSRLS")
    const store = PgStore.layerWithoutMigrations({ url: clerk.url, rowLevelSecurity: true })
    const founded = Effect.all([furnished("one"), furnished("other")])
    const [one, other] = await Effect.runPromise(
      Effect.provide(founded, Stockbook.layer().pipe(Layer.provideMerge(store)))
    )
    await allEnded(url)
    scene = { url, clerk, trespasser, one, other, tables: await tablesOf(url) }
  })
  afterAll(async () => {
    if (scene !== null) {
      await dismiss(scene.url, scene.clerk)
      await dismiss(scene.url, scene.trespasser)
    }
    await Effect.runPromise(Scope.close(scope, Exit.void))
  })
  return () => {
    if (scene === null) throw new Error("The scene is not there yet")
    return scene
  }
}

/** Waits until every transaction that began before has ended, in whatever database: until then the feed is held up. */
const allEnded = (url: string): Promise<void> =>
  runAs(url, [
    `DO $$
      DECLARE
        begun xid8 := pg_snapshot_xmax(pg_current_snapshot());
      BEGIN
        WHILE pg_snapshot_xmin(pg_current_snapshot()) < begun LOOP
          COMMIT;
          PERFORM pg_sleep(0.01);
        END LOOP;
      END $$`
  ])

/** Takes the triggers away that refuse changes whosever they are, so that nothing but the fence is left. */
export const withoutGuards = ({ url, tables }: FencedScene): Promise<void> =>
  runAs(
    url,
    tables.map(([table]) => `ALTER TABLE ${table} DISABLE TRIGGER USER`)
  )

/** Runs statements as the adapter does: in its session, within a reach. */
export const within = <A, E>(url: string, reach: Reach, body: (sql: Client) => Effect.Effect<A, E>): Promise<A> =>
  Effect.runPromise(
    PgClient.use((sql) =>
      sessionOf(sql, { sharded: false, fenced: true }, null)
        .write(body(sql))
        .pipe(Effect.provideService(CurrentReach, reach))
    ).pipe(Effect.provide(layerClient({ url, maxConnections: 1 }), { local: true }))
  )

const tablesOf = (url: string) =>
  within(url, "none", (sql) =>
    Effect.map(
      sql<{ readonly table: string; readonly column: string }>`SELECT table_name AS table, column_name AS column
        FROM information_schema.columns WHERE table_schema = 'stockbook'
          AND (column_name = 'organization' OR (table_name = 'organizations' AND column_name = 'id'))
        ORDER BY table_name`,
      (rows) => rows.map(({ table, column }) => [table, column] as const)
    )
  )
