import type { AddressInfo } from "node:net"
import { SMTPServer, type SMTPServerOptions } from "smtp-server"
import { settle, until } from "./receiver.ts"

/** A mail as the server took it. */
export interface TakenMail {
  readonly from: string
  readonly to: ReadonlyArray<string>
  /** By their names in lower case, unfolded, in the order they stand in. */
  readonly headers: ReadonlyArray<readonly [name: string, value: string]>
  readonly text: string
  readonly header: (name: string) => string | undefined
}

/** What becomes of a mail: taken, refused with a status when its recipient or its text comes, never answered, cut off. */
export type MailBehaviour = "take" | "hang" | "cut" | { readonly recipient: number } | { readonly message: number }

/** A real SMTP server that behaves like this in turn, and then takes every mail. */
export const openMailServer = async (behaviours: Array<MailBehaviour> = [], options: SMTPServerOptions = {}) => {
  const taken: Array<TakenMail> = []
  let connections = 0
  const refusal = (responseCode: number) => Object.assign(new Error("refused by the test"), { responseCode })
  const make = () =>
    new SMTPServer({
      authOptional: true,
      disabledCommands: ["STARTTLS"],
      ...options,
      onConnect: (_, done) => {
        connections += 1
        done()
      },
      onRcptTo: (_, __, done) => {
        const [next] = behaviours
        if (typeof next !== "object" || !("recipient" in next)) return done()
        behaviours.shift()
        done(refusal(next.recipient))
      },
      onData: (stream, session, done) => {
        const chunks: Array<Buffer> = []
        stream.on("data", (chunk: Buffer) => void chunks.push(chunk))
        stream.on("end", () => {
          const next = behaviours.shift() ?? "take"
          if (typeof next === "object") return done(refusal("message" in next ? next.message : next.recipient))
          if (next === "hang") return
          if (next === "cut") return server.close()
          const { mailFrom, rcptTo } = session.envelope
          const from = mailFrom === false ? "" : mailFrom.address
          taken.push({ from, to: rcptTo.map(({ address }) => address), ...parsed(Buffer.concat(chunks).toString()) })
          done()
        })
      }
    })
  let server = make()
  // A connection that ends in the middle is what some of the tests are about.
  const listen = (port: number) =>
    new Promise<void>((resolve) => {
      server.on("error", () => {})
      server.listen(port, "127.0.0.1", resolve)
    })
  await listen(0)
  const { port } = server.server.address() as AddressInfo
  const close = () => new Promise<void>((resolve) => void server.close(resolve))
  return {
    port,
    url: `smtp://127.0.0.1:${port}`,
    taken,
    connections: () => connections,
    /** What was taken, once it is as much; whatever is too much gets time to come. */
    until: async (count: number) => {
      await until(() => taken.length >= count)
      await settle()
      return taken
    },
    close,
    comeBack: () => {
      server = make()
      return listen(port)
    }
  }
}

const parsed = (message: string): Pick<TakenMail, "headers" | "text" | "header"> => {
  const end = message.indexOf("\r\n\r\n")
  const lines = message
    .slice(0, end)
    .replace(/\r\n[ \t]+/g, " ")
    .split("\r\n")
  const headers = lines.map((line) => {
    const colon = line.indexOf(":")
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()] as const
  })
  const header = (name: string) => headers.find(([each]) => each === name)?.[1]
  const body = message.slice(end + 4)
  const encoding = header("content-transfer-encoding")
  const text =
    encoding === "base64"
      ? Buffer.from(body, "base64").toString()
      : encoding === "quoted-printable"
        ? unquoted(body)
        : body
  return { headers, text, header }
}

const unquoted = (text: string): string => {
  const bytes = text
    .replace(/=\r\n/g, "")
    .replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16)))
  return Buffer.from(bytes, "latin1").toString()
}
