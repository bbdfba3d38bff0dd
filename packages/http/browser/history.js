import { chart } from "./chart.js"
import { byId, el, figure, replace, time } from "./dom.js"
import { read } from "./session.js"

let shown = null
let openedBy = null

/** Opens an item's history, and moves the focus there. */
export const openHistory = async (product) => {
  openedBy = document.activeElement?.getAttribute("data-key") ?? null
  shown = product
  await showHistory()
  byId("history").hidden = false
  byId("history-heading").focus()
}

export const isShown = (product) => shown === product

/** Closes it, and gives the focus back to what opened it. */
export const closeHistory = () => {
  if (shown === null) return
  shown = null
  byId("history").hidden = true
  const opener = openedBy === null ? null : document.querySelector(`[data-key="${CSS.escape(openedBy)}"]`)
  ;(opener ?? byId("search")).focus()
}

/** The history that is open, as a chart and as a table; the latest two hundred movements. */
export const showHistory = async () => {
  if (shown === null) return
  const product = shown
  const { product_name, items, next } = await read(`/overview/products/${product}/history?limit=200`)
  if (product !== shown) return
  byId("history-heading").textContent = `History of ${product_name}`
  byId("history-note").textContent =
    items.length === 0 ? "Nothing has moved yet." : next === null ? "" : "The latest 200 movements."
  byId("history-chart").replaceChildren(...(items.length === 0 ? [] : [chart(product_name, items.toReversed())]))
  replace(
    byId("history-rows"),
    ...items.map((row) =>
      el(
        "tr",
        {},
        el("th", { scope: "row" }, time(row.at)),
        el("td", {}, row.cause),
        figure(row.quantity),
        el("td", {}, row.from.account),
        el("td", {}, row.to.account),
        figure(row.available_after),
        figure(row.on_hand_after),
        el("td", {}, row.reference ?? "")
      )
    )
  )
}

export const wireHistory = () => {
  byId("history-close").addEventListener("click", closeHistory)
  byId("history").addEventListener("keydown", (event) => {
    if (event.key === "Escape") closeHistory()
  })
}
