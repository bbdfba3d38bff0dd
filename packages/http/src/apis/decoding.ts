import { HttpApi } from "effect/http-api"

/** How requests are decoded: every wrong field is reported, with what was sent. */
export const decodingOptions = { errors: "all", reportInput: true } as const

/** The same as annotations of an API. */
export const decoding = HttpApi.make("decoding")
  .annotate(HttpApi.ParamsParseOptions, decodingOptions)
  .annotate(HttpApi.HeadersParseOptions, decodingOptions)
  .annotate(HttpApi.QueryParseOptions, decodingOptions)
  .annotate(HttpApi.PayloadParseOptions, decodingOptions).annotations
