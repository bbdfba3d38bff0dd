import { createHmac } from "node:crypto"
import { describe, expect, it } from "vitest"
import { verifyWebhook } from "../../src/index.ts"
import { sign } from "../../src/notifications/signature.ts"

const secret = "a secret shared with the receiver, long enough"
const body = '{"type":"low_stock","product_name":"Grüner Tee"}'
const now = 1_700_000_000_999
const signature = sign(secret, body, now)
const received = { secret, signature, body, now }

describe("the signature of a notification", () => {
  it("is HMAC-SHA256 over the time in seconds, a dot and the body", () => {
    const expected = createHmac("sha256", secret).update(`1700000000.${body}`, "utf8").digest("hex")
    expect(signature).toBe(`t=1700000000,v1=${expected}`)
  })

  it("is right for the body as it came, text or bytes", () => {
    expect(verifyWebhook(received)).toBe(true)
    expect(verifyWebhook({ ...received, body: Buffer.from(body) })).toBe(true)
  })

  it("is right with any of the receiver's secrets, and any of the sender's", () => {
    expect(verifyWebhook({ ...received, secret: ["the next secret", secret] })).toBe(true)
    const both = `t=1700000000, v1=${"0".repeat(64)}, ${signature.split(",")[1]}`
    expect(verifyWebhook({ ...received, signature: both })).toBe(true)
  })

  const [t = "", v1 = ""] = signature.split(",")
  it.each<[string, object]>([
    ["another secret", { secret: "another secret, just as long as the first one" }],
    ["no secret", { secret: [] }],
    ["an empty secret, signed with one", { secret: "", signature: sign("", body, now) }],
    ["another body", { body: `${body} ` }],
    ["another time", { signature: `t=1700000001,${v1}` }],
    ["no time", { signature: v1 }],
    ["two times", { signature: `${t},t=1699999999,${v1}` }],
    ["a time that is no number", { signature: `t=now,${v1}` }],
    ["no signature", { signature: t }],
    ["a signature cut short", { signature: signature.slice(0, -2) }],
    ["another scheme", { signature: signature.replace("v1", "v0") }],
    ["an empty header", { signature: "" }],
    ["no header", { signature: null }],
    ["several headers", { signature: [signature, signature] }],
    ["a signature too old", { now: now + 301_000 }],
    ["a signature from the future", { now: now - 301_000 }],
    ["a tolerance that is no number", { tolerance: Number.NaN }]
  ])("is wrong with %s", (_, wrong) => {
    expect(verifyWebhook({ ...received, ...wrong })).toBe(false)
  })

  it("may be as old as the receiver tolerates", () => {
    expect(verifyWebhook({ ...received, now: now + 299_000 })).toBe(true)
    expect(verifyWebhook({ ...received, now: now + 3_000_000, tolerance: 3600 })).toBe(true)
  })
})
