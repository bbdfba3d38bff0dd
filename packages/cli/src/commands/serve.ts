import type { Command } from "commander"
import { type DatabaseOption, overDatabase } from "./options.ts"

interface Options extends DatabaseOption {
  readonly port?: string
}

/** `stockbook serve`. */
export const serveCommand = (): Command =>
  overDatabase("serve")
    .description("serve the HTTP APIs until told to stop")
    .option("-p, --port <number>", "where to listen; PORT, or else 8000")
    .addHelpText(
      "after",
      `
The rest is said by the environment: JWT_SECRET, REGISTRATION, GATEWAY_ADDRESSES, NOTIFICATION_URL,
NOTIFICATION_SECRET, SMTP_URL, MAIL_FROM, LOW_STOCK_MAIL_TO, LOG_LEVEL, METRICS_TOKEN, OTEL_EXPORTER_OTLP_ENDPOINT.
With Postgres JWT_SECRET is required; beside a SQLite file a secret is made and kept. The schema is made and migrated
when need be.

  $ stockbook serve --port 9000
  $ DATABASE_URL=postgres://stock:secret@localhost/stock JWT_SECRET=$(openssl rand -base64 48) stockbook serve`
    )
    .action(async ({ database, port }: Options) => {
      const [{ readSettings }, { serve }] = await Promise.all([
        import("../service/settings.ts"),
        import("../service/serve.ts")
      ])
      await serve(
        readSettings({
          ...process.env,
          ...(database === undefined ? {} : { DATABASE_URL: database }),
          ...(port === undefined ? {} : { PORT: port })
        })
      )
    })
