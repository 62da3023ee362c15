package dev.ronde.reply;

import dev.ronde.testing.Unchecked;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/** Requests to a server of this machine; redirects are answers. */
record PageCalls(int port) {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();

    /** @param form absent: no body */
    MailWorld.Page form(String method, String path, Map<String, String> form, Map<String, String> headers) {
        String body = form == null
                ? null
                : form.entrySet().stream()
                        .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
                        .collect(Collectors.joining("&"));
        return exchange(method, path, "application/x-www-form-urlencoded", body, headers);
    }

    MailWorld.Page exchange(String method, String path, String type, String body, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
        headers.forEach(request::header);
        if (body == null) {
            request.method(method, HttpRequest.BodyPublishers.noBody());
        } else {
            request.header("Content-Type", type).method(method, HttpRequest.BodyPublishers.ofString(body));
        }
        return Unchecked.get(() -> {
            HttpResponse<String> response =
                    HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
            return new MailWorld.Page(
                    response.statusCode(), response.body(), response.headers().map());
        });
    }

    /** A form with one file, as a browser sends it. */
    MailWorld.Page upload(String path, Map<String, String> form, String name, String content) {
        StringBuilder body = new StringBuilder();
        form.forEach((field, text) -> body.append("--cut\r\nContent-Disposition: form-data; name=\"")
                .append(field)
                .append("\"\r\n\r\n")
                .append(text)
                .append("\r\n"));
        body.append("--cut\r\nContent-Disposition: form-data; name=\"file\"; filename=\"")
                .append(name)
                .append("\"\r\nContent-Type: application/octet-stream\r\n\r\n")
                .append(content)
                .append("\r\n--cut--\r\n");
        return exchange("POST", path, "multipart/form-data; boundary=cut", body.toString(), Map.of());
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
