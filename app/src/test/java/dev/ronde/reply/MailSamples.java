package dev.ronde.reply;

import dev.ronde.account.Person;
import dev.ronde.asset.field.AssetField;
import dev.ronde.asset.inventory.Asset;
import dev.ronde.catalogue.Severity;
import dev.ronde.evidence.Actor;
import dev.ronde.mail.smtp.SmtpVerdict;
import dev.ronde.platform.config.Setting;
import dev.ronde.platform.http.Channel;
import dev.ronde.reminder.Found;
import dev.ronde.review.Review;
import dev.ronde.review.answer.AttestRequest;
import dev.ronde.review.answer.ReviewAct;
import dev.ronde.review.estate.CheckState;
import dev.ronde.testing.DatabaseKind;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One mail of every kind in one language, as it arrived at a real mail server: the story of one firewall from its
 * assignment to a missed review, an owner with a full desk, a finding, a checkpoint and a test mail.
 */
public final class MailSamples {
    private static final Map<String, MailSamples> KNOWN = new ConcurrentHashMap<>();
    private static final String CAREFUL = MailWorld.PLAN + "assurance: {default: mail_link, high: mail_code}\n";
    private static final Pattern CODE = Pattern.compile("(?m)^(\\d{6})$");

    /** What a name may hold that somebody else chose. */
    static final String HOSTILE =
            "<img src=x onerror=alert(1)>\u202e\r\nBcc: evil@evil.example\r\n\r\n<b>=cmd|'/C calc'!A0";

    private final MailWorld world;
    private final boolean hostile;
    private final Map<String, ReceivedMail> byKind = new HashMap<>();
    private final Person alice;
    private final Asset firewall;

    /** The mails in a language; the story is lived once. */
    public static MailSamples in(String language) {
        return KNOWN.computeIfAbsent(language, key -> new MailSamples(key, false));
    }

    /** The same story where every person and every asset has a hostile name. */
    static MailSamples ofHostileNames() {
        return new MailSamples("en", true);
    }

    private MailSamples(String language, boolean hostile) {
        this.hostile = hostile;
        world = new MailWorld(DatabaseKind.H2, true, Map.of(Setting.LOCALE, language));
        for (String name : List.of("bob", "mia", "dan", "olga")) {
            world.person(name + "@corp.example", language, "Europe/Paris");
        }
        alice = world.person("alice@corp.example", language, "Europe/Paris");
        world.lead("lena@corp.example");
        world.person("lena@corp.example", language, "Europe/Paris");
        firewall = world.asset(
                "fw-par-01",
                "alice@corp.example",
                Map.of(
                        AssetField.NAME, "Firewall Paris",
                        AssetField.BACKUP, "bob@corp.example",
                        AssetField.MANAGER, "mia@corp.example"));
        try {
            live();
        } finally {
            world.close();
        }
    }

    /** The first mail that was taken under this name: its kind, or its kind and step. */
    ReceivedMail get(String name) {
        ReceivedMail mail = byKind.get(name);
        if (mail == null) {
            throw new IllegalStateException("No mail " + name + " among " + byKind.keySet());
        }
        return mail;
    }

    public Map<String, ReceivedMail> all() {
        return Map.copyOf(byKind);
    }

    private void live() {
        desk();
        rename();
        world.plan(CAREFUL, Channel.SYSTEM);
        world.at("2026-02-26T09:00:00Z");
        take("assignment", "alice");
        take("digest", "olga");
        attest();
        world.digests.put(firewall.id(), ActionPageTest.digest(2));
        world.checks.add(check("redis-auth", "fail"));
        world.checks.add(check("redis-protected-mode", "pass"));
        world.checks.add(check("redis-backup", "unknown"));
        world.at("2026-05-29T09:00:00Z");
        world.forgetMails();
        world.at("2026-06-03T09:00:00Z");
        take("reminder", "alice");
        handOver();
        world.at("2026-06-17T09:00:00Z");
        take("escalation", "bob");
        take("overdue", "alice");
        world.at("2026-06-23T09:00:00Z");
        take("digest-manager", "mia");
        world.forgetMails();
        world.reminders.relink().disable(1, "leaked", Actor.SYSTEM);
        world.settle();
        take("relink", "alice");
        // in the night, before the digest that ends these weeks of silence
        world.at("2026-07-20T04:00:00Z");
        // the causes of those of March are asked for in a mail of their own
        take("missed", "lena", mail -> mail.text().contains("REV-1002"));
        world.at("2026-07-20T09:00:00Z");
        // Alice had asked Dan in June, and he never answered
        take("lapse", "dan");
        finding();
        service();
        secondPerson();
        newLink();
    }

    /** Dan's link has run out, and he asks for a new one. */
    private void newLink() {
        String link = get("refusal").links().get(0);
        world.sql("update mail_grant set expires_at = ?", world.clock.instant());
        world.forgetMails();
        MailWorld.Page dead = world.get(link);
        world.clock.advance(Duration.ofSeconds(30));
        world.post(link, dead.form("new_link"));
        world.settle();
        take("link", "dan");
    }

    /** Past every check of what a name may hold, as an older version or another program may have written it. */
    private void rename() {
        if (hostile) {
            world.sql("update person set name = ?", HOSTILE);
            world.sql("update asset set name = ?", HOSTILE);
        }
    }

