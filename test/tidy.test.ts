import { describe, expect, it } from "vitest"
import { findings } from "../scripts/tidy.ts"

const rule = "packages/core/src/rules/reserve.ts"
const model = "packages/core/src/stock/Hold.ts"
const contract = "packages/core/src/testing/contract.ts"
const handler = "packages/http/src/router.ts"
const test = "packages/core/test/reserve.test.ts"

const lines = (count: number) => "const one = 1\n".repeat(count)

describe("tidy", () => {
  it.each([
    ["400 lines", model, lines(400)],
    ["a long test", test, lines(401)],
    ["a relative import", model, 'import { Quantity } from "./Quantity.ts"'],
    ["core on effect", model, 'import { Context, Effect } from "effect"'],
    ["a module of effect", model, 'import * as SqlClient from "effect/unstable/sql/SqlClient"'],
    ["vitest in the contract suite", contract, 'import { it } from "@effect/vitest"'],
    ["anything in another package", handler, 'import express from "express"'],
    ["values in a rule", rule, 'import { Result, type Schema } from "effect"'],
    ["a value module by path", rule, 'import * as Result from "effect/Result"'],
    ["a date that is given", rule, "const day = new Date(now)"],
    ["a test skipped on a stated condition", test, 'it.skipIf(process.platform === "win32")("locks", () => {})'],
    ["a word that only looks like it", model, "const asAnyone = isOnly(value)"]
  ])("accepts %s", (_, path, text) => {
    expect(findings(path, text)).toEqual([])
  })

  it.each([
    ["401 lines", model, lines(401), "has 401 lines"],
    ["a cast to any", handler, `x as ${"any"}`, "router.ts:1 casts to any"],
    ["a silenced checker", test, `// ${"@ts-"}ignore`, "silences the type checker"],
    ["a skipped test", test, `it.${"skip"}("x")`, "skips"],
    ["a lone test", test, `describe.${"only"}("x")`, "skips"],
    ["a lone effect test", test, `it.effect.${"only"}("x")`, "skips"],
    ["a test to come", test, `it.${"todo"}("x")`, "skips"],
    ["a node module in core", model, 'import { hash } from "node:crypto"', "core is built on effect alone"],
    ["another package in core", model, 'export * from "jose"', "core is built on effect alone"],
    ["a package loaded late in core", model, 'const jose = await import("jose")', "core is built on effect alone"],
    ["another package by path", model, 'import "../../../http/src/router.ts"', "core is built on effect alone"],
    ["core on its tests", model, 'import { suite } from "../testing/index.ts"', "only tests use"],
    ["a service in a rule", rule, 'import {\n  Effect,\n  Result\n} from "effect"', "imports effect's Effect"],
    ["a service's type in a rule", rule, 'import type { Clock } from "effect"', "imports effect's Clock"],
    ["a service by path in a rule", rule, 'import * as Clock from "effect/Clock"', "imports effect's Clock"],
    ["all of effect in a rule", rule, 'import * as E from "effect"', "imports effect's *"],
    ["a clock in a rule", rule, "const now = Date.now()", "reads a clock"],
    ["chance in a rule", rule, "const id = Math.random()", "reads a clock or chance"]
  ])("refuses %s", (_, path, text, complaint) => {
    expect(findings(path, text)).toEqual([expect.stringContaining(complaint)])
  })
})
