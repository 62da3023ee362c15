package dev.ronde;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.db.DatabaseUrl;
import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.OnOneDatabase;
import dev.ronde.testing.ScriptedSmtp;
import dev.ronde.testing.ServerProcess;
import dev.ronde.testing.Terminal;
import dev.ronde.testing.TestDatabase;
import dev.ronde.testing.TrapProxy;
import dev.ronde.testing.TrapProxy.When;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * kill −9 at steps of sending a mail, of fetching answers and of deciding them, named by what goes over the wire at that moment, and at
 * seeded moments in between, on one of two nodes of a PostgreSQL, there also at the statement that decides. Every answer is stored and
 * decided once, every mail was taken once by the mail server, or lies where the rules of the outbox want it, and the ledger verifies. At
 * full scale at every step, on H2 alone too, and at ten moments more on each.
 */
@Tag("long")
@OnOneDatabase(DatabaseKind.POSTGRESQL)
final class MailKillTest {
    private static final long SEED = 20191205L;
    private static final int AT_RANDOM = 10;
    private static final String LOGIN = "ronde";
    private static final Pattern MESSAGE_ID = Pattern.compile("(?m)^Message-ID: (\\S+)");
    private static final Pattern REPLY_TO = Pattern.compile("(?m)^Reply-To: [^<]*<([^>]+)>");
    private static final Pattern TO = Pattern.compile("(?m)^To: (?:.*<)?([^<>\\s]+@[^<>\\s]+?)>?\\s*$");
    private static final Pattern DATABASE = Pattern.compile("(jdbc:postgresql://[^/]*:)(\\d+)(/.*)");
    private static final String DECIDES = "update inbound_mail\\s+set state = 'decided'";
    private static final List<String> LINES = List.of("ok", "vu", "problem: a rule is too wide", "fait", "done");
    private static final String PLAN = """
            id: quarterly
            title: Quarterly review
            scope: {kinds: [service.redis]}
            cadence: {every: P3M, anchor: 2026-03-12}
            lead_time: P14D
            missed_after: P30D
            """;

