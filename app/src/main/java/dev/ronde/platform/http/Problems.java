package dev.ronde.platform.http;

import dev.ronde.platform.db.Database;
import dev.ronde.platform.problem.FieldError;
import dev.ronde.platform.problem.Problem;
import dev.ronde.platform.resource.ReaderWords;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.MethodNotAllowedResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows problems: RFC 9457 documents to programs, a page to people; both name the request id that the log has. */
final class Problems {
    private static final Logger log = LoggerFactory.getLogger(Problems.class);

    private static final long RETRY_AFTER_SECONDS = 10;

    private final PageRenderer pages;
    private final String baseUrl;
    private final BooleanSupplier stopping;

    /**
     * @param baseUrl the address people use, without a slash at its end
     * @param stopping whether the server is stopping; what fails then is not a bug
     */
    Problems(PageRenderer pages, String baseUrl, BooleanSupplier stopping) {
        this.stopping = stopping;
        this.pages = pages;
        this.baseUrl = baseUrl;
    }

    void answer(Context context, Exception failure) {
        Problem problem = asProblem(context, failure);
        if (failure instanceof MethodNotAllowedResponse refused) {
            context.header("Allow", refused.getDetails().getOrDefault("availableMethods", ""));
        }
        context.status(problem.status());
        if (problem.extra().get("retry_after") instanceof Number seconds) {
            context.header("Retry-After", String.valueOf(seconds));
        }
        if (problem.status() == 401 && context.path().startsWith("/api/")) {
            context.header("WWW-Authenticate", "Bearer realm=\"ronde\"");
        }
        if (wantsPage(context)) {
            page(context, problem);
        } else {
            document(context, problem);
        }
    }

    static Problem stopping() {
        return Problem.of(
                        503,
                        "stopping",
                        "The server is stopping. Try again in a minute; look first whether what you sent was carried out.")
                .with("retry_after", RETRY_AFTER_SECONDS);
    }

    private Problem asProblem(Context context, Exception failure) {
        if (failure instanceof Problem problem) {
            return problem;
        }
        Optional<Problem> body = BodyRefused.in(failure);
        if (body.isPresent()) {
            return body.get();
        }
        if (failure instanceof MethodNotAllowedResponse) {
            return Problem.of(
                    405,
                    "method_not_allowed",
                    "This address does not take " + context.method().name()
                            + ". The header Allow lists what it takes.");
        }
        if (failure instanceof HttpResponseException http) {
            if (http.getStatus() == 413) {
                return Requests.tooLarge(Requests.MAX_REQUEST);
            }
            return Problem.of(http.getStatus(), "http_" + http.getStatus(), title(http.getStatus()) + ".");
        }
        if (failure instanceof tools.jackson.core.JacksonException json) {
            return JsonProblems.of(json);
        }
        if (Database.isUnavailable(failure)) {
            context.attribute(PageRenderer.WITHOUT_DATABASE, true);
            log.warn("request {} found no database: {}", Requests.requestId(context), failure.getMessage());
            return Problem.of(
                            503,
                            "database_unavailable",
                            "The database cannot be reached. Try again in a minute; look first whether what you sent was carried out. Where it lasts, look at /readyz and ronde doctor.")
                    .with("retry_after", RETRY_AFTER_SECONDS);
        }
        if (stopping.getAsBoolean()) {
            log.warn("request {} failed while the server stopped", Requests.requestId(context), failure);
            return stopping();
        }
        log.error("request {} failed", Requests.requestId(context), failure);
        return Problem.of(
                500,
                "internal",
                "Something failed on the server. Nothing of this request was kept. Tell the operator the request id.");
    }

    private static boolean wantsPage(Context context) {
        return !context.path().startsWith("/api/")
                && !context.path().equals("/metrics")
                && !context.path().equals("/healthz")
                && !context.path().equals("/readyz");
    }

    private void page(Context context, Problem problem) {
        ReaderWords words = pages.words(context);
        boolean noPage = problem.status() == 404 && problem.values().isEmpty();
        String key = "common.problem.detail." + (noPage ? "http_404" : problem.code());
        boolean english = words.locale().getLanguage().equals("en");
        // what a program is told of a broken server names the operator's tools; a page may be read by somebody who has
        // a link and no more
        boolean translated =
                (!english || problem.status() >= 500) && words.messages().has(key);
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("status", problem.status());
        model.put("code", problem.code());
        model.put("translated", translated);
        model.put("detail", translated ? words.text(key, problem.values().toArray()) : problem.text());
        model.put("errors", problem.errors());
        model.put("title", words.text(said(words, problem, "")));
        model.put("advice", words.text(said(words, problem, "advice.")));
        pages.render(context, "web/problem.peb", model);
    }

    private static String said(ReaderWords words, Problem problem, String part) {
        String own = "common.problem." + part + problem.code();
        String known = "common.problem." + part + problem.status();
        String alike = "common.problem." + part + (problem.status() >= 500 ? 500 : 400);
        return words.messages().has(own) ? own : words.messages().has(known) ? known : alike;
    }

    private void document(Context context, Problem problem) {
        Map<String, Object> body = new LinkedHashMap<>();
        boolean explained = pages.says(ProblemPages.key(problem.code()));
        body.put("type", explained ? baseUrl + ProblemPages.address(problem.code()) : "about:blank");
        body.put("title", title(problem.status()));
        body.put("status", problem.status());
        body.put("code", problem.code());
        body.put("detail", problem.text());
        body.put("instance", "urn:request:" + Requests.requestId(context));
        // a problem that lies at no single place is told once, about the whole (RFC 6901 §5)
        body.put(
                "errors",
                problem.errors().isEmpty()
                        ? List.of(new FieldError("", problem.code(), problem.text()))
                        : problem.errors());
        body.putAll(problem.extra());
        context.json(body).contentType("application/problem+json");
        // JSON is UTF-8 and no parameter says so (RFC 8259 §11)
        context.res().setCharacterEncoding(null);
    }

    static String title(int status) {
        return switch (status) {
            case 400 -> "Bad request";
            case 401 -> "Not signed in";
            case 403 -> "Not allowed";
            case 404 -> "Not found";
            case 405 -> "Method not allowed";
            case 408 -> "Too slow";
            case 409 -> "Conflict";
            case 410 -> "Gone";
            case 412 -> "Precondition failed";
            case 413 -> "Too large";
            case 415 -> "Unsupported media type";
            case 422 -> "Cannot be accepted";
            case 428 -> "Precondition required";
            case 429 -> "Too many requests";
            case 503 -> "Unavailable";
            default -> status >= 500 ? "Server error" : "Error";
        };
    }
}
