package dev.ronde.mail;

import dev.ronde.account.People;
import dev.ronde.evidence.EvidenceLog;
import dev.ronde.mail.handle.Grants;
import dev.ronde.mail.handle.HandleSigner;
import dev.ronde.mail.handle.MasterKeys;
import dev.ronde.mail.health.AddressHealth;
import dev.ronde.mail.imap.AccessToken;
import dev.ronde.mail.imap.ImapServer;
import dev.ronde.mail.smtp.DkimSigner;
import dev.ronde.mail.smtp.SmtpSender;
import dev.ronde.mail.smtp.SmtpServer;
import dev.ronde.mail.smtp.SmtpTls;
import dev.ronde.platform.config.Setting;
import dev.ronde.platform.config.Settings;
import dev.ronde.platform.config.SettingsException;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.PageRenderer;
import dev.ronde.platform.http.Routes;
import dev.ronde.platform.resource.Templates;
import dev.ronde.platform.schedule.Tick;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The room put together. The rooms above take what they write with; once all kinds of mail are known, {@link #running}
 * gives what sends and shows them.
 *
 * @param dkim absent where the mail server signs, or nobody
 * @param server absent where no mail server is configured: mails stay in the outbox page
 */
public record MailRoom(
        Database database,
        Settings settings,
        InstantSource clock,
        EvidenceLog evidence,
        MailAddresses addresses,
        HandleSigner signer,
        Grants grants,
        Outbox outbox,
        MailWriter writer,
        AddressHealth health,
        @Nullable DkimSigner dkim,
        @Nullable SmtpServer server) {

    private static final Duration TEST_PATIENCE = Duration.ofSeconds(25);

    /** What sends mails and what shows them. */
    public record Running(List<Routes> routes, List<Tick> ticks, MailStatus status) {}

    /** Opens the room; makes the key of the mailed links where there is none.
     *
     * @throws dev.ronde.platform.config.SettingsException for a mail setting that cannot be used */
    public static MailRoom open(
            Database database,
            Settings settings,
            InstantSource clock,
            EvidenceLog evidence,
            Templates templates,
            UUID installation) {
        MailAddresses addresses = MailAddresses.of(settings, installation);
        MasterKeys keys = MasterKeys.open(
                settings.find(Setting.MAIL_KEY).isPresent()
                        ? settings.path(Setting.MAIL_KEY)
                        : settings.home().resolve("keys").resolve("mail.key"));
        HandleSigner signer = new HandleSigner(keys, installation);
        return new MailRoom(
                database,
                settings,
                clock,
                evidence,
                addresses,
                signer,
                new Grants(keys, signer, clock),
                new Outbox(addresses, clock),
                new MailWriter(templates),
                new AddressHealth(),
                dkim(settings, addresses).orElse(null),
                server(settings, addresses).orElse(null));
    }

    /** Whether an answer by link always needs the code in the mail ({@code RONDE_MAIL_POLICY}). */
    public boolean strict() {
        return settings.oneOf(Setting.MAIL_POLICY, "standard", "strict").equals("strict");
    }

    /** The mailbox that is fetched; empty where none is configured.
     *
     * @throws dev.ronde.platform.config.SettingsException where it lacks a user or what signs in */
    public Optional<ImapServer> mailbox() {
        return settings.find(Setting.IMAP_HOST).map(host -> {
            AccessToken token = settings.find(Setting.IMAP_TOKEN_COMMAND)
                    .map(AccessToken::ofCommand)
                    .or(() -> settings.find(Setting.IMAP_TOKEN_PATH).map(path -> AccessToken.ofFile(Path.of(path))))
                    .orElse(null);
            String password = settings.find(Setting.IMAP_PASSWORD).orElse(null);
            if (settings.find(Setting.IMAP_USER).isEmpty() || (password == null && token == null)) {
                throw new SettingsException(Setting.IMAP_HOST.key() + " is set: set " + Setting.IMAP_USER.key()
                        + " and " + Setting.IMAP_PASSWORD.key() + " too, or a token.");
            }
            return new ImapServer(
                    host.strip(),
                    settings.integer(Setting.IMAP_PORT),
                    settings.get(Setting.IMAP_USER),
                    password,
                    settings.oneOf(Setting.IMAP_TLS, "none", "starttls", "tls"),
                    settings.get(Setting.IMAP_FOLDER),
                    token);
        });
    }

    private static Optional<DkimSigner> dkim(Settings settings, MailAddresses addresses) {
        return settings.find(Setting.DKIM_KEY).map(pem -> {
            String domain = settings.find(Setting.DKIM_DOMAIN)
                    .orElse(addresses.from().substring(addresses.from().indexOf('@') + 1));
            try {
                return new DkimSigner(domain, settings.get(Setting.DKIM_SELECTOR), pem);
            } catch (IllegalArgumentException e) {
                throw new SettingsException(Setting.DKIM_KEY.key() + " cannot sign: " + e.getMessage() + ".");
            }
        });
    }

    private static Optional<SmtpServer> server(Settings settings, MailAddresses addresses) {
        return settings.find(Setting.SMTP_HOST).map(host -> {
            String tls = settings.oneOf(Setting.SMTP_TLS, "none", "starttls", "tls");
            return SmtpServer.of(
                    host.strip(),
                    settings.integer(Setting.SMTP_PORT),
                    settings.find(Setting.SMTP_USER).orElse(null),
                    settings.find(Setting.SMTP_PASSWORD).orElse(null),
                    SmtpTls.valueOf(tls.toUpperCase(Locale.ROOT)),
                    addresses.domain());
        });
    }

    /** Everything that sends and shows, for these kinds of mail. */
    public Running running(MailKinds kinds, People people, PageRenderer pages) {
        OutboxReader reader = new OutboxReader(database, kinds, people, server == null, clock);
        OutboxDesk desk = new OutboxDesk(database, kinds, evidence, clock);
        MailStatus status = new MailStatus(database, clock, server != null);
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
                        new MailsApi(reader, desk, pages.words(Locale.ENGLISH)),
                        new MailsPages(reader, desk, status, new Reachability(database, people, health, clock), pages),
                        new TestMailApi(this::testMail, settings)),
                List.of(relay, new KeyRotation(database, grants, evidence)),
                status);
    }

    private List<SmtpSender> senders() {
        SmtpServer to = server;
        return to == null
                ? List.of()
                : Stream.generate(() -> new SmtpSender(to, dkim))
                        .limit(settings.integer(Setting.SMTP_CONNECTIONS))
                        .toList();
    }

    /** What {@code mail test} calls. */
    public TestMail testMail() {
        SmtpSender sender = server == null ? null : new SmtpSender(server.waiting(TEST_PATIENCE, TEST_PATIENCE), dkim);
        return new TestMail(database, addresses, writer, evidence, sender, clock);
    }
}
