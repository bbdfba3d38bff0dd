import type { Actor } from "@stockbook/core"

/** Whose stock a command changes, and who changes it. */
export const doneBy = ({ organization, user }: Actor) => ({ organization, actor: user })
