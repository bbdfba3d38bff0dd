const KEPT = "stockbook.token"
const base = document.documentElement.dataset.base ?? ""

/** The user's token is no longer good, or there is none. */
export class SignedOut extends Error {}

/** The service did not do it; the message may be shown. */
export class Refused extends Error {
  constructor(status, message) {
    super(message)
    this.status = status
  }
}

let token = sessionStorage.getItem(KEPT)

/** Takes a token, for as long as this tab is open; `null` forgets it. */
export const keepToken = (given) => {
  token = given
  if (given === null) sessionStorage.removeItem(KEPT)
  else sessionStorage.setItem(KEPT, given)
}

/** Sends a request with the user's token, which goes nowhere but into its header. */
export const send = async (path, init = {}) => {
  const headers = { ...init.headers, ...(token === null ? {} : { authorization: `Bearer ${token}` }) }
  const response = await fetch(`${base}${path}`, { ...init, headers, credentials: "same-origin", cache: "no-store" })
  if (response.status === 401) throw new SignedOut()
  if (!response.ok) throw new Refused(response.status, await said(response))
  return response
}

/** What a path of the API answers. */
export const read = async (path) => (await send(path)).json()

/** Takes a token for a name and a password. */
export const signIn = async (login, username, password) => {
  const response = await fetch(`${base}${login}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ username, password })
  })
  if (!response.ok) throw new Refused(response.status, await said(response))
  keepToken((await response.json()).access_token)
}

const said = async (response) => {
  try {
    const { detail } = await response.json()
    if (typeof detail === "string") return detail
  } catch {
    // No JSON: the status says it.
  }
  return `The service answered ${response.status}`
}

/** A page around this one, of the same origin, may hand over its user's token by a message. */
export const onHandedToken = (take) => {
  window.addEventListener("message", ({ origin, data }) => {
    if (origin !== location.origin || data?.type !== "stockbook-token" || typeof data.token !== "string") return
    keepToken(data.token)
    take()
  })
  for (const host of [window.opener, window.parent === window ? null : window.parent]) {
    host?.postMessage({ type: "stockbook-console-ready" }, location.origin)
  }
}
