import { readFileSync } from "node:fs"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { flows } from "../scripts/transcripts/flows/index.ts"
import { withFetch } from "../scripts/transcripts/sending.ts"
import { transcriptOf } from "../scripts/transcripts/transcript.ts"
import { RunningService } from "./runningService.ts"

/** What a JSON document is made of: its fields and what kind of value each has. */
const shapeOf = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(shapeOf)
  if (value === null || typeof value !== "object") return value === null ? "null" : typeof value
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, shapeOf(each)]))
}

/** A transcript with each answer reduced to its shape. */
const shapesIn = (transcript: string): ReadonlyArray<unknown> =>
  transcript.split(/^## /m).map((step) => {
    const [before = "", json] = step.split(/^```json$/m)
    return json === undefined ? before : [before, shapeOf(JSON.parse(json.split("```", 1)[0] ?? ""))]
  })

describe.each(flows)("the transcript of $api", (flow) => {
  const service = new RunningService()
  beforeEach(() => service.start({ DATABASE_URL: "sqlite::memory:" }))
  afterEach(() => service.remove())

  it("is what the service answers", async () => {
    const written = readFileSync(new URL(`../../../docs/transcripts/${flow.api}.md`, import.meta.url), "utf8")
    const played = await transcriptOf(flow, withFetch(service.origin))
    expect(shapesIn(written)).toEqual(shapesIn(played))
    expect(played).not.toMatch(/undefined|^`(401|403|405)/m)
    expect(played.split(/^## /m).length).toBeGreaterThan(15)
  })
})
