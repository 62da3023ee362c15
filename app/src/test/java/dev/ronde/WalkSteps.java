package dev.ronde;

import dev.ronde.WalkWorld.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Every change somebody can make over HTTP, once, in an order in which each is possible. */
final class WalkSteps {
    private static final String PLAN = """
            {"id":"monthly","title":"Monthly review","scope":{"criticality":["high"]},"cadence":{"monthly":{"day":10}},
             "zone":"Europe/Paris","lead_time":"P14D","missed_after":"P20D",
             "approval":{"high":"second_person"},"frameworks":["iso27001:A.8.9"]}""";
    private static final String YAML = """
            plans:
              - id: yearly
                title: Yearly review
                scope: {criticality: [low]}
                cadence: {every: P1Y, anchor: 2026-03-11}
            """;
    private static final String ENDING = """
            {"id":"ending","title":"Trial","scope":{"assets":["late-1"]},"cadence":{"every":"P1Y","anchor":"2026-09-11"},
             "zone":"Europe/Paris"}""";
    private static final String HOST = """
            {"os":{"family":"linux","name":"Debian","version":"13","supported":true},
             "disks":[{"device":"sda","encrypted":true}],
             "patches":{"pending_security":0,"pending_critical":0,"reboot_required":false}}""";
    private static final String SIGNED_IN = "owner@example.org";

    private final WalkWorld world;
    private final List<Step> steps = new ArrayList<>();
    private int nextAsset = 1;

    WalkSteps(WalkWorld world) {
        this.world = world;
    }

    List<Step> all() {
        people();
        assets();
        plans();
        reviews();
        reviewPages();
        links();
        checks();
        steps.addAll(new ProbingSteps(world).all());
        steps.addAll(new WaiverSteps(world).all());
        steps.addAll(new WebhookSteps(world).all());
        steps.addAll(new RetentionSteps(world).all());
        calendars();
        mails();
        evidence();
        operation();
        return steps;
    }

    private void step(String route, String types, IntSupplier act) {
        steps.add(new Step(route, types.isEmpty() ? Set.of() : Set.of(types.split(" ")), act));
    }

    private void sends(String route, String types, @Nullable Map<String, ?> told) {
        steps.add(world.sends(route, types, told));
    }

    private void sends(String route, String types, Supplier<String> part, @Nullable Map<String, ?> told) {
        steps.add(world.sends(route, types, part, told));
    }

    private void matches(String route, String types, Supplier<String> part, @Nullable Object told) {
        steps.add(world.matches(route, types, part, told));
    }

    private void calendars() {
        Map<String, String> form = Map.of("name", "Due", "person", SIGNED_IN, "scope", "mine");
        sends("POST /api/v1/calendar-feeds", "calendar.created", Map.of("name", "Due", "person", SIGNED_IN));
        sends("POST /api/v1/calendar-feeds/{id}/revoke", "calendar.revoked", () -> calendar(), null);
        sends("POST /account/calendars", "calendar.created", form);
        sends("POST /account/calendars/{id}/revoke", "calendar.revoked", () -> calendar(), Map.of());
    }

    private String calendar() {
        return world.get("/api/v1/calendar-feeds").at("/items/0/id").asString();
    }