    private final DatabaseKind kind;
    private final boolean full = "full".equals(System.getProperty("ronde.scale"));
    private final int assets = full ? 160 : 24;
    private final int answersARound = full ? 8 : 6;
    private final Random random = new Random(SEED);
    private final ScriptedSmtp sink = new ScriptedSmtp();
    private final GreenMail mailbox = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP));
    private final List<Node> nodes = new ArrayList<>();
    private final Set<String> answered = new HashSet<>();
    private GreenMailUser user;
    private final Set<Wire> met = EnumSet.noneOf(Wire.class);
    private int sprung;

    @TempDir
    Path folder;

    MailKillTest(DatabaseKind kind) {
        this.kind = kind;
    }

    /** Between whom a step is said. */
    private enum Wire {
        SMTP,
        IMAP,
        DATABASE
    }

    /** One step, told by the words that start it. */
    private record Step(Wire wire, String words, When when) {
        /** Whether it comes once for many mails. */
        boolean once() {
            return words.contains("EHLO") || words.contains("LOGOUT") || wire == Wire.DATABASE;
        }

        @Override
        public String toString() {
            return wire + " " + words + " " + when;
        }
    }

    /** One server process and the proxies it reaches its mail servers, and a database on a server, through. */
    private static final class Node implements AutoCloseable {
        final TrapProxy smtp;
        final TrapProxy imap;
        final Optional<TrapProxy> database;
        final Path home;
        final Map<String, String> environment;
        ServerProcess server;

        Node(int smtpPort, int imapPort, Path home, Map<String, String> common) {
            this.smtp = new TrapProxy(smtpPort);
            this.imap = new TrapProxy(imapPort);
            Matcher address = DATABASE.matcher(common.getOrDefault("RONDE_DB_URL", ""));
            this.database =
                    address.find() ? Optional.of(new TrapProxy(Integer.parseInt(address.group(2)))) : Optional.empty();
            this.home = home;
            this.environment = new HashMap<>(common);
            environment.put("RONDE_SMTP_PORT", String.valueOf(smtp.port()));
            environment.put("RONDE_IMAP_PORT", String.valueOf(imap.port()));
            database.ifPresent(proxy -> environment.put(
                    "RONDE_DB_URL", address.replaceFirst(address.group(1) + proxy.port() + address.group(3))));
            start();
        }

        TrapProxy proxy(Wire wire) {
            return switch (wire) {
                case SMTP -> smtp;
                case IMAP -> imap;
                case DATABASE -> database.orElseThrow();
            };
        }

        void start() {
            server = ServerProcess.start(home, environment).awaitReady();
        }

        /** Moves everybody's clock and lets happen what follows; a server that is killed meanwhile is no error. */
        void advance(String span) {
            try {
                server.call("POST", "/api/v1/test/clock", "application/json", "{\"advance\":\"" + span + "\"}");
            } catch (IOException e) {
                // killed; what is missing then shows at the end
            }
        }

        @Override
        public void close() {
            server.close();
            smtp.close();
            imap.close();
            database.ifPresent(TrapProxy::close);
        }
    }

    @AfterEach
    void stop() {
        nodes.forEach(Node::close);
        sink.close();
        mailbox.stop();
    }

    @Test
    void losesNothingAndDoesNothingTwice() throws Exception {
        mailbox.start();
        user = mailbox.setUser("ronde@ronde.test", LOGIN, "secret");
        DatabaseUrl url = kind == DatabaseKind.H2
                ? DatabaseUrl.h2File(Terminal.migrated(folder.resolve("node0")).resolve("ronde"))
                : TestDatabase.migratedUrl(kind);
        Map<String, String> common = environment(url);
        nodes.add(node(0, common));
        ServerProcess first = nodes.get(0).server;
        first.call("POST", "/api/v1/assets/import", "text/csv", csv());
        first.call("POST", "/api/v1/plans?announce=true", "application/yaml", PLAN);
        if (kind == DatabaseKind.POSTGRESQL) {
            nodes.add(node(1, common));
        }
        // the assignments leave in the first rounds
        String span = "P2DT3H";
        List<Step> steps = steps();
        for (Step step : steps) {
            round(step, span, sprung == 0 ? 12 : 3);
            span = "PT25M";
            // the other node may have decided everything before the trap was sprung
            for (int again = 0; again < 4 && step.wire() == Wire.DATABASE && !met.contains(Wire.DATABASE); again++) {
                round(step, span, 3);
            }
        }
        assertThat(sprung).as("steps that were met").isGreaterThanOrEqualTo(steps.size() / 2);
        if (kind == DatabaseKind.POSTGRESQL) {
            assertThat(met).as("a server died while it decided").contains(Wire.DATABASE);
        }
        for (int quiet = 0; quiet < 4; quiet++) {
            nodes.get(0).advance("PT25M");
        }
        nodes.forEach(node -> node.server.close());
        verify(url);
        nodes.get(0).server.verifyLedger(LocalDate.parse("2026-02-25"));
    }

    private Node node(int n, Map<String, String> common) {
        return new Node(sink.port(), mailbox.getImap().getPort(), folder.resolve("node" + n), common);
    }

    private Map<String, String> environment(DatabaseUrl url) {
        Map<String, String> common = new HashMap<>();
        common.put("RONDE_TEST_CLOCK", "2026-02-25T08:00:00Z");
        common.put("RONDE_ZONE", "Europe/Paris");
        common.put("RONDE_SMTP_HOST", "127.0.0.1");
        common.put("RONDE_SMTP_TLS", "none");
        common.put("RONDE_MAIL_FROM", "ronde@ronde.test");
        common.put("RONDE_MAIL_REPLY", "plus");
        common.put("RONDE_MAIL_RATE", "0");
        common.put("RONDE_IMAP_HOST", "127.0.0.1");
        common.put("RONDE_IMAP_TLS", "none");
        common.put("RONDE_IMAP_USER", LOGIN);
        common.put("RONDE_IMAP_PASSWORD", "secret");
        if (kind == DatabaseKind.POSTGRESQL) {
            common.put("RONDE_DB_URL", url.url());
            common.put("RONDE_DB_USER", String.valueOf(url.user()));
            common.put("RONDE_DB_PASSWORD", String.valueOf(url.password()));
            common.put("RONDE_LEDGER_KEY", folder.resolve("keys/ledger.key").toString());
            common.put("RONDE_EXPORT_KEY", folder.resolve("keys/export.key").toString());
            common.put("RONDE_MAIL_KEY", folder.resolve("keys/mail.key").toString());
        }
        return common;
    }

    /** One owner for each, but two who have three and get a digest. Each has an address of its own: those of one wait for each other. */
    private String csv() {
        StringBuilder csv = new StringBuilder("ref,name,kind,owner_email,address,port\n");
        for (int i = 0; i < assets; i++) {
            String owner = i < 6 ? "many" + i / 3 : "owner" + i;
            csv.append("cache-" + i + ",Cache " + i + ",service.redis," + owner + "@corp.example,10.9.9." + (i + 1)
                    + ",6379\n");
        }
        return csv.toString();
    }

    /** Each step there is, those of sending and of fetching by turns; a build takes the first of each, and of those that decide. */
    private List<Step> steps() {
        List<Step> sending = new ArrayList<>(List.of(
                new Step(Wire.SMTP, "(?m)^\\.\\r\\n", When.AFTER),
                new Step(Wire.SMTP, "(?m)^\\.\\r\\n", When.BEFORE),
                new Step(Wire.SMTP, "^MAIL ", When.AFTER),
                new Step(Wire.SMTP, "(?m)^\\.\\r\\n", When.LATER),
                new Step(Wire.SMTP, "^RCPT ", When.AFTER),
                new Step(Wire.SMTP, "^DATA", When.BEFORE),
                new Step(Wire.SMTP, "^DATA", When.AFTER),
                new Step(Wire.SMTP, "^EHLO ", When.AFTER)));
        List<Step> fetching = new ArrayList<>(List.of(
                new Step(Wire.IMAP, " UID MOVE | MOVE | COPY ", When.BEFORE),
                new Step(Wire.IMAP, " (CLOSE|LOGOUT)", When.LATER),
                new Step(Wire.IMAP, " STORE ", When.AFTER),
                new Step(Wire.IMAP, " FETCH .*BODY", When.AFTER),
                new Step(Wire.IMAP, " UID MOVE | MOVE | COPY ", When.AFTER),
                new Step(Wire.IMAP, " STORE ", When.BEFORE),
                new Step(Wire.IMAP, " (CLOSE|LOGOUT)", When.BEFORE),
                new Step(Wire.IMAP, " FETCH .*BODY", When.LATER)));
        List<Step> all = new ArrayList<>();
        for (int i = 0; i < sending.size(); i++) {
            all.add(sending.get(i));
            all.add(fetching.get(i));
        }
        // what one transaction decides is one statement on its way to a database that is a server
        List<Step> deciding = kind == DatabaseKind.H2
                ? List.of()
                : List.of(
                        new Step(Wire.DATABASE, DECIDES, When.AFTER),
                        new Step(Wire.DATABASE, DECIDES, When.BEFORE),
                        new Step(Wire.DATABASE, DECIDES, When.LATER));
        if (!full) {
            return List.of(all.get(0), all.get(1), deciding.get(0));
        }
        all.addAll(deciding);
        for (int i = 0; i < AT_RANDOM; i++) {
            all.add(new Step(
                    i % 2 == 0 ? Wire.SMTP : Wire.IMAP,
                    i % 2 == 0 ? "^(MAIL|RCPT|DATA)" : " (FETCH|STORE|CLOSE|LOGOUT)",
                    When.LATER));
        }
        return all;
    }

    /** Answers arrive, time passes, and a server dies at this step, after it was done for some mails. */
    private void round(Step step, String span, int some) {
        answerSome();
        Node victim = nodes.get(random.nextInt(nodes.size()));
        // whichever node decides is the one to die: which of them does is not ours to choose
        List<Node> armed = step.wire() == Wire.DATABASE ? nodes : List.of(victim);
        for (Node node : armed) {
            node.proxy(step.wire())
                    .set(new TrapProxy.Trap(
                            Pattern.compile(step.words()),
                            step.when(),
                            step.once() ? 0 : some / 2 + random.nextInt(some),
                            Duration.ofMillis(random.nextInt(step.wire() == Wire.SMTP ? 60 : 250)),
                            node.server::kill));
        }
        victim.advance(span);
        // what was set to happen a little later may still be to come
        for (int wait = 0; wait < 30 && armed.stream().allMatch(node -> node.server.alive()); wait++) {
            LockSupport.parkNanos(10_000_000);
        }
        boolean killed = false;
        for (Node node : armed) {
            if (node.proxy(step.wire()).clear()) {
                node.server.kill();
                killed = true;
            }
        }
        if (killed) {
            sprung++;
            met.add(step.wire());
        } else {
            victim.server.kill();
        }
        for (Node node : nodes) {
            if (!node.server.alive()) {
                node.start();
            }
        }
    }

    /** Owners answer assignments that reached them, each once; every fifth answer arrives twice. */
    private void answerSome() {
        int sent = 0;
        for (String mail : List.copyOf(sink.taken())) {
            Matcher replyTo = REPLY_TO.matcher(mail);
            String unfolded = mail.replaceAll("\n[ \t]+", " ");
            Matcher to = TO.matcher(unfolded);
            if (mail.contains("List-Unsubscribe")
                    || mail.contains("auto-replied")
                    || !replyTo.find()
                    || !to.find()
                    || !answered.add(to.group(1))) {
                continue;
            }
            String line = LINES.get(answered.size() % LINES.size());
            deliver(to.group(1), replyTo.group(1), line, "answer-" + answered.size());
            if (answered.size() % 5 == 0) {
                deliver(to.group(1), replyTo.group(1), line, "answer-" + answered.size());
            }
            if (++sent == answersARound) {
                return;
            }
        }
    }

    private void deliver(String from, String to, String line, String id) {
        String raw = "From: " + from + "\r\nTo: " + to + "\r\nMessage-ID: <" + id
                + "@corp.example>\r\nSubject: Re: review\r\n\r\n" + line + "\r\n";
        try {
            user.deliver(new MimeMessage(
                    Session.getInstance(new Properties()),
                    new ByteArrayInputStream(raw.getBytes(StandardCharsets.UTF_8))));
        } catch (jakarta.mail.MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    private record Sent(String messageId, String mailClass, String state, int attempts, int resends) {}

    private void verify(DatabaseUrl url) {
        try (Database database = Database.open(url, 4)) {
            Map<String, Long> taken = sink.taken().stream()
                    .map(mail -> first(MESSAGE_ID, mail))
                    .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
            List<Sent> sent = database.read(
                    tx -> tx.createQuery("select message_id, mail_class, state, attempts, resends from outbox")
                            .mapTo(Sent.class)
                            .list());
            Map<String, Sent> known = new LinkedHashMap<>();
            sent.forEach(mail -> known.put(mail.messageId(), mail));
            assertThat(known.keySet()).as("nothing leaves past the outbox").containsAll(taken.keySet());
            assertThat(sent).hasSizeGreaterThan(assets / 2);
            for (Sent mail : sent) {
                requireRight(mail, taken.getOrDefault(mail.messageId(), 0L));
            }
            requireDecided(database);
            assertThat(mailbox.getManagers().getImapHostManager().getInbox(user).getMessageCount())
                    .as("everything was taken out of the mailbox")
                    .isZero();
        } catch (com.icegreen.greenmail.store.FolderException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How often the server took it must fit what the outbox says. */
    private static void requireRight(Sent mail, long times) {
        boolean again = Set.of("assignment", "escalation", "notice").contains(mail.mailClass());
        switch (mail.state()) {
            case "accepted" -> assertThat(times).as("%s", mail).isBetween(1L, mail.resends() == 0 ? 1L : 2L);
            case "uncertain" -> {
                assertThat(times).as("%s", mail).isLessThanOrEqualTo(1L + mail.resends());
                assertThat(!again || mail.resends() == 1).as("%s", mail).isTrue();
            }
            case "queued" -> assertThat(times).as("%s", mail).isZero();
            // one in doubt whose review was answered meanwhile is not sent again
            case "superseded", "cancelled" -> assertThat(times).as("%s", mail).isLessThanOrEqualTo(mail.attempts());
            default -> throw new AssertionError(mail + " was taken " + times + " times");
        }
        assertThat(mail.resends()).as("%s", mail).isLessThanOrEqualTo(again ? 1 : 0);
    }

    private void requireDecided(Database database) {
        assertThat(answered).isNotEmpty();
        List<String> states =
                database.read(tx -> tx.createQuery("select state || ' ' || coalesce(decision, '') from inbound_mail")
                        .mapTo(String.class)
                        .list());
        assertThat(states).as("each answer is stored once").hasSize(answered.size());
        assertThat(states).containsOnly("decided executed");
        assertThat(count(database, "select count(*) from evidence_record where rec_type = 'mail.received'"))
                .as("one record an answer")
                .isEqualTo(answered.size());
        List<Integer> acts = database.read(
                tx -> tx.createQuery("select count(*) from review_event where channel = 'reply' group by review_id")
                        .mapTo(Integer.class)
                        .list());
        assertThat(acts).as("each answer did its work once").isEqualTo(Collections.nCopies(answered.size(), 1));
        assertThat(count(database, "select count(*) from outbox where mail_class = 'receipt'"))
                .as("one receipt an answer")
                .isEqualTo(answered.size());
    }

    private static String first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new AssertionError("no " + pattern + " in " + text);
        }
        return matcher.group(1);
    }

    private static long count(Database database, String sql) {
        return database.read(tx -> tx.createQuery(sql).mapTo(Long.class).one());
    }
}
