import type { Sample } from "./pgContestants.ts"
import { withClient } from "./pgServer.ts"

/** A recorded outcome of the engine's. */
export const sampleOf = (url: string): Promise<Sample> =>
  withClient(url, async (client) => {
    const { rows } = await client.query<Sample>(
      "SELECT fingerprint, outcome::text AS outcome FROM stockbook.idempotency ORDER BY at DESC LIMIT 1"
    )
    const [row] = rows
    if (row === undefined) throw new Error("The engine recorded nothing")
    return row
  })

/** Says whether everything reserved has its hold, its movement and its recorded outcome. */
export const reservedIn = (url: string, log: (line: string) => void): Promise<void> =>
  withClient(url, async (client) => {
    for (const schema of ["stockbook", "many"]) {
      await client.query(`SET search_path = ${schema}`)
      const { rows } = await client.query<Record<string, string>>(
        `SELECT (SELECT sum(reserved) FROM item_stock) AS items, (SELECT sum(reserved) FROM balances) AS balances,
          (SELECT count(*) FROM hold_lines) AS holds, (SELECT count(*) FROM idempotency) AS outcomes,
          (SELECT count(*) FROM movements WHERE cause = 'Reserve') AS movements`
      )
      log(`${schema}, reserved units: ${JSON.stringify(rows[0])}`)
    }
  })