    private void people() {
        step("POST /setup", "config.changed person.added role.granted session.started", () -> {
            String code = String.valueOf(world.app().setupLink().orElseThrow()).replaceAll(".*code=", "");
            return world.form(
                    "/setup",
                    Map.of(
                            "code",
                            code,
                            "name",
                            "Ada Admin",
                            "email",
                            "ada@example.org",
                            "password",
                            "correct horse battery",
                            "organisation",
                            "Example",
                            "zone",
                            "Europe/Paris",
                            "language",
                            "en"),
                    Map.of());
        });
        sends(
                "POST /api/v1/people",
                "person.added role.granted",
                Map.of("email", SIGNED_IN, "name", "Olga Owner", "role", "owner", "password", "correct horse battery"));
        matches(
                "PATCH /api/v1/people/{id}",
                "person.changed",
                () -> person(SIGNED_IN),
                Map.of("name", "Olga B. Owner"));
        sends("POST /api/v1/people/{id}/setup-link", "person.changed", () -> person("ada@example.org"), Map.of());
        sends("POST /api/v1/people/{id}/reset", "person.changed", () -> person("ada@example.org"), Map.of());
        sends(
                "POST /people",
                "person.added role.granted",
                Map.of("email", "page@example.org", "name", "Paul Page", "role", "compliance"));
        step("POST /people/{id}", "person.changed", () -> {
            String id = person("page@example.org");
            return world.form(
                    "/people/" + id,
                    Map.of(
                            "name",
                            "Paul P. Page",
                            "role",
                            "compliance",
                            "zone",
                            "Europe/Paris",
                            "language",
                            "fr",
                            "active",
                            "true",
                            "version",
                            world.get("/api/v1/people/" + id).path("version").asString("1")));
        });
        matches(
                "PUT /api/v1/people/{id}/members",
                "person.added person.changed",
                () -> person("page@example.org"),
                Map.of("members", List.of("first@example.org")));
        step("PUT /api/v1/people/{id}/engagement", "engagement.agreed", () -> {
            world.call("POST", "/api/v1/people", Map.of("email", "ana@audit.example", "name", "Ana"));
            return world.call(
                    "PUT",
                    "/api/v1/people/" + person("ana@audit.example") + "/engagement",
                    Map.of(
                            "firm",
                            "Audit & Co",
                            "from",
                            "2026-03-01",
                            "until",
                            "2036-03-01",
                            "units",
                            List.of("Shop")));
        });
        sends(
                "POST /people/{id}/engagement",
                "engagement.agreed",
                () -> person("ana@audit.example"),
                Map.of("firm", "Audit & Co", "from", "2026-03-01", "until", "2036-03-02"));
        sends("POST /people/{id}/engagement/end", "engagement.ended", () -> person("ana@audit.example"), Map.of());
        step("DELETE /api/v1/people/{id}/engagement", "engagement.ended", () -> {
            String path = "/api/v1/people/" + person("ana@audit.example") + "/engagement";
            world.call("PUT", path, Map.of("firm", "Audit & Co", "from", "2026-03-01", "until", "2036-03-01"));
            return world.call("DELETE", path, null);
        });
        step("POST /people/{id}/members", "person.changed", () -> {
            String id = person("page@example.org");
            return world.form(
                    "/people/" + id + "/members",
                    Map.of(
                            "members",
                            "",
                            "version",
                            world.get("/api/v1/people/" + id).path("version").asString("1")));
        });
        sends("POST /people/{id}/link", "person.changed", () -> person("page@example.org"), Map.of());
        step("POST /login", "session.started", () -> world.signIn(SIGNED_IN, "correct horse battery"));
        step(
                "POST /account",
                "person.changed",
                () -> world.formOf(
                        SIGNED_IN, "/account", Map.of("name", "Olga", "zone", "Europe/Paris", "language", "fr")));
        step(
                "POST /account/password",
                "person.changed",
                () -> world.formOf(
                        SIGNED_IN,
                        "/account/password",
                        Map.of("current", "correct horse battery", "password", "another horse battery")));
        away();
        sends("POST /api/v1/tokens", "token.created", Map.of("name", "robot", "role", "agent"));
        matches("DELETE /api/v1/tokens/{id}", "token.revoked", () -> token(), null);
        sends("POST /settings/tokens", "token.created", Map.of("name", "robot two", "role", "agent", "days", "30"));
        sends("POST /settings/tokens/{id}/revoke", "token.revoked", () -> token(), Map.of());
    }