    /** A week later the causes are still not recorded, and Lena refuses what Dan attested. */
    private void secondPerson() {
        twoWithoutACause();
        // not in the digest of a first look after a week
        for (String time : List.of("04:00", "04:50", "05:40", "06:30", "07:20")) {
            world.at("2026-07-27T" + time + ":00Z");
        }
        take("recovery", "lena");
        world.at("2026-07-27T09:00:00Z");
        world.forgetMails();
        Asset switched = world.asset("sw-par-01", "dan@corp.example", Map.of(AssetField.NAME, "Switch Paris"));
        world.plan("""
                id: second
                title: Review in pairs
                scope: {assets: [sw-par-01]}
                cadence: {every: P1Y, anchor: 2026-08-03}
                zone: Europe/Paris
                approval: {default: second_person}
                """, Channel.SYSTEM);
        world.settle();
        world.act(
                switched,
                known("dan"),
                Channel.LINK,
                new ReviewAct.Attest(AttestRequest.of("no_change", "known", null)));
        lead(world.reviewOf(switched), new ReviewAct.Reject("The old proxy is still in the rules."));
        world.forgetMails();
        world.at("2026-07-28T09:00:00Z");
        take("refusal", "dan");
    }

    /** Of all but two somebody says why they were missed, and what becomes of the problem of one. */
    private void twoWithoutACause() {
        Review first = world.review("REV-1002");
        lead(first, new ReviewAct.DecideProblem(first.handling().problemAt(), "It goes in August."));
        world
                .texts(
                        "select 'REV-' || review_number from review where missed_at is not null order by review_number desc")
                .stream()
                .skip(2)
                .forEach(ref -> lead(
                        world.review(ref),
                        new ReviewAct.RecordMissed("Nobody looked.", "Olga looks on Mondays.", "back_on_schedule")));
    }

    private void lead(Review review, ReviewAct act) {
        world.act(review, new Actor("user", known("lena").actorRef(), "password"), Channel.PAGE, act);
    }

    private Person known(String name) {
        return world.known(name + "@corp.example");
    }

    /** An owner who has three reviews and a finding at once. */
    private void desk() {
        for (String ref : List.of("db-par-01", "db-par-02", "db-par-03")) {
            world.clock.advance(Duration.ofSeconds(1));
            Asset asset =
                    world.asset(ref, "olga@corp.example", Map.of(AssetField.NAME, "Database " + ref.substring(8)));
            if (ref.endsWith("1")) {
                Instant seen = Instant.parse("2026-02-25T17:00:00Z");
                world.findings.add(found(asset, "olga", Severity.MEDIUM, seen));
            }
        }
    }

    private void attest() {
        world.digests.put(firewall.id(), ActionPageTest.digest(1));
        String link = get("assignment").links().get(0);
        MailWorld.Page page = world.get(link);
        world.clock.advance(Duration.ofSeconds(30));
        MailWorld.Page asked = world.post(link, page.form("attest", "outcome", "no_change", "note", "known"));
        world.settle();
        take("code", "alice");
        Matcher code = CODE.matcher(get("code").text());
        if (!code.find()) {
            throw new IllegalStateException(get("code").text());
        }
        world.post(link, asked.form("attest", "outcome", "no_change", "note", "known", "code", code.group(1)));
        world.settle();
        take("receipt", "alice");
    }

    /** Alice reports a problem and asks Dan; neither gets an answer. */
    private void handOver() {
        String link = get("reminder").links().get(0);
        for (String[] action : new String[][] {
            {"problem", "text", "The rule for the old proxy is still there."},
            {"delegate", "to", "dan@corp.example"}
        }) {
            MailWorld.Page page = world.get(link);
            world.clock.advance(Duration.ofSeconds(30));
            world.post(link, page.form(action[0], action[1], action[2]));
        }
        world.after(Duration.ofMinutes(2));
        take("decision", "lena");
        take("delegation", "dan");
        world.forgetMails();
    }

    private void finding() {
        world.clock.set(Instant.parse("2026-07-20T22:00:00Z"));
        world.findings.add(found(firewall, "alice", Severity.CRITICAL, world.clock.instant()));
        world.settle();
        take("finding", "alice");
    }

    private void service() {
        world.ledger.seal();
        world.checkpoints.queue(world.clock.instant());
        world.settle();
        take("checkpoint", "auditor");
        Locale language = Locale.ENGLISH;
        SmtpVerdict verdict = world.mail
                .testMail()
                .send("operator@corp.example", language, ZoneId.of("Europe/Paris"), Actor.SYSTEM)
                .answer()
                .verdict();
        if (verdict != SmtpVerdict.ACCEPTED) {
            throw new IllegalStateException(verdict.name());
        }
        take("test", "operator");
    }

    private void take(String name, String to) {
        take(name, to, mail -> true);
    }

    private void take(String name, String to, Predicate<ReceivedMail> which) {
        List<ReceivedMail> theirs = world.mails().stream()
                .filter(mail -> mail.to().contains(to + "@"))
                .filter(which)
                .toList();
        if (theirs.isEmpty()) {
            throw new IllegalStateException("No mail to " + to + " for " + name);
        }
        byKind.put(name, theirs.get(theirs.size() - 1));
    }

    private static CheckState check(String id, String outcome) {
        return new CheckState(id, outcome, false, "high", null, null);
    }

    private Found found(Asset asset, String owner, Severity severity, Instant at) {
        Person person = known(owner);
        return new Found(
                UUID.randomUUID(),
                asset.id(),
                person.id(),
                asset.ref(),
                hostile ? HOSTILE : asset.name(),
                "telnet-open",
                "A Telnet service asks for a sign-in in the clear.",
                "",
                severity,
                at.minusSeconds(60),
                at,
                true);
    }
}
