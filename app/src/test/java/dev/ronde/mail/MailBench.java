package dev.ronde.mail;

import dev.ronde.evidence.EvidenceLog;
import dev.ronde.mail.handle.Grants;
import dev.ronde.mail.handle.HandleSigner;
import dev.ronde.mail.handle.MasterKeys;
import dev.ronde.mail.smtp.SmtpSender;
import dev.ronde.mail.smtp.SmtpServer;
import dev.ronde.mail.smtp.SmtpTls;
import dev.ronde.platform.db.Database;
import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.Leftovers;
import dev.ronde.testing.ScriptedSmtp;
import dev.ronde.testing.Sql;
import dev.ronde.testing.TestClock;
import dev.ronde.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** An outbox with one plain kind of mail, a relay and a scripted server, on a real database. */
final class MailBench implements AutoCloseable {
    static final UUID INSTALLATION = UUID.fromString("0197f3a0-0000-7000-8000-000000000001");

    final TestClock clock = new TestClock();
    final ScriptedSmtp smtp = new ScriptedSmtp();
    final MailAddresses addresses = new MailAddresses(
            "ronde@ronde.test", "ronde.test", "https://ronde.test", INSTALLATION, MailAddresses.Replies.NONE);
    final PlainKind kind = new PlainKind();
    final Outbox outbox = new Outbox(addresses, clock);
    final MailKinds kinds;
    final TestDatabase testDatabase;
    final Database database;
    final Relay relay;

    MailBench(DatabaseKind databaseKind, MailKind... more) {
        kinds = new MailKinds(Stream.concat(Stream.of(kind), Stream.of(more)).toList());
        testDatabase = TestDatabase.open(databaseKind);
        database = testDatabase.database();
        relay = relay();
    }

    /** Another node's relay on the same outbox. */
    Relay relay() {
        return relay(3);
    }

    /** A relay with so many connections. */
    Relay relay(int connections) {
        SmtpServer server = SmtpServer.of("127.0.0.1", smtp.port(), null, null, SmtpTls.NONE, "ronde.test")
                .waiting(Duration.ofMillis(800), Duration.ofMillis(800));
        return new Relay(
                database,
                new EvidenceLog(clock, "n1/test"),
                new LetterWriter(addresses, grants()),
                kinds,
                Stream.generate(() -> new SmtpSender(server, null))
                        .limit(connections)
                        .toList(),
                0,
                clock);
    }

    private Grants grants() {
        MasterKeys keys = MasterKeys.open(Leftovers.folder("ronde-keys").resolve("mail.key"));
        return new Grants(keys, new HandleSigner(keys, INSTALLATION), clock);
    }

    UUID enqueue(String key, MailClass mailClass) {
        return database.inTransaction(
                tx -> outbox.enqueue(tx, mail(key, mailClass)).orElseThrow());
    }

    NewMail mail(String key, MailClass mailClass) {
        return mail("plain", key, mailClass);
    }

    NewMail mail(String kind, String key, MailClass mailClass) {
        return NewMail.toPerson(
                key,
                kind,
                mailClass,
                UUID.randomUUID(),
                "REV-1042",
                UUID.randomUUID(),
                Map.of("key", key),
                clock.instant());
    }

    /** One run of the relay; how many mails it looked at. */
    int send() {
        return relay.run(clock.instant());
    }

    int sendAfter(Duration time) {
        clock.advance(time);
        return send();
    }

    Channel channel() {
        return database.read(handle -> handle.attach(ChannelDao.class).get());
    }

    OutboxMail find(UUID id) {
        return database.read(handle -> outbox.find(handle, id)).orElseThrow();
    }

    MailState stateOf(UUID id) {
        return find(id).state();
    }

    /** How many mails there are in each state. */
    Map<String, Integer> states() {
        Map<String, Integer> states = new HashMap<>();
        database.read(handle -> handle.createQuery("select state from outbox")
                        .mapTo(String.class)
                        .list())
                .forEach(state -> states.merge(state, 1, Integer::sum));
        return states;
    }

    long count(String table) {
        return Sql.number(database, "select count(*) from " + table);
    }

    long records(String type) {
        return database.read(handle -> handle.select("select count(*) from evidence_record where rec_type = ?", type)
                .mapTo(Long.class)
                .one());
    }

    @Override
    public void close() {
        relay.close();
        smtp.close();
        testDatabase.close();
    }

    /** Says its key; a key listed in {@link #gone} has lost its duty, one in {@link #broken} cannot be rendered. */
    static final class PlainKind implements MailKind {
        final List<String> gone = new ArrayList<>();
        final List<String> broken = new ArrayList<>();
        final Map<UUID, MailState> settled = new HashMap<>();

        @Override
        public String name() {
            return "plain";
        }

        @Override
        public Rendering render(Handle tx, OutboxMail mail, Instant now) {
            if (broken.contains(mail.dedupeKey())) {
                throw new IllegalStateException("broken template");
            }
            if (gone.contains(mail.dedupeKey())) {
                return Rendering.cancelled(MailReason.LIST_DONE);
            }
            String link = "https://ronde.test/r/" + "a".repeat(40);
            return new MailContent(
                    "p:1",
                    "Alice",
                    "alice@corp.example",
                    "About " + mail.dedupeKey(),
                    mail.dedupeKey() + "\n" + link + "\n",
                    null,
                    "<ronde-r.1@ronde.test>",
                    Map.of(),
                    Set.of(),
                    false,
                    Map.of(),
                    null);
        }

        @Override
        public void settled(Handle tx, OutboxMail mail, MailState state, Instant at) {
            settled.put(mail.id(), state);
        }
    }
}