    private void away() {
        Map<String, String> days = Map.of("from", "2026-08-03", "until", "2026-08-21");
        sends("POST /api/v1/people/{id}/absences", "person.absence-planned", () -> person(SIGNED_IN), days);
        step(
                "POST /api/v1/people/{id}/absences/{absence}/end",
                "person.absence-ended",
                () -> world.call("POST", "/api/v1/people/" + absence() + "/end", Map.of()));
        sends("POST /people/{id}/absences", "person.absence-planned", () -> person(SIGNED_IN), days);
        step(
                "POST /people/{id}/absences/{absence}/end",
                "person.absence-ended",
                () -> world.form("/people/" + absence() + "/end", Map.of()));
        step(
                "POST /account/absences",
                "person.absence-planned",
                () -> world.formOf(SIGNED_IN, "/account/absences", days));
        step(
                "POST /account/absences/{absence}/end",
                "person.absence-ended",
                () -> world.formOf(
                        SIGNED_IN, "/account" + absence().substring(absence().indexOf('/')) + "/end", Map.of()));
        step(
                "POST /api/v1/holidays/import",
                "config.changed",
                () -> world.text(
                        "POST",
                        "/api/v1/holidays/import?zone=Europe/Berlin",
                        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:20261003\nSUMMARY:Unity\nEND:VEVENT\nEND:VCALENDAR\n",
                        "text/calendar"));
    }

    /** An absence of the person that stands, as it is in addresses. */
    private String absence() {
        String id = person(SIGNED_IN);
        for (JsonNode absence : world.get("/api/v1/people/" + id + "/absences").path("items")) {
            if (absence.path("ended_at").isNull()) {
                return id + "/absences/" + absence.path("id").asString();
            }
        }
        throw new AssertionError("every absence has ended");
    }

    private String person(String email) {
        return world.get("/api/v1/people?q=" + email).at("/items/0/id").asString();
    }

    private String token() {
        for (JsonNode token : world.get("/api/v1/tokens").path("items")) {
            if (token.path("revoked_at").isNull()) {
                return token.path("id").asString();
            }
        }
        throw new AssertionError("every token is revoked");
    }

    private void assets() {
        step("POST /api/v1/assets/import", "asset.created asset.imported person.added", () -> {
            String rows = IntStream.rangeClosed(1, 24)
                    .mapToObj(n -> "a-%02d,Asset %d,host.linux,nadia@example.org,high".formatted(n, n))
                    .collect(Collectors.joining("\n"));
            return importAssets(rows);
        });
        sends(
                "POST /api/v1/assets",
                "asset.created",
                Map.of("ref", "extra", "name", "Extra", "kind", "host.linux", "owner", SIGNED_IN));
        matches(
                "PUT /api/v1/assets/{ref}",
                "asset.updated",
                () -> "extra",
                Map.of("ref", "extra", "name", "Extra two", "kind", "host.linux", "owner", SIGNED_IN));
        matches("PATCH /api/v1/assets/{ref}", "asset.updated", () -> "extra", Map.of("name", "Extra three"));
        matches("DELETE /api/v1/assets/{ref}", "asset.retired", () -> "extra", null);
        matches("POST /api/v1/assets/{ref}/restore", "asset.updated", () -> "extra", null);
        sends("POST /assets", "asset.created", paged());
        step("POST /assets/{ref}/edit", "asset.updated", () -> {
            Map<String, String> form = new HashMap<>(paged());
            form.put("name", "Paged two");
            form.put(
                    "version", world.get("/api/v1/assets/paged").path("version").asString(""));
            return world.form("/assets/paged/edit", form);
        });
        step("POST /assets/{ref}/retire", "asset.retired", () -> world.form("/assets/paged/retire", version("paged")));
        step(
                "POST /assets/{ref}/restore",
                "asset.updated",
                () -> world.form("/assets/paged/restore", version("paged")));
        step(
                "PUT /api/v1/assets/{ref}/snapshots/{source}",
                "snapshot.received",
                () -> world.text("PUT", "/api/v1/assets/a-01/snapshots/host.v1", HOST, "application/json"));
    }

    private int importAssets(String rows) {
        return world.text(
                "POST", "/api/v1/assets/import", "ref,name,kind,owner_email,criticality\n" + rows + "\n", "text/csv");
    }

