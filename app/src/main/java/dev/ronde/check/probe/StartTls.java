package dev.ronde.check.probe;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/** How a protocol that begins in the clear is brought to TLS. */
@SuppressWarnings("ImmutableEnumChecker") // dialogues are functions without state
enum StartTls {
    /** RFC 3207. */
    SMTP(line -> CodedReply.greeting(line) == 220
            && CodedReply.ask(line, "EHLO ronde.invalid\r\n") == 250
            && CodedReply.ask(line, "STARTTLS\r\n") == 220),
    /** RFC 9051 §6.2.1. */
    IMAP(line -> says(line, "", "* OK") && says(line, "r STARTTLS\r\n", "r OK")),
    /** RFC 2595 §4. */
    POP3(line -> says(line, "", "+OK") && says(line, "STLS\r\n", "+OK")),
    /** RFC 4217. */
    FTP(line -> CodedReply.greeting(line) == 220 && CodedReply.ask(line, "AUTH TLS\r\n") == 234),
    /** RFC 5804 §2.2. */
    SIEVE(line -> endsWithOk(line, "") && endsWithOk(line, "STARTTLS\r\n")),
    /** RFC 6120 §5.4. */
    XMPP(StartTls::xmpp),
    /** RFC 4511 §4.14. */
    LDAP(line -> LdapProbe.startTls(line).equals("offered")),
    /** MySQL client/server protocol, SSLRequest after the greeting. */
    MYSQL(StartTls::mysql),
    /** PostgreSQL protocol 3.0, SSLRequest. */
    POSTGRES(line -> {
        line.send(PostgresProbe.SSL_REQUEST);
        return line.atLeast(1) && line.buffer()[0] == 'S';
    });

    private static final String XMPP_TLS = "urn:ietf:params:xml:ns:xmpp-tls";

    private interface Dialogue {
        boolean begin(Line line) throws IOException;
    }

    private final Dialogue dialogue;

    StartTls(Dialogue dialogue) {
        this.dialogue = dialogue;
    }

    /** False if the server does not offer TLS; otherwise a ClientHello may follow. */
    boolean begin(Line line) throws IOException {
        return dialogue.begin(line);
    }

    static Optional<StartTls> find(String word) {
        String name = word.toUpperCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(protocol -> protocol.name().equals(name.equals("POSTGRESQL") ? "POSTGRES" : name))
                .findFirst();
    }

    private static void send(Line line, String text) throws IOException {
        line.wipe();
        line.send(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static boolean says(Line line, String text, String expected) throws IOException {
        send(line, text);
        return line.lineFrom(0) > 0 && line.startsWith(expected);
    }

    /** Reads lines until one starts with OK; NO and BYE end it. */
    private static boolean endsWithOk(Line line, String text) throws IOException {
        send(line, text);
        int start = 0;
        int end = line.lineFrom(start);
        while (end > 0 && !line.startsWith("OK", start)) {
            if (line.startsWith("NO", start) || line.startsWith("BYE", start)) {
                return false;
            }
            start = end;
            end = line.lineFrom(start);
        }
        return end > 0;
    }

    private static boolean xmpp(Line line) throws IOException {
        send(
                line,
                "<?xml version='1.0'?><stream:stream xmlns='jabber:client' version='1.0'"
                        + " xmlns:stream='http://etherx.jabber.org/streams'>");
        if (!reads(line, "</stream:features>") || !holds(line, XMPP_TLS)) {
            return false;
        }
        send(line, "<starttls xmlns='" + XMPP_TLS + "'/>");
        return reads(line, ">") && holds(line, "<proceed");
    }

    private static boolean reads(Line line, String end) throws IOException {
        while (!holds(line, end)) {
            if (!line.more()) {
                return false;
            }
        }
        return true;
    }

    private static boolean holds(Line line, String text) {
        return line.contains(text.getBytes(StandardCharsets.US_ASCII), 0, line.length());
    }

    private static boolean mysql(Line line) throws IOException {
        if (!MysqlProbe.offersTls(line)) {
            return false;
        }
        line.send(HexFormat.of().parseHex("20000001" + "008a0000" + "00000001" + "21" + "00".repeat(23)));
        return true;
    }
}
