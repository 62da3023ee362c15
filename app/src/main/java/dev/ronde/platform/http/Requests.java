package dev.ronde.platform.http;

import dev.ronde.platform.json.Json;
import dev.ronde.platform.problem.FieldError;
import dev.ronde.platform.problem.Problem;
import dev.ronde.platform.time.IsoDates;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** What handlers read from a request and how they answer it, strict and the same everywhere. */
public final class Requests {
    static final String PRINCIPAL = "ronde.principal";
    static final String REQUEST_ID = "ronde.request_id";
    static final String MATCHED = "ronde.matched";
    static final String CLIENT = "ronde.client";
    static final String SHOWN_ONCE = "ronde.shown_once";
    private static final int MAX_BODY = 1_000_000;

    /** In bytes; the largest requests carry files. */
    static final long MAX_REQUEST = 30_000_000L;

    private Requests() {}

    /** The principal of the request; 401 without one. */
    public static Principal principal(Context context) {
        return findPrincipal(context).orElseThrow(() -> Problem.unauthorized("Sign in, or send a token."));
    }

    public static Optional<Principal> findPrincipal(Context context) {
        return Optional.ofNullable(context.attribute(PRINCIPAL));
    }

    /** The network address of the sender, as far as the proxies can be believed (see {@link TrustedProxies}). */
    public static String client(Context context) {
        String address = context.attribute(CLIENT);
        return address == null ? "" : address;
    }

    /** Whether {@link #client} may be the address of many: that of a proxy which is not listed in the settings. */
    public static boolean shared(Context context) {
        return TrustedProxies.shared(context, client(context));
    }

    public static String requestId(Context context) {
        String id = context.attribute(REQUEST_ID);
        return id == null ? "" : id;
    }

    /** The query parameters; one that is not known is a 400 that lists the known ones, one given twice likewise. */
    public static Query query(Context context, String... known) {
        requireReadable(context.queryString());
        List<String> names = List.of(known);
        Map<String, String> values = new LinkedHashMap<>();
        context.queryParamMap().forEach((name, given) -> {
            if (!names.contains(name)) {
                throw Query.unknown(name, names);
            }
            if (given.size() > 1) {
                throw Problem.badRequest(
                                "repeated_parameter", "The parameter " + name + " is given twice. Send it once.")
                        .values(name);
            }
            values.put(name, given.get(0));
        });
        // the links of pages hold theirs themselves
        if (context.path().startsWith("/api/")) {
            values.computeIfPresent(
                    "cursor", (name, text) -> text.isBlank() ? text : Cursor.unbound(text, listOf(context)));
        }
        return new Query(values);
    }

    /** Refuses escapes that are not text: leaving them out would answer another question. */
    private static void requireReadable(@Nullable String query) {
        if (query == null) {
            return;
        }
        try {
            String decoded = URLDecoder.decode(query, StandardCharsets.UTF_8);
            if (decoded.indexOf('\uFFFD') < 0 || query.toUpperCase(Locale.ROOT).contains("%EF%BF%BD")) {
                return;
            }
        } catch (IllegalArgumentException e) {
            // answered below
        }
        throw Problem.badRequest(
                "bad_parameter",
                "The parameters of the address are not UTF-8 with percent-encoding. Write a percent sign as %25.");
    }

    /** What a cursor belongs to: the route, its path parameters, and every query parameter but the page size. */
    private static String listOf(Context context) {
        Map<String, String> asked = new TreeMap<>();
        context.queryParamMap().forEach((name, given) -> {
            if (!name.equals("cursor") && !name.equals("limit") && !given.get(0).isBlank()) {
                asked.put(name, given.get(0));
            }
        });
        return context.attribute(MATCHED) + " " + new TreeMap<>(context.pathParamMap()) + " " + asked;
    }

    /** Throws 413 if the body is longer than {@code maximum} bytes. */
    public static byte[] bytes(Context context, int maximum) {
        if (context.req().getContentLengthLong() > maximum) {
            throw tooLarge(maximum);
        }
        byte[] bytes;
        try {
            bytes = context.bodyAsBytes();
        } catch (Exception e) {
            // Kotlin declares no exception of its reading
            Optional<Problem> refused = BodyRefused.in(e);
            if (refused.isPresent()) {
                throw refused.get();
            }
            throw e;
        }
        if (bytes.length > maximum) {
            throw tooLarge(maximum);
        }
        return bytes;
    }

    static Problem tooLarge(long maximum) {
        return Problem.tooLarge("The body is larger than the " + maximum + " bytes that are taken here.");
    }

    /** The JSON body as a record: 400 for broken JSON or, with a pointer, an unknown key, 422 with a pointer for a value that does not fit. */
    public static <T> T body(Context context, Class<T> type) {
        return body(context, type, MAX_BODY);
    }

    /** As {@link #body(Context, Class)}, of at most so many bytes. */
    public static <T> T body(Context context, Class<T> type, int maximum) {
        String text = jsonText(context, maximum);
        try {
            T value = StrictJson.MAPPER.readValue(text.isBlank() ? "{}" : text, type);
            if (value == null) {
                throw Problem.badRequest("bad_json", "The body is null. Send a JSON object.");
            }
            return value;
        } catch (JacksonException e) {
            throw JsonProblems.of(e);
        }
    }

