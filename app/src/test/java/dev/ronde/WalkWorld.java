package dev.ronde;

import dev.ronde.platform.config.Setting;
import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.ScriptedSmtp;
import dev.ronde.testing.Sql;
import dev.ronde.testing.TestApp;
import dev.ronde.testing.TestClock;
import dev.ronde.testing.TestDatabase;
import dev.ronde.testing.Unchecked;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.function.ToIntBiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** An app with an estate, a plan with many open reviews and a mail server, and the ways in which it can be told something. */
final class WalkWorld implements AutoCloseable {
    /** A change and the record types it must leave. */
    record Step(String route, Set<String> types, IntSupplier act) {}

    private static final Pattern FORM_TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

    private final TestClock clock = new TestClock();
    private final ScriptedSmtp smtp = new ScriptedSmtp();
    private final TestApp app;
    private final Map<String, String> cookies = new HashMap<>();
    private final List<AutoCloseable> others = new ArrayList<>();
    private TestApp.Answer last = new TestApp.Answer(0, "", Map.of());

    WalkWorld() {
        this(Map.of());
    }

    WalkWorld(DatabaseKind kind) {
        this(TestDatabase.settings(kind));
    }

    private WalkWorld(Map<Setting, String> more) {
        Map<Setting, String> settings = new HashMap<>(more);
        settings.putAll(Map.of(
                Setting.TEST_CLOCK, "2026-03-02T09:00:00Z",
                Setting.SMTP_HOST, "127.0.0.1",
                Setting.SMTP_PORT, String.valueOf(smtp.port()),
                Setting.SMTP_TLS, "none",
                Setting.MAIL_FROM, "ronde@example.org",
                Setting.PROBE_ALLOW, "127.0.0.1/32"));
        app = TestApp.start(clock, settings);
    }

    /** Something a step needs, closed with the world. */
    void alsoClose(AutoCloseable thing) {
        others.add(thing);
    }

    App app() {
        return app.app();
    }

    void settle() {
        app.settle();
    }

    void advance(Duration step) {
        clock.advance(step);
        app.settle();
    }

    /** Nothing happens by that. */
    void back(Duration step) {
        clock.advance(step.negated());
    }

    String lastBody() {
        String text =
                last.body().replaceAll("(?s)<head>.*?</head>|<[^>]+>", " ").replaceAll("\\s+", " ");
        return text.substring(0, Math.min(text.length(), 400));
    }

    /** The last answer, whole. */
    String body() {
        return last.body();
    }

    JsonNode get(String path) {
        return call("GET", path, null, operator()).json();
    }

    int call(String method, String path, Object body) {
        return call(method, path, body, operator()).status();
    }

    /** A change that must name the version it changes. */
    int match(String method, String path, Object body) {
        Map<String, String> headers = new HashMap<>(operator());
        headers.put("If-Match", call("GET", path, null, operator()).header("ETag"));
        return call(method, path, body, headers).status();
    }

    /** A change of whatever version there is. */
    int whatever(String method, String path, Object body) {
        Map<String, String> headers = new HashMap<>(operator());
        headers.put("If-Match", "*");
        return call(method, path, body, headers).status();
    }

    int text(String method, String path, String body, String type) {
        Map<String, String> headers = new HashMap<>(operator());
        headers.put("Content-Type", type);
        return call(method, path, body, headers).status();
    }

    /** A step that tells its own route something: an address of the API in JSON, a page with a form. */
    Step sends(String route, String types, @Nullable Map<String, ?> told) {
        return sends(route, types, () -> "", told);
    }

    /** @param part what stands for the name in braces */
    Step sends(String route, String types, Supplier<String> part, @Nullable Map<String, ?> told) {
        return step(route, types, part, (method, path) -> {
            if (path.startsWith("/api/")) {
                return call(method, path, told);
            }
            Map<String, String> form = new HashMap<>();
            Objects.requireNonNull(told).forEach((name, value) -> form.put(name, String.valueOf(value)));
            return form(path, form);
        });
    }