    private static Map<String, String> paged() {
        return Map.of("ref", "paged", "name", "Paged", "kind", "host.linux", "owner", SIGNED_IN);
    }

    private Map<String, String> version(String asset) {
        return Map.of(
                "version", world.get("/api/v1/assets/" + asset).path("version").asString(""));
    }

    private void plans() {
        sends(
                "POST /assets/bulk/apply",
                "asset.updated",
                Map.of("action", "add_tag", "value", "walked", "ref", "extra", "which", "picked", "expected", "1"));
        step("POST /api/v1/plans", "plan.created review.scheduled", () -> {
            int status = world.text("POST", "/api/v1/plans", PLAN, "application/json");
            world.settle();
            return status;
        });
        step("POST /api/v1/plans/{id}/announce", "plan.announced review.opened", () -> {
            importAssets("late-1,Late one,host.linux,nadia@example.org,high");
            world.settle();
            int status = world.call("POST", "/api/v1/plans/monthly/announce", Map.of());
            world.settle();
            return status;
        });
        matches(
                "PUT /api/v1/plans/{id}",
                "plan.changed",
                () -> "monthly",
                PLAN.replace("Monthly review", "Review of the month"));
        sends("POST /plans", "plan.created", Map.of("text", YAML, "do", "save"));
        step(
                "POST /plans/{id}",
                "plan.changed",
                () -> world.form(
                        "/plans/yearly", Map.of("text", YAML.replace("Yearly", "Annual"), "do", "save", "v", "1")));
        step("POST /api/v1/forecast/apply", "plan.levelled", () -> {
            world.call("POST", "/api/v1/forecast/proposal", Map.of("plan", "yearly"));
            return world.call(
                    "POST",
                    "/api/v1/forecast/apply",
                    Map.of("plan", "yearly", "fingerprint", world.field("fingerprint")));
        });
        step("POST /forecast", "plan.levelled", () -> {
            world.call("POST", "/api/v1/forecast/proposal", Map.of("plan", "yearly"));
            return world.form(
                    "/forecast", Map.of("plan", "yearly", "do", "apply", "fingerprint", world.field("fingerprint")));
        });
        step("POST /plans/{id}/announce", "plan.announced", () -> {
            importAssets("late-2,Late two,host.linux,nadia@example.org,low");
            world.settle();
            return world.form("/plans/yearly/announce", Map.of());
        });
        step("POST /api/v1/plans/{id}/retire", "plan.retired review.cancelled", () -> {
            world.text("POST", "/api/v1/plans", ENDING, "application/json");
            return world.whatever("POST", "/api/v1/plans/ending/retire", Map.of("reason", "It was a trial."));
        });
        sends(
                "POST /plans/{id}/retire",
                "plan.retired review.cancelled",
                () -> "yearly",
                Map.of("reason", "Monthly is enough.", "open", "finish", "v", "2"));
    }

    private String next() {
        return world.review("a-%02d".formatted(++nextAsset));
    }

    private void review(String action, String type, Map<String, ?> body) {
        step(
                "POST /api/v1/reviews/{ref}/" + action,
                type,
                () -> world.call("POST", "/api/v1/reviews/" + next() + "/" + action, body));
    }

