package dev.ronde.account;

import dev.ronde.platform.config.Settings;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.PageRenderer;
import dev.ronde.platform.http.Principal;
import dev.ronde.platform.http.Requests;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.HttpStatus;
import io.javalin.http.SameSite;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Signing in and out, and the two display choices every visitor has: language and theme. */
record SignInPages(Database database, Settings settings, SignIn signIn, PageRenderer pages) implements Routes {
    /** Tells a browser that keeps no cookies from a wrong password: the form sets it and expects it back. */
    private static final String PROBE_COOKIE = "ronde_visit";

    private static final int YEAR = (int) Duration.ofDays(365).toSeconds();

    @Override
    public void register(Router router) {
        router.get("/login", Access.ANYONE, this::form);
        router.post("/login", Access.ANYONE, this::signIn);
        router.post("/logout", Access.ANYONE, this::signOut);
        router.get("/preferences", Access.ANYONE, this::preferences);
    }

    private void form(Context context) {
        String next = afterSignIn(context.queryParam("next"));
        if (Requests.findPrincipal(context).isPresent()) {
            context.redirect(next, HttpStatus.SEE_OTHER);
            return;
        }
        String notice = null;
        if (context.queryParam("out") != null) {
            notice = pages.text(context, "account.login.signed_out");
        } else if (AccountAuthenticator.secret(context).isPresent()) {
            notice = pages.text(context, "account.login.expired");
        } else if (context.queryParam("next") != null && !next.equals("/")) {
            notice = pages.text(context, "account.login.first");
        }
        show(context, next, "", null, notice);
    }

    private void signIn(Context context) {
        Map<String, String> form = Requests.form(context);
        String next = afterSignIn(form.get("next"));
        String email = form.getOrDefault("email", "");
        if (context.cookie(PROBE_COOKIE) == null) {
            context.status(HttpStatus.BAD_REQUEST);
            show(context, next, email, pages.text(context, "account.login.cookie", base()), null);
            return;
        }
        String password = context.formParam("password");
        SignIn.Result result = signIn.attempt(
                email, password == null ? "" : password, Requests.client(context), Requests.shared(context));
        if (result instanceof SignIn.SignedIn signedIn) {
            AccountAuthenticator.secret(context).ifPresent(signIn::forget);
            startSession(context, settings, signedIn.secret());
            context.redirect(next, HttpStatus.SEE_OTHER);
        } else if (result instanceof SignIn.TooMany wait) {
            long seconds = Math.max(1, wait.retryAfter().toSeconds() + 1);
            context.status(HttpStatus.TOO_MANY_REQUESTS).header("Retry-After", String.valueOf(seconds));
            show(context, next, email, pages.text(context, "account.login.too_many", seconds + " s"), null);
        } else {
            context.status(HttpStatus.UNAUTHORIZED);
            show(context, next, email, pages.text(context, "account.login.refused"), null);
        }
    }

    private void signOut(Context context) {
        Optional<Principal> principal = Requests.findPrincipal(context);
        Optional<String> secret = AccountAuthenticator.secret(context);
        UUID id = principal.map(Principal::personId).orElse(null);
        if (id != null && secret.isPresent()) {
            Optional<Person> person =
                    database.read(handle -> handle.attach(PersonDao.class).find(id));
            person.ifPresent(found -> signIn.signOut(found, secret.get()));
        }
        context.removeCookie(AccountAuthenticator.COOKIE, "/");
        context.redirect("/login?out=1", HttpStatus.SEE_OTHER);
    }

    /** Keeps a display choice in a cookie and changes nothing else, so a GET may do it. */
    private void preferences(Context context) {
        String language = context.queryParam("language");
        String theme = context.queryParam("theme");
        if (language != null && language.matches("en|fr")) {
            context.cookie(cookie("lang", language, YEAR, settings));
        }
        if (theme != null && theme.matches("system|light|dark")) {
            context.cookie(cookie("theme", theme, YEAR, settings));
        }
        context.redirect(localPath(context.queryParam("back")), HttpStatus.SEE_OTHER);
    }

    private void show(Context context, String next, String email, @Nullable String problem, @Nullable String notice) {
        context.cookie(cookie(PROBE_COOKIE, "1", -1, settings));
        Map<String, Object> model = new HashMap<>();
        model.put("next", next);
        model.put("email", email);
        model.put("problem", problem);
        model.put("notice", notice);
        model.put("baseUrl", base());
        model.put("address", address(context, settings, pages));
        pages.render(context, "web/account/login.peb", model);
    }

    static AddressCheck address(Context context, Settings settings, PageRenderer pages) {
        boolean sameSite = "same-origin".equals(context.header("Sec-Fetch-Site"));
        AddressCheck.Asked asked = new AddressCheck.Asked(
                context.scheme(),
                context.host(),
                context.header("X-Forwarded-Proto"),
                context.header("X-Forwarded-Host"),
                sameSite ? context.header("Referer") : null);
        return AddressCheck.of(asked, settings.baseUrl(), pages.words(context));
    }

    /** The cookie is HttpOnly, {@code SameSite=Lax}, and secure if the base URL is https. */
    static void startSession(Context context, Settings settings, String secret) {
        context.cookie(cookie(AccountAuthenticator.COOKIE, secret, (int) Session.LONGEST.toSeconds(), settings));
    }

    /** Only a path of this server may be a target: no other host, no header injection. */
    static String localPath(@Nullable String target) {
        if (target == null) {
            return "/";
        }
        boolean local = target.matches("/(?![/\\\\])[\\x21-\\x7e]*");
        return local ? target : "/";
    }

    private static String afterSignIn(@Nullable String target) {
        String path = localPath(target);
        return path.startsWith("/login") ? "/" : path;
    }

    private static Cookie cookie(String name, String value, int seconds, Settings settings) {
        boolean https = "https".equals(settings.baseUrl().getScheme());
        Cookie cookie = new Cookie(name, value);
        cookie.setPath("/");
        cookie.setMaxAge(seconds);
        cookie.setHttpOnly(true);
        cookie.setSecure(https);
        cookie.setSameSite(SameSite.LAX);
        return cookie;
    }

    private String base() {
        return settings.baseUrl().toString();
    }
}
