import { readFileSync } from "node:fs"
import { readSettings } from "@stockbook/cli"
import { expect, it } from "vitest"
import { parse } from "yaml"

const read = (name: string) => readFileSync(new URL(`../${name}`, import.meta.url), "utf8")

it("the compose file starts the service with settings it takes, on a Postgres it works with", () => {
  const { services, volumes } = parse(read("docker-compose.yml"))
  const { service, postgres } = services
  expect(Object.keys(services)).toEqual(["service", "postgres"])
  const environment = { ...service.environment, JWT_SECRET: "0123456789abcdef0123456789abcdef" }
  const { database } = readSettings(environment)
  const url = new URL(database._tag === "Postgres" ? database.url : "none:")
  const { POSTGRES_USER, POSTGRES_PASSWORD, POSTGRES_DB } = postgres.environment
  expect([url.hostname, url.username, url.password, url.pathname]).toEqual([
    "postgres",
    POSTGRES_USER,
    POSTGRES_PASSWORD,
    `/${POSTGRES_DB}`
  ])
  expect(service.environment.JWT_SECRET).toMatch(/^\$\{JWT_SECRET:\?/)
  expect(service.depends_on.postgres.condition).toBe("service_healthy")
  expect(postgres.healthcheck.test[1]).toContain(`pg_isready -U ${POSTGRES_USER}`)
  expect(postgres.image).toMatch(/^postgres:1[4-8]$/)
  expect(postgres.volumes.map((volume: string) => volume.split(":")[0])).toEqual(Object.keys(volumes))
  const [, inside] = service.ports[0].split(":")
  expect(read("Dockerfile")).toContain(`EXPOSE ${inside}\n`)
  expect(service.build.dockerfile).toBe("examples/service/Dockerfile")
})