    /** A step that changes the version it has read. */
    Step matches(String route, String types, Supplier<String> part, @Nullable Object told) {
        return step(route, types, part, (method, path) -> match(method, path, told));
    }

    private static Step step(String route, String types, Supplier<String> part, ToIntBiFunction<String, String> act) {
        String[] words = route.split(" ");
        return new Step(
                route,
                types.isEmpty() ? Set.of() : Set.of(types.split(" ")),
                () -> act.applyAsInt(words[0], words[1].replaceFirst("\\{\\w+}", part.get())));
    }

    /** A form as the operator sends it. */
    int form(String path, Map<String, String> fields) {
        return form(path, fields, operator());
    }

    int form(String path, Map<String, String> fields, Map<String, String> with) {
        Map<String, String> all = new HashMap<>(fields);
        Matcher review = Pattern.compile("(/reviews/REV-\\d+)/[a-z-]+").matcher(path);
        if (review.matches()) {
            String page = call("GET", review.group(1), null, with).body();
            for (String name : List.of("v", "seen")) {
                Matcher found = Pattern.compile("name=\"" + name + "\" value=\"([^\"]*)\"")
                        .matcher(page);
                if (found.find()) {
                    all.putIfAbsent(name, found.group(1));
                }
            }
        }
        String body = all.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        Map<String, String> headers = new HashMap<>(with);
        headers.put("Content-Type", "application/x-www-form-urlencoded");
        return call("POST", path, body, headers).status();
    }

    /** A form as somebody sends it who has signed in. */
    int formOf(String email, String path, Map<String, String> fields) {
        Map<String, String> session = Map.of("Cookie", cookies.getOrDefault(email, ""));
        Matcher token =
                FORM_TOKEN.matcher(call("GET", "/account", null, session).body());
        Map<String, String> all = new HashMap<>(fields);
        all.put("_csrf", token.find() ? token.group(1) : "none");
        int status = form(path, all, session);
        remember(email);
        return status;
    }

    int signIn(String email, String password) {
        call("GET", "/login", null, Map.of());
        Map<String, String> first = Map.of("Cookie", cookies().collect(Collectors.joining("; ")));
        int status = form("/login", Map.of("email", email, "password", password), first);
        remember(email);
        return status;
    }

    /** A page or answer as somebody gets it who has signed in. */
    TestApp.Answer as(String email, String path) {
        return call("GET", path, null, Map.of("Cookie", cookies.getOrDefault(email, "")));
    }

    private void remember(String email) {
        cookies().filter(cookie -> cookie.startsWith("ronde_session=")).forEach(cookie -> cookies.put(email, cookie));
    }

