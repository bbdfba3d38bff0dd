import { byId, el, figure, replace, time } from "./dom.js"
import { Refused, read } from "./session.js"

/** How long is left, in words. */
const left = (iso) => {
  const seconds = Math.round((Date.parse(iso) - Date.now()) / 1000)
  if (seconds <= 0) return "over"
  if (seconds < 120) return `${seconds} s`
  const minutes = Math.round(seconds / 60)
  return minutes < 120 ? `${minutes} min` : `${Math.round(minutes / 60)} h`
}

/** Holds that expire within the chosen time, a row for each line. */
export const showHolds = async () => {
  try {
    const holds = await read(`/overview/holds?within=${byId("within").value}`)
    const rows = holds.flatMap((hold) =>
      hold.lines.map((line) =>
        el(
          "tr",
          {},
          el("th", { scope: "row" }, hold.order ?? `Hold ${hold.id}`),
          el("td", {}, line.product_name),
          figure(line.quantity),
          el("td", {}, time(hold.expires_at)),
          el("td", { class: "figure", "data-until": hold.expires_at }, left(hold.expires_at))
        )
      )
    )
    if (rows.length === 0) rows.push(el("tr", {}, el("td", { colspan: "5" }, "No hold expires within that time.")))
    replace(byId("hold-rows"), ...rows)
  } catch (error) {
    if (!(error instanceof Refused && error.status === 403)) throw error
    replace(byId("hold-rows"), el("tr", {}, el("td", { colspan: "5" }, "Your role does not show holds.")))
  }
}

/** Counts down, and lets the user say how far ahead to look. */
export const wireHolds = (show) => {
  byId("within").addEventListener("change", show)
  setInterval(() => {
    for (const cell of document.querySelectorAll("[data-until]")) cell.textContent = left(cell.dataset.until)
  }, 1000)
}