    private void reviews() {
        review("acknowledge", "review.acknowledged", Map.of());
        review("attest", "review.attested", Map.of("outcome", "no_change"));
        sends(
                "POST /api/v1/reviews/{ref}/withdraw",
                "review.withdrawn",
                () -> world.review("a-%02d".formatted(nextAsset)),
                Map.of());
        review("problem", "review.problem", Map.of("text", "A port is open"));
        step("POST /api/v1/reviews/{ref}/decide-problem", "review.problem-decided", () -> {
            String ref = world.review("a-%02d".formatted(nextAsset));
            return world.call(
                    "POST",
                    "/api/v1/reviews/" + ref + "/decide-problem",
                    Map.of(
                            "reported_at",
                            world.get("/api/v1/reviews/" + ref)
                                    .at("/problem/at")
                                    .asString(),
                            "decision",
                            "It is closed"));
        });
        review("delegate", "review.delegated", Map.of("to", SIGNED_IN));
        review("snooze", "review.snoozed", Map.of("until", "2026-03-08"));
        review("not-mine", "review.not-mine", Map.of("note", "Ask the platform team"));
        review("extend", "review.extended", Map.of("until", "2026-03-20", "reason", "Holidays"));
        review("assign", "review.assigned", Map.of("to", SIGNED_IN));
        step("POST /api/v1/reviews/{ref}/remind", "review.reminded", () -> {
            String ref = world.review("a-%02d".formatted(nextAsset));
            return world.call("POST", "/api/v1/reviews/" + ref + "/remind", Map.of());
        });
        step("POST /reviews/{ref}/{action}", "review.time-asked", () -> {
            String ref = world.review("a-%02d".formatted(nextAsset));
            return world.formOf(SIGNED_IN, "/reviews/" + ref + "/snooze", Map.of("until", "2026-03-24"));
        });
        step("POST /api/v1/reviews/{ref}/refuse-time", "review.time-refused", () -> {
            String ref = world.review("a-%02d".formatted(nextAsset));
            return world.call(
                    "POST", "/api/v1/reviews/" + ref + "/refuse-time", Map.of("until", "2026-03-24", "reason", "No"));
        });
        sends(
                "POST /api/v1/reviews",
                "review.scheduled review.opened",
                Map.of("asset", "a-24", "reason", "Moved to another region"));
        step("POST /api/v1/reviews/{ref}/files", "review.evidence-added", () -> {
            String ref = world.review("a-%02d".formatted(nextAsset));
            return world.text("POST", "/api/v1/reviews/" + ref + "/files?name=note.txt", "seen", "text/plain");
        });
        secondPerson("reject", "review.rejected", Map.of("reason", "Look again"));
        secondPerson("approve", "review.approved", Map.of("note", "Agreed"));
    }

    private void secondPerson(String action, String type, Map<String, ?> body) {
        step("POST /api/v1/reviews/{ref}/" + action, type, () -> {
            String ref = "/reviews/" + world.review("a-%02d".formatted(nextAsset));
            world.formOf(SIGNED_IN, ref + "/attest", Map.of("outcome", "no_change"));
            return world.call("POST", "/api/v1" + ref + "/" + action, body);
        });
    }

    private void page(String action, String type, Map<String, String> form) {
        step("POST /reviews/{ref}/{action}", type, () -> {
            String ref = next();
            return world.form("/reviews/" + ref + "/" + action, form);
        });
    }

    private void reviewPages() {
        page("acknowledge", "review.acknowledged", Map.of());
        page("attest", "review.attested", Map.of("outcome", "no_change"));
        page("problem", "review.problem", Map.of("text", "A port is open"));
        step("POST /reviews/{ref}/{action}", "review.problem-decided", () -> {
            String ref = world.review("a-%02d".formatted(nextAsset));
            return world.form("/reviews/" + ref + "/decide-problem", Map.of("decision", "It is closed"));
        });
        page("snooze", "review.snoozed", Map.of("until", "2026-03-08"));
        page("not-mine", "review.not-mine", Map.of());
        page("extend", "review.extended", Map.of("until", "2026-03-20", "reason", "Holidays"));
        page("assign", "review.assigned", Map.of("to", "page@example.org"));
        page("delegate", "review.delegated", Map.of("to", SIGNED_IN));
        step(
                "POST /reviews/{ref}/{action}",
                "review.delegation-accepted",
                () -> world.formOf(
                        SIGNED_IN,
                        "/reviews/" + world.review("a-%02d".formatted(nextAsset)) + "/accept-delegation",
                        Map.of()));
        step("POST /logout", "session.ended", () -> world.formOf(SIGNED_IN, "/logout", Map.of()));
    }

