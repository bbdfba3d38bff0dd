export {
  ApiError,
  type ClientError,
  ConnectionError,
  isClientError,
  type RefusedField,
  RequestError
} from "./ClientError.ts"
export { type Client, type ClientOptions, createClient } from "./createClient.ts"
export type { Answer, Call, CallOptions } from "./Facade.ts"
