import { isStockbookError } from "@stockbook/adapter-sqlite"
import { stockbook } from "./stock.ts"

const route = /^\/organizations\/([1-9]\d{0,14})\/orders\/([\w-]{1,100})$/

/** `PUT /organizations/{id}/orders/{reference}` reserves, `GET` shows the hold, `DELETE` gives it back. */
export const handler = async (request: Request): Promise<Response> => {
  const [, organization, reference = ""] = route.exec(new URL(request.url).pathname) ?? []
  if (organization === undefined) return answer(404, { code: "NotFound" })
  try {
    const inventory = (await stockbook()).organization(Number(organization))
    // The platform gives the request up when its time is over; a command not taken up yet is then withdrawn.
    const { signal } = request
    switch (request.method) {
      case "PUT": {
        const line = lineOf(await request.text())
        if (line === null) return answer(422, { code: "InvalidOrder", message: "item and quantity, whole numbers." })
        const { holds } = await inventory.reserve({ reference, lines: [line], expiresIn: 15 * 60_000 }, { signal })
        return answer(200, { hold: holds[0]?.id, status: holds[0]?.status })
      }
      case "GET": {
        const hold = await inventory.hold({ reference }, { signal })
        return hold === null
          ? answer(404, { code: "UnknownHold" })
          : answer(200, { hold: hold.id, status: hold.status })
      }
      case "DELETE":
        await inventory.release({ hold: { reference } }, { signal })
        return new Response(null, { status: 204 })
      default:
        return answer(405, { code: "MethodNotAllowed" }, { allow: "GET, PUT, DELETE" })
    }
  } catch (error) {
    if (!isStockbookError(error)) throw error
    switch (error.code) {
      case "InsufficientStock":
        return answer(409, { code: error.code, available: error.available, requested: error.requested })
      case "UnknownHold":
      case "UnknownItem":
      case "UnknownOrganization":
        return answer(404, { code: error.code })
      case "Overloaded":
      case "StoreError":
        return answer(503, { code: error.code }, { "retry-after": "1" })
      default:
        return answer(409, { code: error.code })
    }
  }
}

const answer = (status: number, body: unknown, headers: Record<string, string> = {}): Response =>
  Response.json(body, { status, headers })

function lineOf(text: string): { readonly item: number; readonly quantity: number } | null {
  try {
    const { item, quantity } = JSON.parse(text)
    return [item, quantity].every((value) => Number.isSafeInteger(value) && value > 0) ? { item, quantity } : null
  } catch {
    return null
  }
}
