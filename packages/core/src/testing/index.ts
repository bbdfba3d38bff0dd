export { type SuiteOptions, suite } from "./suite.ts"
