import { ConfigProvider, Layer } from "effect"
import { FetchHttpClient } from "effect/http"
import * as Otlp from "effect/observability/Otlp"
import * as OtlpSerialization from "effect/observability/OtlpSerialization"

/** What is sent unless OpenTelemetry's variables say otherwise, and by whom. */
const usual = { OTEL_SERVICE_NAME: "stockbook", OTEL_TRACES_EXPORTER: "otlp", OTEL_METRICS_EXPORTER: "otlp" }

/** Sends traces and metrics where OpenTelemetry's own variables say, as Protobuf over HTTP. */
export const telemetry = (variables: Readonly<Record<string, string>>): Layer.Layer<never> =>
  Otlp.layerFromConfig().pipe(
    Layer.provide([OtlpSerialization.layerProtobuf, FetchHttpClient.layer]),
    Layer.provide(ConfigProvider.layer(ConfigProvider.fromEnv({ env: { ...usual, ...variables } })))
  )
