import type { TestProject } from "vitest/node"
import { startServer } from "./TestServer.ts"

declare module "vitest" {
  interface ProvidedContext {
    /** The Postgres server of this run, without a database: `postgres://user@host:port`. */
    readonly postgres: string
  }
}

/** One server for the whole run; `TEST_DATABASE_URL` names one that is there already, whose user may make databases. */
export default async (project: TestProject): Promise<() => Promise<void>> => {
  const given = process.env["TEST_DATABASE_URL"]
  if (given !== undefined && given !== "") {
    project.provide("postgres", given)
    return async () => {}
  }
  const server = await startServer()
  project.provide("postgres", server.url)
  return server.stop
}
