import type { ServerResponse } from "node:http"

/**
 * Lets effect's server write through a patched `writeHead`.
 *
 * It calls `writeHead(status, undefined, headers)`, which Node reads as it is meant. The `on-headers` package, by which
 * compression, morgan and sessions patch the method, takes the `undefined` for the headers and drops the real ones.
 */
export const plainWriteHead = (response: ServerResponse): void => {
  if (!Object.hasOwn(response, "writeHead")) return
  const patched = response.writeHead.bind(response) as (...args: ReadonlyArray<unknown>) => ServerResponse
  response.writeHead = (...args: ReadonlyArray<unknown>) =>
    args.length > 1 && args[1] === undefined ? patched(args[0], ...args.slice(2)) : patched(...args)
}
