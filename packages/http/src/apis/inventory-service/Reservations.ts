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
    HttpApiEndpoint.post("reserve", "/reserve", { payload: ReserveForm, success: ReservedView, ...shared }).annotate(
      OpenApi.Summary,
      "Reserve units for an order, or for nobody in particular"
    ),
    HttpApiEndpoint.post("release", "/release", { payload: ReleaseForm, success: ReleasedView, ...shared }).annotate(
      OpenApi.Summary,
      "Give reserved units back"
    ),
    HttpApiEndpoint.post("commit", "/commit", { payload: OrderForm, success: CommittedView, ...shared }).annotate(
      OpenApi.Summary,
      "Make a reservation firm: it no longer expires"
    ),
    HttpApiEndpoint.post("fulfil", "/fulfil", { payload: OrderForm, success: FulfilledView, ...shared }).annotate(
      OpenApi.Summary,
      "Ship what an order has reserved"
    )
  )
  .middleware(Authorization)
  .prefix("/api/v1/inventory")
  .annotateMerge(OpenApi.annotations({ title: "Reservations" }))
