import type { Ability } from "@stockbook/core"
import { Context } from "effect"
import { OpenApi } from "effect/http-api"
import { RequiredAbility } from "../identity/Authorization.ts"

/** What an endpoint behind `Authorization` does, for its document, and what a user must be able to do to use it. */
export const operation = (summary: string, ability: Ability) =>
  Context.make(OpenApi.Summary, summary).pipe(Context.add(RequiredAbility, ability))
