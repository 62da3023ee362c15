package dev.ronde.platform.config;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Every setting of the product. The variable is the constant's name with the prefix {@code RONDE_}. */
public enum Setting {
    /** Folder of database file, keys, uploads, exports, backups. */
    HOME("./ronde-data"),
    /** Address the web server binds to. */
    HTTP_HOST("127.0.0.1"),
    /** Port the web server binds to; 0 picks a free one. */
    HTTP_PORT("8080"),
    /** Address people reach the product under; links in mails start with it. */
    BASE_URL(null),
    /** Networks of the reverse proxies whose word on the sender of a request is believed, comma list. */
    TRUSTED_PROXIES(""),
    /** JDBC address; without it an H2 file in the home. */
    DB_URL(null),
    /** Database user (PostgreSQL). */
    DB_USER(null),
    /** Password of the database user. */
    DB_PASSWORD(null, Mask.ALL),
    /** Address of the first administrator; skips the set-up page. */
    ADMIN_EMAIL(null),
    /** Password of the first administrator. */
    ADMIN_PASSWORD(null, Mask.ALL),
    /** Zone of the installation, an IANA id. */
    ZONE(null),
    /** Language of the installation: en or fr. */
    LOCALE("en"),
    /** Mail server; unset: mails stay in the outbox page. */
    SMTP_HOST(null),
    SMTP_PORT("25"),
    SMTP_USER(null),
    SMTP_PASSWORD(null, Mask.ALL),
    /** none, starttls or tls. */
    SMTP_TLS("starttls"),
    /** Connections to the mail server at once, while there is much to send. */
    SMTP_CONNECTIONS("3"),
    MAIL_FROM(null),
    /** How replies carry their handle: plus, catchall or none. */
    MAIL_REPLY(null),
    MAIL_DOMAIN(null),
    /** Private key in PEM that signs mails (DKIM). */
    DKIM_KEY(null, Mask.ALL),
    /** The name under which DNS publishes its public key. */
    DKIM_SELECTOR(null),
    /** The domain that signs; computed: that of the address mails come from. */
    DKIM_DOMAIN(null),
    /** standard or strict. */
    MAIL_POLICY("standard"),
    /** File of the key that signs handles. */
    MAIL_KEY(null),
    /** Mails a second; 0 = no limit. */
    MAIL_RATE("10"),
    IMAP_HOST(null),
    IMAP_PORT("993"),
    IMAP_USER(null),
    IMAP_PASSWORD(null, Mask.ALL),
    IMAP_TLS("tls"),
    IMAP_FOLDER("INBOX"),
    /** File whose first line is the access token of the mailbox (XOAUTH2), read for every sign-in. */
    IMAP_TOKEN_PATH(null),
    /** Command that prints the access token of the mailbox, run for every sign-in. */
    IMAP_TOKEN_COMMAND(null, Mask.ARGUMENTS),
    AUTHSERV_ID(null),
    /** Networks that may be probed: comma list of CIDR[:port[-port]]; empty: nothing is probed. */
    PROBE_ALLOW(""),
    /** Comma list of host:port whose answer proves that this vantage reaches anything; one for IPv4, one for IPv6. */
    PROBE_CANARY(null),
    /** Address of the resolver that checks of domains ask, with its port unless 53; computed: the first name server of this machine. */
    PROBE_RESOLVER(null),
    /** Probes in flight at once. */
    PROBE_CONCURRENCY("50"),
    /** internal or external. */
    PROBE_VANTAGE("internal"),
    /** Folder that adds to and replaces packaged check files. */
    CHECKS(null),
    /** Folder that adds to and replaces packaged templates. */
    TEMPLATES(null),
    /** YAML file of the places snapshots are fetched from. */
    SOURCES(null),
    LEDGER_ORIGIN(null),
    LEDGER_KEY(null),
    EXPORT_KEY(null),
    EXPORTS(null),
    /** Addresses that get the daily checkpoint mail. */
    AUDITORS(""),
    /** Witnesses that cosign checkpoints: address and verifier key of each, with a blank between; comma list. */
    WITNESSES(""),
    /** How long results of checks stay: keep, 13m, 3y or 7y. */
    RETENTION_RESULTS("keep"),
    /** Time stamping authority (RFC 3161) that is asked each day and at each export; unset: none. */
    TSA_URL(null, Mask.PATH),
    /** How many days a token for programs works at most. */
    TOKEN_MAX_DAYS("365"),
    HEARTBEAT_URL(null, Mask.PATH),
    METRICS_TOKEN(null, Mask.ALL),
    /** text or json. */
    LOG_FORMAT("text"),
    /** Instant at which the product's time starts in a new home; for tests. */
    TEST_CLOCK(null),
    /** Address of a remote server the commands talk to. */
    URL(null),
    /** Token the commands send to a remote server. */
    TOKEN(null, Mask.ALL);

    private final @Nullable String fallback;
    private final Mask mask;

    Setting(@Nullable String fallback) {
        this(fallback, Mask.PASSWORDS);
    }

    Setting(@Nullable String fallback, Mask mask) {
        this.fallback = fallback;
        this.mask = mask;
    }

    /** The variable, such as {@code RONDE_HTTP_PORT}. */
    public String key() {
        return "RONDE_" + name();
    }

    /** The default that needs no other setting; empty where unset or computed. */
    public Optional<String> fallback() {
        return Optional.ofNullable(fallback);
    }

    public Mask mask() {
        return mask;
    }

    static Optional<Setting> byKey(String key) {
        return Arrays.stream(values()).filter(s -> s.key().equals(key)).findFirst();
    }
}
