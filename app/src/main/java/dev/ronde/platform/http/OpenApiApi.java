package dev.ronde.platform.http;

/** Serves the API's description. */
public final class OpenApiApi implements Routes {
    private final OpenApi openApi;

    public OpenApiApi(OpenApi openApi) {
        this.openApi = openApi;
    }

    @Override
    public void register(Router router) {
        router.get(
                "/api/openapi.yaml",
                Access.ANYONE,
                context ->
                        context.contentType("application/yaml; charset=utf-8").result(openApi.yaml()));
    }
}
