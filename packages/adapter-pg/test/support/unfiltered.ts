import type { PgClient } from "@effect/sql-pg/PgClient"
import { Effect } from "effect"
import type { Line } from "../../src/client/Line.ts"

/** Takes out of a statement what says of which organization the rows are that it reads or changes. */
export const withoutOrganization = (statement: string): string =>
  statement
    .replaceAll(/\b(?:\w+\.)?organization = (\$\d+)/g, "$1::bigint IS NOT NULL")
    .replaceAll(/\borganization(s\w*)? o ON o\.id = \w+\.id\b/g, "organization$1 o ON TRUE")
    .replaceAll(/\b\w+\.organization = \w+\.organization\b/g, "TRUE")

/** A line that sends statements without their organization. */
export const unfilteredLine = <L extends Line>(line: L): L =>
  Object.assign(Object.create(line), {
    execute: (statement, parameters, transform) => line.execute(withoutOrganization(statement), parameters, transform),
    executeRaw: (statement, parameters) => line.executeRaw(withoutOrganization(statement), parameters),
    executeValues: (statement, parameters) => line.executeValues(withoutOrganization(statement), parameters)
  } satisfies Line)

/** A client whose transactions send statements without their organization. */
export const unfilteredClient = (client: PgClient): PgClient =>
  new Proxy(client, {
    get: (target, name) => (name === "reserve" ? Effect.map(target.reserve, unfilteredLine) : Reflect.get(target, name))
  })
