export { type HostTransaction, type JoinedHost, joinSuite } from "./joinContract.ts"
export { promiseSuite } from "./promiseContract.ts"
export { type SuiteOptions, suite } from "./suite.ts"