    private void links() {
        step("POST /r/{handle}", "review.attested", () -> {
            world.advance(Duration.ofMinutes(5));
            String untouched = "a-%02d".formatted(nextAsset + 1);
            return world.follow(world.linkAbout(untouched), Map.of("action", "attest", "outcome", "no_change"));
        });
        step("POST /u/{handle}", "review.withdrawn mail.accepted", () -> {
            world.advance(Duration.ofMinutes(5));
            return world.follow(world.links('u').get(0), Map.of());
        });
        step(
                "POST /m/{handle}",
                "person.changed",
                () -> world.follow(world.links('m').get(0), Map.of("action", "mute")));
    }

    private void checks() {
        String stating = "/assets/{ref}/checks/{check}/attestation";
        String lock = "/assets/zone-1/checks/registrar-lock-attested/attestation";
        step("POST /api/v1" + stating, "check.attested", () -> {
            world.call(
                    "POST",
                    "/api/v1/assets",
                    Map.of("ref", "zone-1", "name", "A zone", "kind", "domain", "owner", SIGNED_IN));
            return world.call("POST", "/api/v1" + lock, Map.of("attested", true, "note", "Seen.", "by", SIGNED_IN));
        });
        step("POST " + stating, "check.attested", () -> {
            world.signIn(SIGNED_IN, "another horse battery");
            return world.formOf(SIGNED_IN, lock, Map.of("attested", "false"));
        });
        step("POST /api/v1/check-runs", "check.result", () -> {
            int status = world.call("POST", "/api/v1/check-runs", Map.of("asset", "a-01"));
            world.settle();
            return status;
        });
        step("POST /checks/run", "check.result", () -> {
            world.advance(Duration.ofHours(1));
            int status = world.form("/checks/run", Map.of("asset", "a-01"));
            world.settle();
            return status;
        });
        step("POST /api/v1/jobs/{id}/cancel", "job.cancelled", () -> {
            world.call("POST", "/api/v1/check-runs", Map.of("asset", "a-01"));
            return world.call("POST", "/api/v1/jobs/" + world.field("id") + "/cancel", Map.of());
        });
        step("POST /jobs/{id}/cancel", "job.cancelled", () -> {
            world.call("POST", "/api/v1/check-runs", Map.of("asset", "a-01"));
            return world.form("/jobs/" + world.field("id") + "/cancel", Map.of());
        });
    }

    private void mails() {
        step("POST /api/v1/inbox", "mail.received", () -> world.message("odd", true));
        step("POST /api/v1/inbox/{id}/assign", "review.commented mail.received", () -> {
            world.message("lost", false);
            String lost = world.field("id");
            return world.call(
                    "POST",
                    "/api/v1/inbox/" + lost + "/assign",
                    Map.of(
                            "review",
                            world.get("/api/v1/reviews").at("/items/0/ref").asString()));
        });
        step("POST /inbox/{id}/assign", "review.commented mail.received", () -> {
            world.message("gone", false);
            String gone = world.field("id");
            return world.form(
                    "/inbox/" + gone + "/assign",
                    Map.of(
                            "review",
                            world.get("/api/v1/reviews").at("/items/0/ref").asString()));
        });
        sends("POST /api/v1/mails/test", "mail.accepted", Map.of("to", "ops@example.org"));
        sends("POST /api/v1/mails/{id}/resend", "mail.resent", () -> mail(), Map.of());
        sends("POST /mails/{id}/resend", "mail.resent", () -> mail(), Map.of());
        sends("POST /api/v1/mails/brake", "config.changed", Map.of("action", "release"));
        sends("POST /mails/brake", "config.changed", Map.of("action", "release"));
        sends(
                "POST /api/v1/mail-keys/{kid}/disable",
                "key.compromised key.added",
                () -> world.get("/api/v1/mail-keys").at("/items/0/kid").asString(),
                Map.of("reason", "It stood in a log."));
        sends("POST /mails/try-again", "config.changed", Map.of());
    }

