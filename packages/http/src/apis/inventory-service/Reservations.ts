import { HttpApiEndpoint, HttpApiGroup, OpenApi } from "effect/http-api"
import { Authorization } from "../../identity/Authorization.ts"
import { Forbidden } from "../../problems/Problem.ts"
import { IdempotencyHeaders } from "../IdempotencyKey.ts"
import { stockProblems } from "../refusal.ts"
import { OrderForm, ReleaseForm, ReserveForm } from "./ReservationForms.ts"
import { CommittedView, FulfilledView, ReleasedView, ReservedView } from "./ReservationView.ts"

const shared = { headers: IdempotencyHeaders, error: [Forbidden, ...stockProblems] } as const

/** C's reservations: held for an order or for nobody in particular, then released, or committed and shipped. */
export const ReservationsGroup = HttpApiGroup.make("inventory-service.reservations")
  .add(
    HttpApiEndpoint.post("reserve", "/reserve", { payload: ReserveForm, success: ReservedView, ...shared }),
    HttpApiEndpoint.post("release", "/release", { payload: ReleaseForm, success: ReleasedView, ...shared }),
    HttpApiEndpoint.post("commit", "/commit", { payload: OrderForm, success: CommittedView, ...shared }),
    HttpApiEndpoint.post("fulfil", "/fulfil", { payload: OrderForm, success: FulfilledView, ...shared })
  )
  .middleware(Authorization)
  .prefix("/api/v1/inventory")
  .annotateMerge(OpenApi.annotations({ title: "Reservations" }))
