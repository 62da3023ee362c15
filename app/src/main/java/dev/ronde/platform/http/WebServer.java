package dev.ronde.platform.http;

import dev.ronde.platform.config.SettingsException;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.json.Json;
import dev.ronde.platform.problem.Problem;
import dev.ronde.platform.time.Ids;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.SizeUnit;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.staticfiles.Location;
import io.javalin.json.JavalinJackson3;
import io.javalin.router.Endpoint;
import io.javalin.util.JavalinBindException;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** The HTTP server: every route behind the {@link Guard}, security headers on every answer, one log line a request. */
public final class WebServer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(WebServer.class);
    private static final String STARTED = "ronde.started";
    /** Health checks and what an error page needs still work while the server stops. */
    private static final List<String> ANSWERED_TO_THE_END = List.of("/healthz", "/readyz", "/metrics", "/static/");

    private static final Duration FAREWELL = Duration.ofSeconds(10);

    static final String CONTENT_SECURITY_POLICY =
            "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; "
                    + "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    private final List<Router.Route> routes;
    private final Guard guard;
    private final TrustedProxies proxies;
    private final Problems problems;
    private final MeterRegistry metrics;
    private final InstantSource clock;
    private final boolean https;
    private final Javalin javalin;
    private volatile boolean stopping;

    public WebServer(
            Router router,
            OpenApi openApi,
            Authenticator authenticator,
            PageRenderer pages,
            Database database,
            MeterRegistry metrics,
            InstantSource clock,
            URI baseUrl) {
        this.routes = router.routes();
        this.proxies = router.proxies();
        this.guard = new Guard(authenticator, openApi, new Idempotency(database, clock), router.readWatch());
        this.problems = new Problems(pages, baseUrl.toString(), () -> stopping);
        this.metrics = metrics;
        this.clock = clock;
        this.https = baseUrl.getScheme().equals("https");
        this.javalin = Javalin.create(this::configure);
    }

    /**
     * Starts listening; port 0 picks a free one.
     *
     * @throws SettingsException where nothing can listen there
     */
    public void start(String host, int port) {
        try {
            javalin.start(host, port);
        } catch (JavalinBindException e) {
            throw new SettingsException("RONDE_HTTP_PORT is " + port + " and RONDE_HTTP_HOST is " + host
                    + ", and nothing can listen there: another program has the port, the address is not one of this machine,"
                    + " or a port below 1024 needs more rights. Stop the other program, or set RONDE_HTTP_PORT to a free port"
                    + " (0 picks one).");
        }
    }

    public int port() {
        return javalin.port();
    }

    public List<Declared> declared() {
        return routes.stream()
                .map(route -> new Declared(route.method().name(), route.path(), route.access()))
                .toList();
    }

    public record Declared(String method, String path, Access access) {}

    private void configure(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.http.maxRequestSize = Requests.MAX_REQUEST;
        config.http.prefer405over404 = true;
        config.http.generateEtags = false;
        config.router.ignoreTrailingSlashes = false;
        Arrivals arrivals = new Arrivals(proxies);
        config.jetty.threadPool = threads();
        config.jetty.modifyServer(server -> {
            server.setErrorHandler(new BareErrors());
            server.setHandler(new GracefulHandler(new Entrance(arrivals)));
            server.setStopTimeout(FAREWELL.toMillis());
        });
        config.jetty.addConnector((server, http) -> {
            ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
            connector.setHost(config.jetty.host);
            connector.setPort(config.jetty.port);
            connector.addBean(arrivals);
            return connector;
        });
        config.jetty.modifyHttpConfiguration(http -> http.setSendServerVersion(false));
        config.jetty.multipartConfig.maxFileSize(Requests.MAX_REQUEST, SizeUnit.BYTES);
        config.jetty.multipartConfig.maxTotalRequestSize(Requests.MAX_REQUEST, SizeUnit.BYTES);
        config.jsonMapper(new JavalinJackson3(Json.MAPPER, false));
        config.staticFiles.add(files -> {
            files.hostedPath = "/static";
            files.directory = "/static";
            files.location = Location.CLASSPATH;
            files.headers = Map.of("Cache-Control", "public, max-age=3600", "X-Content-Type-Options", "nosniff");
        });
        config.routes.before(this::before);
        config.routes.after(this::log);
        config.routes.exception(Exception.class, (failure, context) -> {
            problems.answer(context, failure);
        });
        config.routes.exception(HttpResponseException.class, (failure, context) -> {
            problems.answer(context, failure);
        });
        config.routes.error(404, context -> {
            if (context.attribute(Requests.MATCHED) == null) {
                problems.answer(context, Problem.of(404, "not_found", "There is no page at this address."));
            }
        });
        for (Router.Route route : routes) {
            config.routes.addEndpoint(new Endpoint(
                    route.method(),
                    route.path(),
                    context -> {
                        context.attribute(Requests.MATCHED, route.path());
                        guard.handle(context, route);
                    },
                    Set.of()));
        }
    }

    private static QueuedThreadPool threads() {
        QueuedThreadPool threads = new QueuedThreadPool(24);
        threads.setName("http");
        if (VirtualThreads.areSupported()) {
            threads.setVirtualThreadsExecutor(VirtualThreads.getDefaultVirtualThreadsExecutor());
        }
        return threads;
    }

    private void before(Context context) {
        context.attribute(Requests.REQUEST_ID, Ids.next(clock).toString());
        MDC.put("request_id", Requests.requestId(context));
        context.attribute(STARTED, System.nanoTime());
        context.attribute(Requests.CLIENT, proxies.client(context));
        context.header("X-Request-Id", Requests.requestId(context));
        context.header("X-Content-Type-Options", "nosniff");
        context.header("Referrer-Policy", "same-origin");
        context.header("X-Frame-Options", "DENY");
        context.header("Content-Security-Policy", CONTENT_SECURITY_POLICY);
        context.header("Cross-Origin-Opener-Policy", "same-origin");
        context.header("Cache-Control", "no-store");
        if (https) {
            context.header("Strict-Transport-Security", "max-age=31536000");
        }
        if (stopping && ANSWERED_TO_THE_END.stream().noneMatch(context.path()::startsWith)) {
            throw Problems.stopping();
        }
    }

    /** Logs the route's pattern instead of the address: addresses contain handles. */
    private void log(Context context) {
        Long started = context.attribute(STARTED);
        String matched = context.attribute(Requests.MATCHED);
        long nanos = started == null ? 0 : System.nanoTime() - started;
        String route = matched == null ? "-" : matched;
        metrics.timer(
                        "ronde.http.requests",
                        "method",
                        context.method().name(),
                        "route",
                        route,
                        "status",
                        String.valueOf(context.statusCode()))
                .record(Duration.ofNanos(nanos));
        log.info(
                "request {} {} {} {} {} ms",
                Requests.requestId(context),
                context.method().name(),
                route,
                context.statusCode(),
                nanos / 1_000_000);
        MDC.remove("request_id");
    }

    /** Answers new requests with 503 from now on; running ones go on. */
    public void refuse() {
        stopping = true;
    }

    /** Stops listening; returns when what is under way has been answered, or after ten seconds. */
    @Override
    public void close() {
        refuse();
        javalin.stop();
    }
}
