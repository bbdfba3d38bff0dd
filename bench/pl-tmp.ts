import { SqliteClient } from "@stockbook/adapter-sqlite"
import { Effect } from "effect"
import { itemPage } from "../packages/adapter-sqlite/src/catalog/itemQueries.ts"

const program = Effect.gen(function* () {
  const client = yield* SqliteClient.SqliteClient
  const page = itemPage(
    client,
    { organization: 1 as never, active: true, sort: "name_asc", offset: 1000, limit: 50 },
    1e13
  )
  for (const st of [page.count, page.rows]) {
    const [q, params] = st.compile()
    console.log(q, params)
    console.log(
      yield* client.transaction((d) => {
        d.raw.prepare(q).all(...(params as any))
        const t = performance.now()
        d.raw.prepare(q).all(...(params as any))
        return [
          performance.now() - t,
          d.raw
            .prepare("explain query plan " + q)
            .all(...(params as any))
            .map((r) => r.detail)
        ]
      })
    )
  }
})
await Effect.runPromise(program.pipe(Effect.provide(SqliteClient.layer({ filename: "/work/list.db" }))))
