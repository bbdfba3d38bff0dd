import { domainToASCII } from "node:url"
import type { Delivery } from "@stockbook/core"
import { Effect } from "effect"
import { createTransport } from "nodemailer"
import type { Logger } from "../exchange/Log.ts"
import { type Channel, deliveryId, Undelivered } from "./Channel.ts"
import { compose, type Mail, oneLine, type Templates } from "./Mail.ts"
import type { Sender, SmtpServer } from "./settings.ts"

/** Sends mails with `post`, which is given the delivery's id. */
const emailChannel = (
  templates: Templates,
  timeout: number,
  post: (mail: Mail, id: string) => Effect.Effect<void, Undelivered>
): Channel => ({
  name: "email",
  concurrency: 4,
  timeout,
  send: (delivery: Delivery) => {
    const mail = compose(templates, delivery.notice)
    return typeof mail === "string"
      ? Effect.fail(new Undelivered({ why: mail, again: false }))
      : post(mail, deliveryId(delivery))
  }
})

/**
 * E-mail over SMTP, one connection to a mail. The `Message-ID` is made of the delivery's id, so that a mail that had to
 * be sent twice is the same mail to whoever looks at that. With a password TLS is required, except on this machine.
 */
export const smtp = (server: SmtpServer, from: Sender, templates: Templates, timeout: number): Channel => {
  const transport = createTransport({
    host: server.host,
    port: server.port,
    secure: server.secure,
    requireTLS: server.auth !== null && !server.local,
    ...(server.auth === null ? {} : { auth: server.auth }),
    connectionTimeout: timeout,
    greetingTimeout: timeout,
    socketTimeout: timeout,
    disableFileAccess: true,
    disableUrlAccess: true
  })
  const domain = domainToASCII(from.address.slice(from.address.lastIndexOf("@") + 1))
  return emailChannel(templates, timeout, (mail, id) =>
    Effect.tryPromise({
      try: (signal) =>
        transport.sendMail({
          from,
          // An object, which is taken for one address; a text would be parsed for several.
          to: { name: "", address: mail.to },
          subject: mail.subject,
          text: mail.text,
          ...(mail.html === undefined ? {} : { html: mail.html }),
          messageId: `<${id}@${domain}>`,
          headers: { "Auto-Submitted": "auto-generated" },
          signal
        }),
      catch: (error) => undelivered(error, server.auth?.pass)
    })
  )
}

/** A server that refuses the recipient or the message for good (5xx) is not asked again. */
const undelivered = (error: unknown, password: string | undefined): Undelivered => {
  const { message, responseCode, command, code } =
    error instanceof Error ? reportOf(error) : reportOf(new Error("failed"))
  // Some servers repeat what they were told, encoded as it was: of a login nothing is repeated here.
  if (code === "EAUTH") return new Undelivered({ why: `the login was refused (${responseCode})`, again: true })
  const said = password === undefined ? message : message.replaceAll(password, "***")
  const refused = responseCode >= 500 && (command === "RCPT TO" || command === "DATA")
  return new Undelivered({ why: oneLine(said).slice(0, 300), again: !refused })
}

const reportOf = (
  error: Error & { readonly responseCode?: unknown; readonly command?: unknown; readonly code?: unknown }
) => ({
  message: error.message,
  responseCode: typeof error.responseCode === "number" ? error.responseCode : 0,
  command: error.command,
  code: error.code
})

/** E-mail for those who have no mail server: written to the log. */
export const mailLog = (log: Logger, templates: Templates, timeout: number): Channel =>
  emailChannel(templates, timeout, ({ to, subject, text }, id) =>
    Effect.sync(() => log({ level: "info", event: "mail", time: new Date().toISOString(), id, to, subject, text }))
  )
