import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { campaign, type Report } from "../scripts/fuzz/campaign.ts"
import { startService } from "../scripts/fuzz/service.ts"
import { verified } from "../scripts/fuzz/verified.ts"

/** A slice of what `scripts/fuzz.ts` does at length, with another seed each day. */
describe("the service under requests nobody should send", () => {
  const seed = Math.floor(Date.now() / 86_400_000)
  const folder = mkdtempSync(join(tmpdir(), "stockbook-fuzz-"))
  const url = `sqlite:${join(folder, "stock.db")}`
  let report: Report
  let code: number | null
  beforeAll(async () => {
    const service = await startService({ DATABASE_URL: url })
    report = await campaign(service, { seed, requests: 1200 })
    code = await service.stop()
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it(`answers as declared, and with no fault (seed ${seed})`, () => {
    expect([...report.wrong, ...report.faults]).toEqual([])
    // Enough of them were well-formed, and enough were not.
    for (const status of [200, 201, 400, 401, 403, 404, 422]) expect(report.statuses[status]).toBeGreaterThan(5)
  })

  it("keeps what it has, stays well, and ends when it is told to", async () => {
    expect(report).toMatchObject({ bystanderUnchanged: true, healthy: true })
    expect(code).toBe(0)
    expect(await verified(url)).toBe(0)
  })

  it("forgets what it was told", () => {
    const { early, late } = report.memory
    expect(late.heapUsed - early.heapUsed).toBeLessThan(24 * 1024 * 1024)
  })
})
