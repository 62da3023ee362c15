package dev.ronde.check.probe;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/**
 * SMTP (RFC 5321): greeting, capabilities, and whether a stranger may name a recipient elsewhere. The null sender and a reserved domain
 * are used, and RSET and QUIT come before DATA, so that no message ever exists.
 */
final class SmtpProbe implements NetworkProbe.Conversation {
    static final String TYPE = "smtp.relay";

    private static final Answer NOTHING = new Answer("other", false);

    private record Answer(String reply, boolean tls) {}

    @Override
    public Map<String, Object> hold(ProbeSession session) {
        Reply<Answer> relay = session.either("EHLO, MAIL, RCPT", SmtpProbe::ask);
        Answer answer = relay.contentOr(NOTHING);
        return Map.of(
                "relay",
                Map.of(
                        "outcome",
                        relay.outcome().code(),
                        "reply",
                        relay.outcome() == WireOutcome.RESPONSE ? answer.reply : "none",
                        "startTls",
                        answer.tls,
                        "bytesRead",
                        (long) relay.bytesRead(),
                        "overTls",
                        relay.overTls()));
    }

    private static Answer ask(Line line) throws IOException {
        if (code(line, "") != 220 || code(line, "EHLO ronde.invalid\r\n") != 250) {
            return NOTHING;
        }
        boolean tls = new String(line.buffer(), 0, line.length(), StandardCharsets.ISO_8859_1)
                .toUpperCase(Locale.ROOT)
                .contains("STARTTLS");
        String reply = recipient(line);
        line.send("RSET\r\nQUIT\r\n".getBytes(StandardCharsets.US_ASCII));
        return new Answer(reply, tls);
    }

    private static String recipient(Line line) throws IOException {
        int sender = code(line, "MAIL FROM:<>\r\n");
        if (sender == 530) {
            return "refused";
        }
        if (sender != 250) {
            return "undecided";
        }
        int recipient = code(line, "RCPT TO:<relay-check@example.com>\r\n");
        if (recipient == 250 || recipient == 251) {
            return "relays";
        }
        return recipient >= 500 ? "refused" : "undecided";
    }

    /** Sends a command and returns the code of the last line of its answer; -1 where none comes. */
    private static int code(Line line, String command) throws IOException {
        line.wipe();
        if (!command.isEmpty()) {
            line.send(command.getBytes(StandardCharsets.US_ASCII));
        }
        int start = 0;
        while (true) {
            int end = line.lineFrom(start);
            if (end < 0) {
                return -1;
            }
            String text = new String(line.buffer(), start, Math.min(4, end - start), StandardCharsets.ISO_8859_1);
            if (text.matches("[2-5][0-9]{2}[ \r\n]?")) {
                return Integer.parseInt(text.substring(0, 3));
            }
            if (!text.matches("[2-5][0-9]{2}-")) {
                return -1;
            }
            start = end;
        }
    }
}
