package dev.ronde.platform.http;

import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** Collects the routes with their declared access. HEAD answers as GET does, without the body. */
public final class Router {
    record Route(HandlerType method, String path, Access access, Intake intake, Handler handler) {}

    private final List<Route> routes = new ArrayList<>();
    private ReadWatch readWatch = (by, route, address) -> {};
    private TrustedProxies proxies = TrustedProxies.NONE;

    /** Lets somebody know of everything auditors read; call before the server starts. */
    public void onAuditorRead(ReadWatch listener) {
        readWatch = listener;
    }

    /** Call before the server starts. */
    public void trust(TrustedProxies ours) {
        proxies = ours;
    }

    TrustedProxies proxies() {
        return proxies;
    }

    ReadWatch readWatch() {
        return readWatch;
    }

    public void get(String path, Access access, Handler handler) {
        add(HandlerType.GET, path, access, handler);
        add(HandlerType.HEAD, path, access, handler);
    }

    /** As {@link #get}, for links in mails: OPTIONS answers as HEAD does, whatever looks at them. */
    public void link(String path, Access access, Handler handler) {
        get(path, access, handler);
        add(HandlerType.OPTIONS, path, access, context -> {
            handler.handle(context);
            context.result("");
        });
    }

    public void post(String path, Access access, Handler handler) {
        add(HandlerType.POST, path, access, handler);
    }

    public void post(String path, Access access, Intake intake, Handler handler) {
        add(HandlerType.POST, path, access, intake, handler);
    }

    public void put(String path, Access access, Intake intake, Handler handler) {
        add(HandlerType.PUT, path, access, intake, handler);
    }

    public void put(String path, Access access, Handler handler) {
        add(HandlerType.PUT, path, access, handler);
    }

    public void patch(String path, Access access, Handler handler) {
        add(HandlerType.PATCH, path, access, handler);
    }

    public void delete(String path, Access access, Handler handler) {
        add(HandlerType.DELETE, path, access, handler);
    }

    /** Fixed words come before parameters, so that {@code /assets/new} is not taken for an asset. */
    List<Route> routes() {
        return routes.stream().sorted(Comparator.comparing(Route::path)).toList();
    }

    private void add(HandlerType method, String path, Access access, Handler handler) {
        add(method, path, access, Intake.USUAL, handler);
    }

    private void add(HandlerType method, String path, Access access, Intake intake, Handler handler) {
        Objects.requireNonNull(access, () -> method + " " + path + " declares no access");
        routes.add(new Route(method, path, access, intake, handler));
    }
}
