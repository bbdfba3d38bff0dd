// Checks the published packages as their users get them: packed, installed elsewhere, run on every supported Node,
// type-checked and weighed.
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { companionVersions, consumerOf, programs } from "./packages/consumer.ts"
import { supportedNodes } from "./packages/nodes.ts"
import { faultsOf, type Packed, pack } from "./packages/packed.ts"
import { run } from "./packages/run.ts"
import { countFaults, sizeFault } from "./packages/sizes.ts"
import { publishedPackages, root } from "./workspace.ts"

export interface Count {
  readonly passed: number
  readonly failed: number
}

export async function checkPackages(): Promise<Count> {
  const outside = mkdtempSync(join(tmpdir(), "stockbook-packages-"))
  let passed = 0
  const check = (name: string, problem: string | null): boolean => {
    if (problem === null) passed++
    else console.error(`${name}: failed\n${problem}`)
    return problem === null
  }
  try {
    const packed: Array<Packed> = []
    for (const each of publishedPackages()) {
      const { name } = each.manifest
      const made = pack(each, outside)
      if (!check(`pack ${name}`, typeof made === "string" ? made : null) || typeof made === "string") {
        return { passed, failed: 1 }
      }
      packed.push(made)
      const sound =
        check(`manifest of ${name}`, faultsOf(made.manifest)) &&
        check(`publint ${name}`, run(root, "publint", "run", made.tarball, "--strict")) &&
        check(`attw ${name}`, run(root, "attw", made.tarball, "--profile", "esm-only"))
      if (!sound) return { passed, failed: 1 }
    }

    const consumer = consumerOf(packed, outside)
    // No build script is allowed in the consumer: pnpm refuses any package that wants to run one.
    if (!check("install outside the workspace", run(consumer, "pnpm", "install", "--prefer-offline"))) {
      return { passed, failed: 1 }
    }
    const nodes = supportedNodes()
    if (typeof nodes === "string") {
      check("fetch the other Node", nodes)
      return { passed, failed: 1 }
    }
    const usable =
      nodes.every((node) =>
        programs.every((program) => check(`${program} on ${node.name}`, run(consumer, node.file, program)))
      ) &&
      check("typecheck a consumer", run(consumer, join(root, "node_modules", ".bin", "tsc"), "--noEmit")) &&
      check("size of @stockbook/core", await sizeFault(consumer)) &&
      countFaults(packed, companionVersions(), outside).every(([name, problem]) => check(name, problem))
    return { passed, failed: usable ? 0 : 1 }
  } finally {
    rmSync(outside, { recursive: true, force: true })
  }
}