    private String mail() {
        return world.get("/api/v1/mails?state=accepted").at("/items/0/id").asString();
    }

    private String newest(String list) {
        return world.get("/api/v1/evidence/" + list)
                .path("items")
                .get(0)
                .path("id")
                .asString("");
    }

    private void requests() {
        Map<String, String> text = Map.of("text", "The list of leavers");
        for (String root : List.of("/api/v1/requests", "/evidence/requests")) {
            step("POST " + root, "request.asked", () -> tell(root, text));
            step(
                    "POST " + root + "/{ref}/answer",
                    "request.answered",
                    () -> tell(root + "/" + world.request() + "/answer", text));
            step(
                    "POST " + root + "/{ref}/reopen",
                    "request.reopened",
                    () -> tell(root + "/" + world.request() + "/reopen", text));
            step(
                    "POST " + root + "/{ref}/close",
                    "request.closed",
                    () -> tell(root + "/" + world.request() + "/close", Map.of()));
        }
    }

    private void reports() {
        step("PUT /api/v1/reports", "config.changed", () -> {
            world.call(
                    "POST",
                    "/api/v1/people",
                    Map.of("email", "reader@example.org", "name", "Reader", "role", "auditor"));
            return world.call("PUT", "/api/v1/reports", Map.of("people", List.of("reader@example.org")));
        });
        sends("POST /evidence/report", "config.changed", Map.of("people", ""));
    }

    private int tell(String path, Map<String, String> fields) {
        return path.startsWith("/api/") ? world.call("POST", path, fields) : world.form(path, fields);
    }

    private void evidence() {
        Map<String, String> period = Map.of("from", "2026-03-01", "to", "2026-03-31");
        step("POST /api/v1/evidence/exports", "export.created", () -> {
            int status = world.call("POST", "/api/v1/evidence/exports", period);
            world.settle();
            return status;
        });
        step("POST /evidence/exports", "export.created", () -> {
            int status = world.form("/evidence/exports", period);
            world.settle();
            return status;
        });
        String seed = "31415926535897932384";
        sends("POST /evidence/exports/{id}/freeze", "population.frozen", () -> newest("exports"), Map.of());
        sends(
                "POST /evidence/freezes/{id}/samples",
                "sample.drawn",
                () -> newest("freezes"),
                Map.of("population", "assets", "n", "2", "seed", seed));
        step(
                "POST /api/v1/evidence/freezes",
                "population.frozen",
                () -> world.call("POST", "/api/v1/evidence/freezes", Map.of("export", newest("exports"))));
        sends(
                "POST /api/v1/evidence/freezes/{id}/samples",
                "sample.drawn",
                () -> newest("freezes"),
                Map.of("population", "assets", "n", 2, "seed", seed));
        requests();
        reports();
        sends("POST /api/v1/evidence/redactions/scan", "redaction.scanned", Map.of());
        sends("POST /api/v1/ledger/verify", "verify.run", Map.of());
        sends("POST /api/v1/ledger/verify-state", "verify.state", Map.of());
    }

    private void operation() {
        sends(
                "POST /api/v1/people/{id}/handover",
                "person.handed-over",
                () -> person("nadia@example.org"),
                Map.of("to", SIGNED_IN, "deactivate", false));
        sends(
                "POST /people/{id}/handover",
                "person.handed-over",
                () -> person(SIGNED_IN),
                Map.of("way", "transfer", "to", "nadia@example.org"));
        sends("POST /api/v1/backups", "backup.made", Map.of());
        sends("POST /api/v1/test/clock", "clock.moved review.missed", Map.of("advance", "P35D"));
        step("POST /api/v1/reviews/{ref}/missed", "review.recovered", () -> {
            String ref =
                    world.get("/api/v1/reviews?state=missed").at("/items/0/ref").asString();
            return world.call(
                    "POST",
                    "/api/v1/reviews/" + ref + "/missed",
                    Map.of("cause", "Nobody looked", "action", "Somebody does", "recovery", "back_on_schedule"));
        });
    }
}
