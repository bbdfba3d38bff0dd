import { HttpApiEndpoint, HttpApiGroup, OpenApi } from "effect/http-api"
import { Authorization } from "../../identity/Authorization.ts"
import { operation } from "../operation.ts"
import { stockProblems } from "../refusal.ts"
import { OrderForm, ReleaseForm, ReserveForm } from "./ReservationForms.ts"
import { CommittedView, FulfilledView, ReleasedView, ReservedView } from "./ReservationView.ts"

const shared = { error: stockProblems } as const

/** C's reservations: held for an order or for nobody in particular, then released, or committed and shipped. */
export const ReservationsGroup = HttpApiGroup.make("inventory-service.reservations")
  .add(
    HttpApiEndpoint.post("reserve", "/reserve", {
      payload: ReserveForm,
      success: ReservedView,
      ...shared
    }).annotateMerge(operation("Reserve units for an order, or for nobody in particular", "write stock")),
    HttpApiEndpoint.post("release", "/release", {
      payload: ReleaseForm,
      success: ReleasedView,
      ...shared
    }).annotateMerge(operation("Give reserved units back", "write stock")),
    HttpApiEndpoint.post("commit", "/commit", { payload: OrderForm, success: CommittedView, ...shared }).annotateMerge(
      operation("Make a reservation firm: it no longer expires", "write stock")
    ),
    HttpApiEndpoint.post("fulfil", "/fulfil", { payload: OrderForm, success: FulfilledView, ...shared }).annotateMerge(
      operation("Ship what an order has reserved", "write stock")
    )
  )
  .middleware(Authorization)
  .prefix("/api/v1/inventory")
  .annotateMerge(OpenApi.annotations({ title: "Reservations" }))
