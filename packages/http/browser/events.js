import { Refused, SignedOut, send } from "./session.js"

const LONGEST_WAIT = 30_000

/**
 * Follows what happens until it is stopped, and reconnects where it was. Read by `fetch`, for `EventSource` sends no
 * `Authorization`. `state` is told `live`, `connecting`, `forbidden`; `expired` when the token is no longer good.
 */
export const follow = ({ events, state, expired }) => {
  const stop = new AbortController()
  let cursor = null
  let wait = 1000

  const once = async () => {
    const headers = { accept: "text/event-stream", ...(cursor === null ? {} : { "last-event-id": cursor }) }
    const response = await send("/overview/events", { headers, signal: stop.signal })
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
    state("live")
    wait = 1000
    let text = ""
    while (true) {
      const { done, value } = await reader.read()
      if (done) return
      text += value
      const messages = text.split("\n\n")
      text = messages.pop() ?? ""
      for (const message of messages) {
        const field = (name) =>
          message
            .split("\n")
            .find((line) => line.startsWith(`${name}: `))
            ?.slice(name.length + 2)
        const data = field("data")
        if (data !== undefined) {
          const page = JSON.parse(data)
          if (page.events.length > 0) events(page.events)
        }
        // Handed over first: what is not shown yet comes again.
        cursor = field("id") ?? cursor
      }
    }
  }

  const go = async () => {
    while (!stop.signal.aborted) {
      try {
        await once()
        // The service ends each stream after a while, so that its user is asked again.
        continue
      } catch (error) {
        if (stop.signal.aborted) return
        if (error instanceof SignedOut) return expired()
        if (error instanceof Refused && error.status === 403) return state("forbidden")
      }
      state("connecting")
      await new Promise((resolve) => setTimeout(resolve, wait))
      wait = Math.min(LONGEST_WAIT, wait * 2)
    }
  }
  void go()
  return () => stop.abort()
}
