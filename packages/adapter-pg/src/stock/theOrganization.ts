import type { Footprint, OrganizationId } from "@stockbook/core"

/**
 * The organization of a batch that has one: of a store that declares lanes, or a command alone. What a footprint names is in the organizations of its
 * commands; a driver may be given one without.
 */
export const theOrganization = ({ organizations, targets: _, openHolds: __, ...named }: Footprint): OrganizationId => {
  const all = new Set(organizations)
  for (const scoped of Object.values(named)) for (const { organization } of scoped.values()) all.add(organization)
  const [organization] = all
  if (organization === undefined || all.size > 1) {
    throw new Error(`The batch has one organization, not ${all.size}`)
  }
  return organization
}
