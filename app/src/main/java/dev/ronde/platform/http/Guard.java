package dev.ronde.platform.http;

import dev.ronde.platform.problem.Problem;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The one place that decides whether a request may reach its handler: who, which role, which form token, which parameters. */
final class Guard {
    private static final Set<HandlerType> SAFE = Set.of(HandlerType.GET, HandlerType.HEAD, HandlerType.OPTIONS);
    /** Pages reached by a signed link; their forms carry a nonce instead of a session's token. */
    private static final List<String> LINK_PAGES = List.of("/r/", "/d/", "/u/", "/m/");

    private static final Set<String> LATE = Set.of("changed_meanwhile", "waiver_changed");

    private final Authenticator authenticator;
    private final OpenApi openApi;
    private final Idempotency idempotency;
    private final ReadWatch readWatch;
    private final BodyRoom bodies = new BodyRoom();

    Guard(Authenticator authenticator, OpenApi openApi, Idempotency idempotency, ReadWatch readWatch) {
        this.readWatch = readWatch;
        this.authenticator = authenticator;
        this.openApi = openApi;
        this.idempotency = idempotency;
    }

    void handle(Context context, Router.Route route) throws Exception {
        boolean api = route.path().startsWith("/api/");
        boolean link = LINK_PAGES.stream().anyMatch(route.path()::startsWith);
        boolean asked = !link && route.access() != Access.UNASKED;
        Optional<Principal> principal = asked ? authenticator.authenticate(context) : Optional.empty();
        principal.ifPresent(found -> context.attribute(Requests.PRINCIPAL, found));
        if (!admit(context, route, principal, api)) {
            return;
        }
        if (SAFE.contains(route.method())) {
            handle(context, route, principal, api, link);
            return;
        }
        long weight = take(context, route.intake(), principal.isPresent(), api);
        BodyRoom.Place place = bodies.take(weight);
        try {
            handle(context, route, principal, api, link);
        } finally {
            place.close();
        }
    }

    /** Decides before anything of the body is parsed; returns how many bytes may come. */
    private static long take(Context context, Intake intake, boolean known, boolean api) {
        if (context.isMultipart() && !intake.files()) {
            throw Problem.of(
                    415,
                    "unsupported_media_type",
                    "No file is taken here (multipart/form-data). Send a form as application/x-www-form-urlencoded, or the body that the API describes.");
        }
        long most = intake.mostFrom(known);
        // who may use the API has its handler say what is too large: some of it is kept as a refusal
        if (!api && context.req().getContentLengthLong() > most) {
            throw Requests.tooLarge(most);
        }
        Incoming incoming = Incoming.of(context);
        incoming.allow(most);
        return incoming.weight();
    }

    private void handle(Context context, Router.Route route, Optional<Principal> principal, boolean api, boolean link)
            throws Exception {
        if (!SAFE.contains(route.method()) && !link) {
            requireOwnForm(context, principal, api);
        }
        if (api) {
            refuseOtherThanDeclared(context, route);
        }
        String key = context.header("Idempotency-Key");
        Handler handler = matching(route.handler());
        if (api && route.method().equals(HandlerType.POST) && key != null) {
            idempotency.handle(context, key, handler);
        } else {
            handler.handle(context);
        }
        if (route.method().equals(HandlerType.GET) && !isPolled(route)) {
            principal
                    .filter(found -> found.role() == Role.AUDITOR)
                    .ifPresent(auditor -> viewed(context, route, auditor));
        }
    }

    /** A writer that named its version and lost the race gets 412, as it does a moment later. */
    private static Handler matching(Handler handler) {
        return context -> {
            try {
                handler.handle(context);
            } catch (Problem problem) {
                boolean late = LATE.contains(problem.code()) && context.header("If-Match") != null;
                throw late ? Requests.changedMeanwhile() : problem;
            }
        };
    }

    private static boolean isPolled(Router.Route route) {
        return route.path().startsWith("/jobs") || route.path().startsWith("/api/v1/jobs");
    }

    private void viewed(Context context, Router.Route route, Principal auditor) {
        if (context.statusCode() < 300 && !route.access().open()) {
            String query = context.queryString();
            readWatch.read(auditor, route.path(), context.path() + (query == null ? "" : "?" + query));
        }
    }

    private static boolean admit(Context context, Router.Route route, Optional<Principal> principal, boolean api) {
        if (route.access().open()) {
            return true;
        }
        if (principal.isEmpty()) {
            if (api) {
                throw Problem.unauthorized("Send a token: Authorization: Bearer ronde_…");
            }
            String query = context.queryString();
            String target = SAFE.contains(route.method()) ? context.path() + (query == null ? "" : "?" + query) : "/";
            context.redirect(
                    "/login?next=" + URLEncoder.encode(target, StandardCharsets.UTF_8),
                    io.javalin.http.HttpStatus.SEE_OTHER);
            return false;
        }
        if (!route.access().allows(principal.get().role())) {
            String role = principal.get().role().word();
            throw Problem.forbidden(
                    principal.get().tokenId() == null
                            ? "Your role " + role
                                    + " may not do this. An administrator can change roles on the people page."
                            : "The role " + role
                                    + " of this token may not do this. An administrator can make a token with another role.");
        }
        if (principal.get().limits() != null && !route.access().scoped()) {
            throw Limits.outside();
        }
        return true;
    }

    /** A change from a browser must come from our own page and carry its session's token. */
    private void requireOwnForm(Context context, Optional<Principal> principal, boolean api) {
        boolean byToken = principal
                .map(found -> found.tokenId() != null || found.channel() == Channel.COMMAND)
                .orElse(false);
        if (byToken) {
            return;
        }
        if (api) {
            throw Problem.forbidden("The API takes changes with a token only: Authorization: Bearer ronde_…");
        }
        String site = context.header("Sec-Fetch-Site");
        String origin = context.header("Origin");
        boolean foreign = (site != null && !site.equals("same-origin") && !site.equals("none"))
                || (site == null && origin != null && !sameHost(context, origin));
        if (foreign) {
            throw Problem.of(
                    403, "foreign_form", "This form was sent from another site. Open the page here and send it again.");
        }
        if (principal.isPresent()) {
            String expected = authenticator.csrf(context).orElse("");
            String given = context.formParam("_csrf");
            if (given == null
                    || expected.isEmpty()
                    || !MessageDigest.isEqual(
                            expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8))) {
                throw Problem.of(
                        403,
                        "form_expired",
                        "This form belongs to an earlier session. Go back, reload the page and send it again.");
            }
        }
    }

    private static boolean sameHost(Context context, String origin) {
        try {
            URI uri = URI.create(origin);
            String host = uri.getPort() < 0 ? uri.getHost() : uri.getHost() + ":" + uri.getPort();
            return host != null && host.equals(context.host());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private void refuseOtherThanDeclared(Context context, Router.Route route) {
        String method =
                route.method().equals(HandlerType.HEAD) ? "GET" : route.method().name();
        OpenApi.Operation declared = openApi.operations().get(method + " " + route.path());
        if (declared == null) {
            return;
        }
        Requests.query(context, declared.queryParameters().toArray(String[]::new));
        if (!SAFE.contains(route.method()) && !declared.takesBody()) {
            NoBody.require(context);
        }
    }
}
