package dev.ronde.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import dev.ronde.platform.config.Setting;
import dev.ronde.reply.ReceivedMail;
import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.Sql;
import dev.ronde.testing.TestApp;
import dev.ronde.testing.TestClock;
import dev.ronde.testing.TestDatabase;
import dev.ronde.testing.Unchecked;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** The whole product on a database of its own, its SMTP server, and what the replay does to it from outside. */
final class ReplayWorld implements AutoCloseable {
    private static final Pattern REF = Pattern.compile("REV-(\\d+)");
    /** The part of a digest that tells of requests, up to the next heading or the end. */
    private static final Pattern LAPSED =
            Pattern.compile("(?s)\nREQUESTS THAT LAPSED\n(.*?)(?=\n[A-Z ,]{6,}\n|\n--\n)");

    /** What leaves beside the mail of the day. */
    private static final Pattern BESIDE =
            Pattern.compile("\\] (Escalation|Decision needed)|(was|were) missed|(review|reviews|things) for you");

    private final GreenMail smtp = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private final TestClock clock;
    private final TestApp app;
    private final Map<Long, String> keys = new HashMap<>();
    private final Map<String, Long> numbers = new HashMap<>();
    private final Set<String> messageIds = new HashSet<>();
    private final Set<String> digestDays = new HashSet<>();
    private final Set<String> texts = new HashSet<>();
    /** The newest link that each person got for a review, where the mail was about it alone. */
    final Map<String, String> links = new HashMap<>();
    /** Who got a receipt about which review; no part of the other mails. */
    final List<String> receipts = new ArrayList<>();
    /** Who heard at the last look that a request about which review lapsed; no part of the other mails. */
    final List<String> lapses = new ArrayList<>();

    private final List<String> arrived = new ArrayList<>();
    /** Who got the mail of the day at the last look. */
    private final Set<String> digests = new HashSet<>();

    int received;

    ReplayWorld(DatabaseKind kind, Instant start) {
        smtp.start();
        clock = new TestClock(start);
        Map<Setting, String> settings = new EnumMap<>(Map.of(
                Setting.SMTP_HOST, "127.0.0.1",
                Setting.SMTP_PORT, String.valueOf(smtp.getSmtp().getPort()),
                Setting.SMTP_TLS, "none",
                Setting.MAIL_FROM, "ronde@ronde.test",
                Setting.MAIL_RATE, "0",
                Setting.BASE_URL, "https://ronde.test"));
        settings.putAll(TestDatabase.settings(kind));
        app = TestApp.start(clock, settings);
    }

    Instant now() {
        return clock.instant();
    }

    ReplayWorld at(Instant instant) {
        clock.set(instant);
        return this;
    }

    void settle() {
        app.settle();
    }

    /** As {@link #settle}, but for what neither opens, closes nor tells anything: some of that takes longer the longer the world lasts. */
    void settleReviews() {
        app.app().settle(List.of("reviews", "reminders", "mail-relay"));
    }

    /** After whatever happened every row is what its records say. */
    void everyRowFollowsFromItsRecords() {
        JsonNode report = post("/api/v1/ledger/verify-state", Map.of());
        assertThat(report.path("differences").toString()).isEqualTo("[]");
        assertThat(report.path("rows").asLong()).isGreaterThan(50);
    }

    JsonNode post(String path, Object body) {
        TestApp.Answer answer = app.call("POST", path, body, app.operator("Content-Type", "application/json"));
        assertThat(answer.status()).as(path + " " + answer.body()).isBetween(200, 201);
        return answer.json();
    }

    /** The review as the API shows it. */
    JsonNode review(String key) {
        return get("/api/v1/reviews/REV-" + number(key));
    }

    /** What a form behind a mailed link answers, to somebody who reads it first. */
    TestApp.Answer answer(String link, String action) {
        TestApp.Answer page = app.call("GET", link, null, Map.of());
        clock.advance(Duration.ofSeconds(20));
        String body = "action=" + action;
        for (String name : List.of("v", "snapshot_digest", "seen", "n")) {
            body += "&" + name + "=" + hidden(page.body(), name);
        }
        return app.call("POST", link, body, Map.of("Content-Type", "application/x-www-form-urlencoded"));
    }

    private static String hidden(String page, String name) {
        Matcher field =
                Pattern.compile("name=\"" + name + "\" value=\"([^\"]*)\"").matcher(page);
        return field.find() ? field.group(1) : "";
    }

    JsonNode get(String path) {
        return app.get(path).json();
    }

    void patch(String path, Object body) {
        Map<String, String> headers = new HashMap<>(app.operator());
        headers.put("If-Match", app.get(path).header("ETag"));
        app.call("PATCH", path, body, headers).is(200);
    }

    void change(String path, String body) {
        Map<String, String> headers = new HashMap<>(app.operator("Content-Type", "application/json"));
        headers.put("If-Match", app.get(path).header("ETag"));
        app.call("PUT", path, body, headers).is(200);
    }

    void importCsv(String csv) {
        TestApp.Answer answer =
                app.call("POST", "/api/v1/assets/import", csv, app.operator("Content-Type", "text/csv"));
        assertThat(answer.json().path("refused").asInt()).as(answer.body()).isZero();
    }

    void attest(String key) {
        act(key, "attest", Map.of("outcome", "no_change"));
    }

