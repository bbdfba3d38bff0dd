import { setFlagsFromString } from "node:v8"

/**
 * Keeps V8 from taking the rows of an answer for what lasts. It does so once they are alive as it collects, as they are
 * in the middle of an answer, and then they are only collected with all of the memory, in longer pauses. For a process
 * that does nothing else.
 */
export const shortPauses = (): void => setFlagsFromString("--no-allocation-site-pretenuring")
