import type { RequestHandler } from "express"

/**
 * What the documentation pages may load: files of this origin, and the styles both programs write into the page.
 * Redoc searches in a worker made from a blob.
 */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "worker-src 'self' blob:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'self'"
].join("; ")

const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`)

const page = (title: string, head: string, body: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
${head}
</head>
<body>
${body}
</body>
</html>
`

const servePage =
  (render: (base: string) => string): RequestHandler =>
  (request, response) => {
    response.setHeader("Content-Security-Policy", POLICY)
    response.type("html").send(render(escaped(request.baseUrl)))
  }

/** Swagger UI on the OpenAPI document at this path of the router. */
export const swaggerPage = (openapi: string): RequestHandler =>
  servePage((base) =>
    page(
      "API documentation",
      `<link rel="stylesheet" href="${base}/docs/assets/swagger-ui.css">`,
      `<div id="swagger-ui" data-openapi="${base}${openapi}"></div>
<script src="${base}/docs/assets/swagger-ui-bundle.js"></script>
<script src="${base}/docs/assets/start-swagger-ui.js"></script>`
    )
  )

/** ReDoc on the OpenAPI document at this path of the router. */
export const redocPage = (openapi: string): RequestHandler =>
  servePage((base) =>
    page(
      "API reference",
      "",
      `<redoc spec-url="${base}${openapi}" disable-telemetry="true"></redoc>
<script type="module" src="${base}/docs/assets/redoc.standalone.js"></script>`
    )
  )
