import { handler as fetchHandler } from "./handler.ts"
import { close } from "./stock.ts"

/** What a function URL or an HTTP API hands over (payload format 2.0), as far as it is used. */
export interface LambdaEvent {
  readonly rawPath: string
  readonly requestContext: { readonly http: { readonly method: string } }
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
  readonly isBase64Encoded?: boolean
}

export interface LambdaResult {
  readonly statusCode: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** The same handler for AWS Lambda. */
export const handler = async (event: LambdaEvent): Promise<LambdaResult> => {
  const { method } = event.requestContext.http
  const body = event.body === undefined || method === "GET" ? null : decoded(event.body, event.isBase64Encoded ?? false)
  const request = new Request(new URL(event.rawPath, "http://lambda"), { method, headers: event.headers, body })
  const response = await fetchHandler(request)
  return {
    statusCode: response.status,
    headers: Object.fromEntries(response.headers),
    body: await response.text()
  }
}

const decoded = (body: string, base64: boolean): string => (base64 ? Buffer.from(body, "base64").toString() : body)

process.once("SIGTERM", () => void close().finally(() => process.exit(0)))
