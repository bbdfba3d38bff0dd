/** What the page may load and send: its own files, and requests to its own origin. Markup is never made of text. */
export const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'self'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'"
].join("; ")

const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`)

const columns = (names: ReadonlyArray<string>, figures: ReadonlyArray<string>): string =>
  names.map((name) => `<th scope="col"${figures.includes(name) ? ' class="figure"' : ""}>${name}</th>`).join("")

const figures = [
  "On hand",
  "Available",
  "Reserved",
  "Committed",
  "Quarantined",
  "Units",
  "Left",
  "Available after",
  "On hand after"
]

const table = (caption: string, rows: string, names: ReadonlyArray<string>): string =>
  `<div class="scroll" role="region" aria-label="${caption}" tabindex="0"><table><caption>${caption}</caption>
<thead><tr>${columns(names, figures)}</tr></thead><tbody id="${rows}"></tbody></table></div>`

const stock = `<section aria-labelledby="stock-heading">
<h2 id="stock-heading">Stock by item and location</h2>
<form id="find" role="search">
<div><label for="search">Search</label><input id="search" type="search" autocomplete="off"></div>
<div><label for="location">Location</label><select id="location"><option value="">All locations</option></select></div>
</form>
${table("Units in all, and at each location", "stock-rows", ["Item", "SKU", ...figures.slice(0, 5)])}
<div class="pages"><button id="stock-back" type="button" disabled>Previous page</button>
<span id="stock-page"></span><button id="stock-on" type="button" disabled>Next page</button></div>
</section>`

const low = `<section aria-labelledby="low-heading">
<h2 id="low-heading">Low stock</h2>
<p id="low-count"></p>
<ul id="low-items" aria-labelledby="low-heading"></ul>
</section>`

const holds = `<section aria-labelledby="holds-heading">
<h2 id="holds-heading">Holds about to expire</h2>
<label for="within">Within</label>
<select id="within"><option value="900">15 minutes</option><option value="3600" selected>1 hour</option>
<option value="86400">1 day</option><option value="604800">1 week</option></select>
${table("What is held softly, the soonest to expire first", "hold-rows", ["Order", "Item", "Units", "Expires", "Left"])}
</section>`

const history = `<section id="history" aria-labelledby="history-heading" hidden>
<h2 id="history-heading" tabindex="-1">History</h2>
<button id="history-close" type="button">Close the history</button>
<p id="history-note"></p>
<figure><div id="history-chart"></div>
<figcaption class="legend"><span>Available</span><span class="dashed">On hand</span></figcaption></figure>
<details id="history-table"><summary>The same as a table</summary>
${table("Movements, newest first", "history-rows", ["When", "Cause", "Units", "From", "To", "Available after", "On hand after", "Reference"])}
</details>
</section>`

const signIn = `<section id="sign-in" aria-labelledby="sign-in-heading" hidden>
<h2 id="sign-in-heading" tabindex="-1">Sign in</h2>
<form id="sign-in-form">
<div><label for="username">User name or e-mail</label><input id="username" autocomplete="username" required></div>
<div><label for="password">Password</label><input id="password" type="password" autocomplete="current-password" required></div>
<button class="main" type="submit">Sign in</button>
</form>
<p id="sign-in-host" hidden>This service knows its users by the application it is part of. Sign in there, and open this page from it.</p>
<p id="sign-in-says" role="alert"></p>
</section>`

/** The page of a router at `base`; `login` is the path that gives tokens, `null` where the host has users of its own. */
export const consolePage = (base: string, login: string | null): string => `<!doctype html>
<html lang="en" data-base="${escaped(base)}"${login === null ? "" : ` data-login="${escaped(login)}"`}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Stock</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${escaped(base)}/console/assets/console.css">
<script type="module" src="${escaped(base)}/console/assets/main.js"></script>
</head>
<body>
<a class="skip" href="#board-heading">Skip to the stock</a>
<header>
<h1>Stock</h1>
<p id="state" role="status"></p>
<button id="sign-out" type="button" hidden>Sign out</button>
</header>
<main>
<noscript>This page needs JavaScript. The same figures are at /overview, as JSON.</noscript>
<p id="trouble" role="alert"></p>
${signIn}
<div id="board" hidden>
<h2 id="board-heading" tabindex="-1">What there is</h2>
<p id="news" role="status"></p>
${history}
${stock}
${low}
${holds}
</div>
</main>
</body>
</html>
`
