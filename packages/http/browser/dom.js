/** An element with attributes, properties that are functions (listeners), and children; text is never read as markup. */
export const el = (name, attributes = {}, ...children) => fill(document.createElement(name), attributes, children)

/** Likewise of a drawing. */
export const svg = (name, attributes = {}, ...children) =>
  fill(document.createElementNS("http://www.w3.org/2000/svg", name), attributes, children)

const fill = (element, attributes, children) => {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, value)
    else if (value !== null && value !== undefined && value !== false)
      element.setAttribute(name, value === true ? "" : value)
  }
  element.append(...children.filter((child) => child !== null))
  return element
}

export const byId = (id) => document.getElementById(id)

/** Puts new children in place of the old ones, and the focus back on the control of the same `data-key`. */
export const replace = (parent, ...children) => {
  const active = document.activeElement
  const key = active !== null && parent.contains(active) ? active.getAttribute("data-key") : null
  parent.replaceChildren(...children)
  if (key !== null) parent.querySelector(`[data-key="${CSS.escape(key)}"]`)?.focus()
}

const numbers = new Intl.NumberFormat()
export const units = (quantity) => numbers.format(quantity)

const times = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "medium" })
export const time = (iso) => el("time", { datetime: iso }, times.format(new Date(iso)))

/** A cell with a number. */
export const figure = (quantity) => el("td", { class: "figure" }, units(quantity))