    /** The JSON body as a tree; 400 for anything that is not one JSON document. */
    public static JsonNode tree(Context context, int maximum) {
        try {
            return Json.tree(jsonText(context, maximum));
        } catch (JacksonException e) {
            throw JsonProblems.of(e);
        }
    }

    private static String jsonText(Context context, int maximum) {
        String type = context.contentType();
        if (type != null && !type.isBlank() && !type.contains("json")) {
            throw Problem.of(415, "unsupported_media_type", "The body is " + type + ": send application/json.");
        }
        byte[] bytes = bytes(context, maximum);
        try {
            return StrictJson.withoutNul(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            throw Problem.badRequest("bad_encoding", "The body is not UTF-8. Send it in UTF-8.");
        }
    }

    /** The fields of a form, first value of each, without U+0000, which no browser sends; empty text counts as absent. */
    public static Map<String, String> form(Context context) {
        Map<String, String> fields = new LinkedHashMap<>();
        context.formParamMap().forEach((name, given) -> {
            String text = given.isEmpty() ? "" : given.get(0).replace("\0", "");
            if (!text.isBlank()) {
                fields.put(name, text);
            }
        });
        return fields;
    }

    /** The date in a field of a form, null where it is empty; 422 for any other text. */
    public static @Nullable LocalDate date(Map<String, String> form, String field) {
        LocalDate date = IsoDates.dateIn(form.get(field));
        if (date == null && form.containsKey(field)) {
            throw Problem.invalid("/" + field, "bad_date", "Write a date such as 2026-12-31.");
        }
        return date;
    }

    /** What is wrong with the fields of a form that is shown again, with status 422; throws a problem that is of no field. */
    public static List<FieldError> refused(Context context, Problem problem) {
        if (problem.errors().isEmpty()) {
            throw problem;
        }
        context.status(HttpStatus.UNPROCESSABLE_CONTENT);
        return problem.errors();
    }

    /** Every value of every field of a form, without U+0000, in the order of the page; for forms with boxes and rows. */
    public static Map<String, List<String>> fields(Context context) {
        Map<String, List<String>> fields = new LinkedHashMap<>();
        context.formParamMap()
                .forEach((name, given) -> fields.put(
                        name, given.stream().map(text -> text.replace("\0", "")).toList()));
        return fields;
    }

    /** Says that the answer holds a secret that is shown once: it is never kept, also not for an Idempotency-Key. */
    public static void shownOnce(Context context) {
        context.attribute(SHOWN_ONCE, true);
    }

    public static void etag(Context context, long version) {
        context.header("ETag", tag(version));
    }

    /** Refuses a write that names no version at all: 428. Asked before the body is looked at. */
    public static String requireIfMatch(Context context) {
        String given = context.header("If-Match");
        if (given == null || given.isBlank()) {
            throw Problem.preconditionRequired(
                    "Send If-Match with the ETag you read, so that no newer change is lost.");
        }
        return given;
    }

    /** Refuses a write that does not name the present version: 428 without If-Match, 412 with an old one. */
    public static void requireMatch(Context context, long version) {
        String given = requireIfMatch(context);
        List<String> tags =
                java.util.Arrays.stream(given.split(",", -1)).map(String::strip).toList();
        if (!tags.contains("*") && !tags.contains(tag(version))) {
            throw changedMeanwhile().with("etag", tag(version));
        }
    }

    static Problem changedMeanwhile() {
        return Problem.preconditionFailed("It was changed meanwhile. Read it again, then repeat your change.");
    }

    private static String tag(long version) {
        return "\"" + version + "\"";
    }

    /** Answers with one page of a list, by {@code sort} where that is asked for (see {@link PageOf#listed}). */
    public static <T> void list(Context context, Query query, Function<Query, PageOf<T>> list) {
        list(context, PageOf.listed(query, list), Map.of());
    }

    /** Answers with one page of a list in the shape of {@code contract.md}, and a Link header to the next one. */
    public static <T> void list(Context context, PageOf<T> found) {
        list(context, found, Map.of());
    }

    public static <T> void list(Context context, PageOf<T> found, Map<String, ?> beside) {
        PageOf<T> page = bound(context, found);
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("items", page.items());
        body.put("next_cursor", page.nextCursor());
        Map<String, Object> total = new LinkedHashMap<>();
        total.put("count", page.count());
        total.put("type", page.exact() ? "exact" : "at_least");
        body.put("total", total);
        body.putAll(beside);
        if (page.nextCursor() != null) {
            StringBuilder next = new StringBuilder(context.path()).append('?');
            context.queryParamMap().forEach((name, values) -> {
                if (!name.equals("cursor")) {
                    next.append(encode(name))
                            .append('=')
                            .append(encode(values.get(0)))
                            .append('&');
                }
            });
            context.header("Link", "<" + next.append("cursor=").append(encode(page.nextCursor())) + ">; rel=\"next\"");
        }
        context.json(body);
    }

    /** The page with a cursor that goes on only with the list that the request asked for, under the same filters. */
    public static <T> PageOf<T> bound(Context context, PageOf<T> page) {
        String next = page.nextCursor();
        String bound = next == null ? null : Cursor.bound(next, listOf(context));
        return new PageOf<>(page.items(), bound, page.count(), page.exact());
    }

    private static String encode(String text) {
        return java.net.URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
