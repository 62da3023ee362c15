package dev.ronde.mail;

import dev.ronde.account.People;
import dev.ronde.evidence.Actor;
import dev.ronde.evidence.Evidence;
import dev.ronde.evidence.EvidenceLog;
import dev.ronde.evidence.Subject;
import dev.ronde.mail.handle.Grants;
import dev.ronde.mail.handle.HandleSigner;
import dev.ronde.mail.handle.MasterKeys;
import dev.ronde.mail.health.AddressHealth;
import dev.ronde.mail.smtp.DkimSigner;
import dev.ronde.mail.smtp.SmtpSender;
import dev.ronde.mail.smtp.SmtpServer;
import dev.ronde.platform.config.Setting;
import dev.ronde.platform.config.Settings;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.PageRenderer;
import dev.ronde.platform.http.Routes;
import dev.ronde.platform.resource.Templates;
import dev.ronde.platform.schedule.Tick;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The room put together. The rooms above take what they write with; once all kinds of mail are known, {@link #running}
 * gives what sends and shows them.
 */
public final class MailRoom {
    private static final Duration TEST_PATIENCE = Duration.ofSeconds(25);

    private final Database database;
    private final Settings settings;
    private final InstantSource clock;
    private final EvidenceLog evidence;
    private final MailAddresses addresses;
    private final HandleSigner signer;
    private final Grants grants;
    private final Outbox outbox;
    private final MailWriter writer;

    /** Opens the room; makes the key of the mailed links where there is none.
     *
     * @throws dev.ronde.platform.config.SettingsException for a mail setting that cannot be used */
    public MailRoom(
            Database database,
            Settings settings,
            InstantSource clock,
            EvidenceLog evidence,
            Templates templates,
            UUID installation) {
        this.database = database;
        this.settings = settings;
        this.clock = clock;
        this.evidence = evidence;
        this.addresses = MailAddresses.of(settings, installation);
        MasterKeys keys = MasterKeys.open(
                settings.find(Setting.MAIL_KEY).isPresent()
                        ? settings.path(Setting.MAIL_KEY)
                        : settings.home().resolve("keys").resolve("mail.key"));
        this.signer = new HandleSigner(keys, installation);
        this.grants = new Grants(keys, signer, clock);
        this.outbox = new Outbox(addresses, clock);
        this.writer = new MailWriter(templates);
        server();
        dkim();
    }

    public MailAddresses addresses() {
        return addresses;
    }

    public HandleSigner signer() {
        return signer;
    }

    public Grants grants() {
        return grants;
    }

    public Outbox outbox() {
        return outbox;
    }

    public MailWriter writer() {
        return writer;
    }

    /** Whether an answer by link always needs the code in the mail ({@code RONDE_MAIL_POLICY}). */
    public boolean strict() {
        return settings.oneOf(Setting.MAIL_POLICY, "standard", "strict").equals("strict");
    }

    public record Running(List<Routes> routes, List<Tick> ticks, MailStatus status) {}

    public Running running(MailKinds kinds, People people, PageRenderer pages) {
        boolean sends = server().isPresent();
        OutboxReader reader = new OutboxReader(database, kinds, people, !sends, clock);
        OutboxDecisions decisions = new OutboxDecisions(database, kinds, evidence, clock);
        MailStatus status = new MailStatus(database, clock, sends);
        Relay relay = new Relay(
                database,
                evidence,
                new LetterWriter(addresses, grants),
                kinds,
                senders(),
                settings.integer(Setting.MAIL_RATE),
                clock);
        return new Running(
                List.of(
                        new MailsApi(reader, decisions, pages.words(Locale.ENGLISH)),
                        new MailsPages(
                                reader,
                                decisions,
                                status,
                                new Reachability(database, people, new AddressHealth(), clock),
                                pages),
                        new TestMailApi(this::testMail, settings)),
                List.of(relay, new KeyRotation()),
                status);
    }

    /** Makes a new key for the mailed links once a year; the old ones go on opening what they signed. */
    private final class KeyRotation implements Tick {
        @Override
        public String name() {
            return "mail-key-rotation";
        }

        @Override
        public Duration every() {
            return Duration.ofHours(1);
        }

        @Override
        public int run(Instant now) {
            return database.inTransaction(tx -> {
                boolean made = grants.rotate(tx);
                if (made) {
                    evidence.append(
                            tx,
                            Evidence.of("key.added", Actor.SYSTEM, Subject.of("key", "mail"))
                                    .data("use", "mail"));
                }
                return made ? 1 : 0;
            });
        }
    }

    private Optional<SmtpServer> server() {
        return SmtpServer.of(settings, addresses.domain());
    }

    private Optional<DkimSigner> dkim() {
        return DkimSigner.of(settings, addresses.from());
    }

    private List<SmtpSender> senders() {
        DkimSigner dkim = dkim().orElse(null);
        return server().stream()
                .flatMap(to -> Stream.generate(() -> new SmtpSender(to, dkim))
                        .limit(settings.integer(Setting.SMTP_CONNECTIONS)))
                .toList();
    }

    public TestMail testMail() {
        SmtpSender sender = server().map(
                        to -> new SmtpSender(to.waiting(TEST_PATIENCE, TEST_PATIENCE), dkim().orElse(null)))
                .orElse(null);
        return new TestMail(database, addresses, writer, evidence, sender, clock);
    }
}