    JsonNode act(String key, String action, Map<String, ?> body) {
        return post("/api/v1/reviews/REV-" + number(key) + "/" + action, body);
    }

    /** The mails that arrived since the last look: for each address the reviews that each mail names. */
    Map<String, List<Set<String>>> mails(Map<String, Office> offices) {
        Map<String, List<Set<String>>> mails = new TreeMap<>();
        arrived.clear();
        digests.clear();
        lapses.clear();
        for (MimeMessage message : smtp.getReceivedMessages()) {
            ReceivedMail mail = ReceivedMail.of(GreenMailUtil.getWholeMessage(message));
            String to = mail.to().replaceAll(".*<|>.*", "");
            received++;
            arrived.add(to + ": " + mail.subject() + "\n" + mail.text());
            assertThat(messageIds.add(mail.header("Message-ID")))
                    .as("a mail twice: " + mail.subject())
                    .isTrue();
            boolean receipt = mail.header("Auto-Submitted").equals("auto-replied");
            boolean list = !mail.header("List-Unsubscribe").isEmpty();
            if (list || (!receipt && !BESIDE.matcher(mail.subject()).find())) {
                assertThat(digestDays.add(to + offices.get(to).day(now())))
                        .as("a second mail of the day to " + to)
                        .isTrue();
                digests.add(to);
            }
            Matcher lapsed = LAPSED.matcher(mail.text());
            String text = mail.text();
            if (lapsed.find()) {
                keysIn(lapsed.group(1)).forEach(key -> lapses.add(to + " " + key));
                text = lapsed.replaceFirst("");
            }
            Set<String> about = keysIn(mail.subject() + text);
            if (about.size() == 1 && !mail.links().isEmpty()) {
                links.put(to + " " + about.iterator().next(), mail.links().get(0));
            }
            if (receipt) {
                about.forEach(key -> receipts.add(to + " " + key));
                continue;
            }
            assertThat(texts.add(to + " " + offices.get(to).day(now()) + " " + mail.subject() + mail.text()))
                    .as("the same mail again on the same day: " + mail.subject() + mail.text())
                    .isTrue();
            if (mail.subject().contains("lapsed")) {
                continue;
            }
            List<Set<String>> all = mails.computeIfAbsent(to, key -> new ArrayList<>());
            all.add(about);
            all.sort(Comparator.comparing(Object::toString));
        }
        Unchecked.run(() -> smtp.purgeEmailFromAllMailboxes());
        return mails;
    }

    private Set<String> keysIn(String text) {
        return REF.matcher(text)
                .results()
                .map(ref -> key(Long.parseLong(ref.group(1))))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Whether they had the mail of this day before the last look. */
    boolean hadMailOfTheDay(String person, Office office) {
        return digestDays.contains(person + office.day(now())) && !digests.contains(person);
    }

    /** What arrived at the last look, for those who ask why. */
    List<String> arrivedFor(String person) {
        return arrived.stream().filter(mail -> mail.startsWith(person)).toList();
    }

    private String key(long number) {
        if (!keys.containsKey(number)) {
            readKeys();
        }
        return keys.getOrDefault(number, "REV-" + number + " is nothing that is open");
    }

    private long number(String key) {
        if (!numbers.containsKey(key)) {
            readKeys();
        }
        if (!numbers.containsKey(key)) {
            throw new AssertionError("there is no open review " + key);
        }
        return numbers.get(key);
    }

    /** Slots of reviews that have not opened may still move; those of open ones stay. */
    private void readKeys() {
        rows("where r.opened_at is not null or r.missed_at is not null").forEach((key, row) -> {
            keys.put(row.number(), key);
            numbers.put(key, row.number());
        });
    }

    /** A row as the product keeps it. */
    record Row(long number, String key, String state, LocalDate dueOn) {}

    /** Every row that was not cancelled, by its key; fails where there are two of a slot. */
    Map<String, Row> rows(String where) {
        return app.app()
                .database()
                .read(handle -> handle
                        .createQuery("""
                        select r.review_number, a.ref || '/' || r.plan_id || '/' || r.scheduled_on as slot,
                               case when r.cancelled_at is not null then 'cancelled'
                                    when r.missed_at is not null then 'missed'
                                    when r.attested_at is not null then 'attested'
                                    when r.opened_at is not null then 'open' else 'scheduled' end as state, r.due_on
                          from review r join asset a on a.id = r.asset_id\s""" + where)
                        .map((row, context) -> new Row(
                                row.getLong(1), row.getString(2), row.getString(3), row.getObject(4, LocalDate.class)))
                        .stream()
                        .filter(row -> !row.state().equals("cancelled"))
                        .collect(Collectors.toMap(Row::key, row -> row)));
    }

    /** How many records of each type there are about each review, such as {@code REV-1001 review.opened}. */
    Map<String, Long> records() {
        return app.app()
                .database()
                .read(handle -> handle.createQuery("""
                        select subject_id || ' ' || rec_type as step, count(*) as n from evidence_record
                         where rec_type like 'review.%' group by subject_id, rec_type""")
                        .map((row, context) -> Map.entry(row.getString(1), row.getLong(2)))
                        .collectToMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    long countRecords(String type) {
        return Sql.number(
                app.app().database(), "select count(*) from evidence_record where rec_type = :type", "type", type);
    }

    long count(String sql) {
        return Sql.number(app.app().database(), sql);
    }

    @Override
    public void close() {
        app.close();
        smtp.stop();
    }
}
