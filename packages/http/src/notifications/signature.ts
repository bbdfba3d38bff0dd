import { createHmac, timingSafeEqual } from "node:crypto"

/** The header with the time of the try and the signature. */
export const SIGNATURE_HEADER = "Stockbook-Signature"
/** The header with the event's id: the same whenever the same event is sent again. */
export const EVENT_ID_HEADER = "Stockbook-Event-Id"

/** HMAC-SHA256, in hex, of the time (seconds), a dot and the body. */
const hmac = (secret: string, time: string, body: string | Uint8Array): string =>
  createHmac("sha256", secret).update(`${time}.`).update(body).digest("hex")

/** The signature header's value for a body that is sent now (epoch milliseconds). */
export const sign = (secret: string, body: string, now: number): string => {
  const time = String(Math.floor(now / 1000))
  return `t=${time},v1=${hmac(secret, time, body)}`
}

/** What a receiver of notifications was sent. */
export interface ReceivedWebhook {
  /** The secret shared with the sender; several while a new one takes the place of an old. */
  readonly secret: string | ReadonlyArray<string>
  /** The header `Stockbook-Signature`, as it came. */
  readonly signature: string | ReadonlyArray<string> | null | undefined
  /** The body exactly as it came: parsed and written again, it may differ. */
  readonly body: string | Uint8Array
  /** How many seconds the signature may be old, or ahead; 300 by default. */
  readonly tolerance?: number
  /** Epoch milliseconds; the clock's by default. */
  readonly now?: number
}

/**
 * Whether a notification comes from who has the secret, unchanged, and not long ago. Takes the same time whatever is
 * wrong with a signature. A notification that is sent again has the same `Stockbook-Event-Id`: remember those you have
 * handled for longer than the tolerance, and handle each once.
 */
export const verifyWebhook = ({ secret, signature, body, tolerance = 300, now }: ReceivedWebhook): boolean => {
  const parts = (typeof signature === "string" ? signature : "").split(",").map((part) => part.trim().split("="))
  const times = parts.flatMap(([name, value]) => (name === "t" && value !== undefined ? [value] : []))
  const [time] = times
  if (time === undefined || times.length > 1 || !/^\d{1,12}$/.test(time)) return false
  const age = Math.abs((now ?? Date.now()) / 1000 - Number(time))
  if (!(age <= tolerance)) return false
  const given = parts.flatMap(([name, value]) =>
    name === "v1" && value !== undefined && /^[0-9a-f]{64}$/.test(value) ? [Buffer.from(value, "hex")] : []
  )
  const secrets = (typeof secret === "string" ? [secret] : secret).filter((each) => each !== "")
  return secrets
    .map((each) => Buffer.from(hmac(each, time, body), "hex"))
    .some((right) => given.some((one) => timingSafeEqual(one, right)))
}
