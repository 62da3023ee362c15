package dev.ronde.command;

import dev.ronde.platform.http.CommandUser;
import dev.ronde.platform.json.Json;
import dev.ronde.platform.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringWriter;
import java.io.Writer;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** A small client of the product's API. A problem becomes {@link CommandFailed} with its sentences. */
final class ApiClient {
    private static final Duration POLL = Duration.ofMillis(200);

    private final URI base;
    private final String token;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

    ApiClient(URI base, String token) {
        this.base = base;
        this.token = token;
    }

    JsonNode get(String path) {
        return parsed(answer(request(path).GET()));
    }

    /** Empty for 404. */
    Optional<JsonNode> find(String path) {
        HttpResponse<String> answer = answer(request(path).GET());
        return answer.statusCode() == 404 ? Optional.empty() : Optional.of(parsed(answer));
    }

    List<JsonNode> items(String path) {
        return itemsWhile(path, item -> true);
    }

    List<JsonNode> itemsWhile(String path, Predicate<JsonNode> belongs) {
        List<JsonNode> items = new ArrayList<>();
        String start = path + (path.contains("?") ? "&" : "?") + "limit=500";
        String next = start;
        while (next != null) {
            JsonNode page = get(next);
            for (JsonNode item : page.path("items")) {
                if (!belongs.test(item)) {
                    return items;
                }
                items.add(item);
            }
            String cursor = page.path("next_cursor").asString("");
            next = cursor.isEmpty() ? null : start + "&cursor=" + encoded(cursor);
        }
        return items;
    }

    JsonNode post(String path, Object body) {
        return parsed(write("POST", path, body));
    }

    JsonNode patch(String path, Object body) {
        return parsed(write("PATCH", path, body));
    }

    JsonNode delete(String path) {
        return parsed(answer(request(path).header("If-Match", "*").DELETE()));
    }

    /**
     * Posts what stood in a file.
     *
     * @param place says for a pointer into the body where in the file that is
     */
    JsonNode post(String path, Object body, UnaryOperator<String> place) {
        return placed(write("POST", path, body), place);
    }

    JsonNode put(String path, Object body, UnaryOperator<String> place) {
        return placed(write("PUT", path, body), place);
    }

    private static JsonNode placed(HttpResponse<String> answer, UnaryOperator<String> place) {
        if (refusesFields(answer.statusCode(), answer.body())) {
            throw CommandFailed.of(said(answer.statusCode(), answer.body(), place));
        }
        return parsed(answer);
    }

    /** A refused field is wrong usage. */
    JsonNode postArguments(String path, Object body) {
        HttpResponse<String> answer = write("POST", path, body);
        if (answer.statusCode() == 422) {
            throw CommandFailed.usage(said(answer.statusCode(), answer.body()));
        }
        return parsed(answer);
    }

