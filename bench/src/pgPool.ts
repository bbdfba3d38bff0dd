import { Client } from "pg"
import { type Measured, measured } from "./pgLoad.ts"
import { type Script, withSearchPath } from "./pgScript.ts"

/** Runs a script where there is no pgbench: as many `pg` clients, each with its statements prepared. */
export const runPool = async (
  url: string,
  schema: string,
  script: Script,
  clients: number,
  seconds: number
): Promise<Measured> => {
  const connections = await Promise.all(
    Array.from({ length: clients }, async () => {
      const client = new Client({ connectionString: url, options: withSearchPath(schema) })
      await client.connect()
      return client
    })
  )
  const prepared = script.statements.map(prepare)
  const latencies: Array<number> = []
  let failed = 0
  const started = performance.now()
  const end = started + seconds * 1000
  await Promise.all(
    connections.map(async (client) => {
      for (let before = performance.now(); before < end; ) {
        const done = await once(client, script, prepared).catch(() => false)
        const now = performance.now()
        if (done) latencies.push(now - before)
        else failed += 1
        before = now
      }
    })
  )
  const took = (performance.now() - started) / 1000
  await Promise.all(connections.map((client) => client.end()))
  const result = measured(latencies, failed, took)
  return { ...result, rate: result.rate * script.rows }
}

interface Prepared {
  readonly name: string
  readonly text: string
  readonly variables: ReadonlyArray<string>
}

const once = async (client: Client, script: Script, prepared: ReadonlyArray<Prepared>): Promise<boolean> => {
  let variables: Readonly<Record<string, unknown>> = { ...script.constants, item: script.pick() }
  for (const [n, { name, text, variables: names }] of prepared.entries()) {
    const values = names.map((variable) => variables[variable])
    const { rows } = await client.query<Record<string, unknown>>({ name, text, values })
    if (script.answers === n) variables = { ...variables, ...rows[0] }
  }
  return true
}

/** `:name` becomes `$1` and so on. */
const prepare = (statement: string, n: number): Prepared => {
  const variables: Array<string> = []
  const text = statement.replaceAll(/(?<!:):([a-z]+(?:_[a-z]+)*)/g, (_, name: string) => {
    if (!variables.includes(name)) variables.push(name)
    return `$${variables.indexOf(name) + 1}`
  })
  return { name: `by_hand_${n}_${text.length}`, text, variables }
}
