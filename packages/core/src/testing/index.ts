export { promiseSuite } from "./promiseContract.ts"
export { type SuiteOptions, suite } from "./suite.ts"
