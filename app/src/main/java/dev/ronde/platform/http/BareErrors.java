package dev.ronde.platform.http;

import dev.ronde.platform.json.Json;
import dev.ronde.platform.problem.FieldError;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Answers requests that never reach a route, such as an address that cannot be decoded, with a problem document (RFC 9457). */
final class BareErrors extends ErrorHandler {
    @Override
    public boolean errorPageForMethod(String method) {
        return true;
    }

    @Override
    protected void generateResponse(
            Request request,
            Response response,
            int status,
            @Nullable String message,
            @Nullable Throwable cause,
            Callback callback) {
        String title = HttpStatus.getMessage(status);
        String code = "http_" + status;
        String said = message == null ? title : message;
        String detail = status == HttpStatus.BAD_REQUEST_400
                ? "The request cannot be read (" + said + "). Look at its address and headers: a percent sign is %25."
                : said + ".";
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", "about:blank");
        body.put("title", title);
        body.put("status", status);
        body.put("code", code);
        body.put("detail", detail);
        body.put("errors", List.of(new FieldError("", code, detail)));
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/problem+json");
        // what follows on such a connection is not read: a client that is told sends it on another one
        response.getHeaders().put(HttpHeader.CONNECTION, "close");
        response.getHeaders().put("X-Content-Type-Options", "nosniff");
        response.write(true, ByteBuffer.wrap(Json.write(body).getBytes(StandardCharsets.UTF_8)), callback);
    }
}
