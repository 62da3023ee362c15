package dev.ronde.check.probe;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
        if (CodedReply.greeting(line) != 220 || CodedReply.ask(line, "EHLO ronde.invalid\r\n") != 250) {
            return NOTHING;
        }
        boolean tls = CodedReply.text(line).contains("starttls");
        String reply = recipient(line);
        line.send("RSET\r\nQUIT\r\n".getBytes(StandardCharsets.US_ASCII));
        return new Answer(reply, tls);
    }

    private static String recipient(Line line) throws IOException {
        int sender = CodedReply.ask(line, "MAIL FROM:<>\r\n");
        if (sender == 530) {
            return "refused";
        }
        if (sender != 250) {
            return "undecided";
        }
        int recipient = CodedReply.ask(line, "RCPT TO:<relay-check@example.com>\r\n");
        if (recipient == 250 || recipient == 251) {
            return "relays";
        }
        return recipient >= 500 ? "refused" : "undecided";
    }
}