    /** The cookies of the last answer, as a browser sends them back. */
    private Stream<String> cookies() {
        return last.headers().entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase("Set-Cookie"))
                .flatMap(header -> header.getValue().stream())
                .map(cookie -> cookie.split(";", 2)[0]);
    }

    TestApp.Answer call(String method, String path, Object body, Map<String, String> headers) {
        last = app.call(method, path, body, headers);
        return last;
    }

    /** A page of a link, with the hidden fields of its form. */
    Map<String, String> hidden(String path) {
        String page = call("GET", path, null, Map.of()).body();
        Map<String, String> fields = new HashMap<>();
        for (String name : List.of("v", "snapshot_digest", "seen", "n")) {
            Matcher found =
                    Pattern.compile("name=\"" + name + "\" value=\"([^\"]*)\"").matcher(page);
            fields.put(name, found.find() ? found.group(1) : "");
        }
        clock.advance(Duration.ofSeconds(10));
        return fields;
    }

    int follow(String path, Map<String, String> fields) {
        Map<String, String> all = new HashMap<>(hidden(path));
        all.putAll(fields);
        return form(path, all, Map.of());
    }

    /** Every mail so far, its soft line breaks undone. */
    List<String> mails() {
        return smtp.taken().stream()
                .map(mail -> mail.replace("=\r\n", "").replace("=\n", ""))
                .toList();
    }

    /** The links of one kind in all mails so far, oldest first. */
    List<String> links(char kind) {
        List<String> links = new ArrayList<>();
        for (String mail : smtp.taken()) {
            Matcher link = Pattern.compile("/" + kind + "/[a-z2-7]{40}")
                    .matcher(mail.replace("=\r\n", "").replace("=\n", ""));
            while (link.find()) {
                if (!links.contains(link.group())) {
                    links.add(link.group());
                }
            }
        }
        return links;
    }

    /** The link that follows the asset in the first mail that names it; opening many of them would look like a scanner. */
    String linkAbout(String asset) {
        for (String mail : smtp.taken()) {
            String text = mail.replace("=\r\n", "").replace("=\n", "");
            Matcher link = Pattern.compile("/r/[a-z2-7]{40}").matcher(text);
            if (text.contains(asset) && link.find(text.indexOf(asset))) {
                return link.group();
            }
        }
        throw new AssertionError("no mail names " + asset);
    }

    /** The ref of a review that can be answered, by its asset. */
    String review(String asset) {
        return get("/api/v1/reviews?asset=" + asset).at("/items/0/ref").asString();
    }

    /** The id of the newest request of an auditor. */
    String request() {
        return get("/api/v1/requests").at("/items/0/id").asString();
    }

    byte[] bytes(String path) {
        return app.bytes(path);
    }

    /** A message handed over as a mail server does; it answers the first mail about a review, or nothing. */
    int message(String words, boolean answering) {
        String reference = "";
        for (String mail : smtp.taken()) {
            Matcher id = Pattern.compile("(?i)message-id: (<ronde\\.[^>]+>)").matcher(mail);
            if (answering && mail.contains("REV-") && id.find()) {
                reference = "In-Reply-To: " + id.group(1) + "\r\n";
                break;
            }
        }
        return text(
                "POST",
                "/api/v1/inbox",
                "From: somebody@example.org\r\nTo: ronde@example.org\r\nMessage-ID: <" + words + "@example.org>\r\n"
                        + reference + "Subject: " + words + "\r\n\r\n" + words + "\r\n",
                "message/rfc822");
    }

    String tokenOfPerson(String role) {
        return app.tokenOfPerson("walking " + role, role);
    }

    String token(String role) {
        call("POST", "/api/v1/tokens", Map.of("name", role, "role", role));
        return last.text("/token");
    }

    String field(String name) {
        return last.json().path(name).asString("");
    }

    Map<String, String> operator() {
        return app.operator();
    }

    Set<String> recordIds() {
        return new HashSet<>(
                Sql.texts(app.app().database(), "select cast(rec_id as varchar(36)) from evidence_record"));
    }

    /** The types of the records that were added since, in order of their names. */
    Set<String> typesSince(Set<String> before) {
        Set<String> types = new TreeSet<>();
        app
                .app()
                .database()
                .read(handle -> handle.createQuery(
                                "select cast(rec_id as varchar(36)) as id, rec_type from evidence_record")
                        .map((row, context) -> Map.entry(row.getString("id"), row.getString("rec_type")))
                        .list())
                .stream()
                .filter(record -> !before.contains(record.getKey()))
                .forEach(record -> types.add(record.getValue()));
        return types;
    }

    List<String> verifyLedger() {
        call("POST", "/api/v1/ledger/verify", Map.of());
        List<String> faults = new ArrayList<>();
        last.json().path("faults").forEach(fault -> faults.add(fault.asString("")));
        return faults;
    }

    List<String> verifyState() {
        call("POST", "/api/v1/ledger/verify-state", Map.of());
        List<String> differences = new ArrayList<>();
        last.json().path("differences").forEach(row -> differences.add(row.asString("")));
        return differences;
    }

    @Override
    public void close() {
        others.forEach(WalkWorld::close);
        app.close();
        smtp.close();
    }

    private static void close(AutoCloseable thing) {
        Unchecked.run(() -> thing.close());
    }
}