    /** Changes the resource whatever its version is. */
    private HttpResponse<String> write(String method, String path, Object body) {
        return answer(request(path)
                .header("Content-Type", "application/json")
                .header("If-Match", "*")
                .method(method, HttpRequest.BodyPublishers.ofString(Json.write(body))));
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** A JSON object; null values are left out. */
    static Map<String, Object> fields(@Nullable Object... namesAndValues) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            Object value = namesAndValues[i + 1];
            if (value != null) {
                fields.put(String.valueOf(namesAndValues[i]), value);
            }
        }
        return fields;
    }

    static String query(@Nullable String... namesAndValues) {
        StringBuilder query = new StringBuilder();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            String text = namesAndValues[i + 1];
            if (text != null) {
                query.append(query.isEmpty() ? '?' : '&')
                        .append(namesAndValues[i])
                        .append('=')
                        .append(encoded(text));
            }
        }
        return query.toString();
    }

    JsonNode send(String method, String path, String contentType, byte[] body) {
        return parsed(answer(request(path)
                .header("Content-Type", contentType)
                .method(method, HttpRequest.BodyPublishers.ofByteArray(body))));
    }

    void download(String path, Path file) {
        toFile(request(path).GET().build(), file);
    }

    void postForFile(String path, Path file) {
        toFile(request(path).POST(HttpRequest.BodyPublishers.noBody()).build(), file);
    }

    private void toFile(HttpRequest request, Path file) {
        HttpResponse<Path> answer = exchange(
                request,
                info -> info.statusCode() < 300
                        ? HttpResponse.BodySubscribers.ofFile(file)
                        : HttpResponse.BodySubscribers.mapping(
                                HttpResponse.BodySubscribers.ofString(StandardCharsets.UTF_8), text -> {
                                    throw failed(info.statusCode(), text);
                                }));
        if (answer.statusCode() >= 300) {
            throw failed(answer.statusCode(), "");
        }
    }

    /** Passes a text on as it comes, whatever its length. */
    void copy(String path, Writer to) {
        HttpResponse<InputStream> answer = exchange(request(path).GET().build(), BodyHandlers.ofInputStream());
        try (Reader text = new InputStreamReader(answer.body(), StandardCharsets.UTF_8)) {
            if (answer.statusCode() >= 300) {
                StringWriter refusal = new StringWriter();
                text.transferTo(refusal);
                throw failed(answer.statusCode(), refusal.toString());
            }
            text.transferTo(to);
        } catch (IOException e) {
            throw broke(e);
        }
    }

    /** Waits until a job has ended and returns it; a failed one is {@link CommandFailed}. */
    JsonNode await(JsonNode job, Consumer<JsonNode> progress) {
        String id = job.path("id").asString("");
        while (true) {
            JsonNode now = get("/api/v1/jobs/" + id);
            progress.accept(now);
            switch (now.path("state").asString("")) {
                case "done" -> {
                    return now;
                }
                case "failed", "cancelled" ->
                    throw CommandFailed.of(
                            "The job " + id + " " + now.path("state").asString("") + ": "
                                    + now.path("error").asString("no reason given"));
                default -> pause();
            }
        }
    }

    static void pause() {
        try {
            Thread.sleep(POLL.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CommandFailed.of("interrupted");
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path))
                .header("Authorization", "Bearer " + token)
                .header(CommandUser.HEADER, CommandUser.signedIn());
    }

    private HttpResponse<String> answer(HttpRequest.Builder request) {
        return exchange(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    private static JsonNode parsed(HttpResponse<String> answer) {
        String body = answer.body();
        if (answer.statusCode() >= 300) {
            throw failed(answer.statusCode(), body);
        }
        return Json.tree(body.isBlank() ? "{}" : body);
    }

    private <T> HttpResponse<T> exchange(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        try {
            return http.send(request, handler);
        } catch (ConnectException e) {
            throw CommandFailed.of("No answer from " + base + ". Check that the server runs and the address is right.");
        } catch (IOException e) {
            if (e.getCause() instanceof CommandFailed failed) {
                throw failed;
            }
            throw broke(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CommandFailed.of("interrupted");
        }
    }

    private CommandFailed broke(Exception e) {
        return CommandFailed.of("The connection to " + base + " broke: " + e.getMessage());
    }

    private static CommandFailed failed(int status, String body) {
        boolean usage = status == 400 && !refusesFields(status, body);
        return new CommandFailed(usage ? CommandFailed.USAGE : CommandFailed.FAILED, said(status, body));
    }

    /** Commands only write fields they know, so an unknown field came from a file. */
    private static boolean refusesFields(int status, String body) {
        return status == 422 || (status == 400 && body.contains("\"code\":\"" + Problem.UNKNOWN_FIELD + "\""));
    }

    private static String said(int status, String body) {
        return said(status, body, UnaryOperator.identity());
    }

    private static String said(int status, String body, UnaryOperator<String> place) {
        String detail = "The server answered " + status + ".";
        List<String> lines = new ArrayList<>();
        try {
            JsonNode problem = Json.tree(body);
            detail = problem.path("detail").asString(detail);
            boolean placed = false;
            for (JsonNode error : problem.path("errors")) {
                String pointer = error.path("pointer").asString("");
                String message = error.path("message").asString("");
                // what lies at no single place is the detail already
                if (!pointer.isEmpty()) {
                    lines.add(place.apply(pointer) + ": " + message);
                    placed |= message.equals(detail);
                }
            }
            if (placed) {
                return String.join("\n  ", lines);
            }
        } catch (JacksonException e) {
            // no problem document, such as that of a proxy
        }
        lines.add(0, detail);
        return String.join("\n  ", lines);
    }
}
