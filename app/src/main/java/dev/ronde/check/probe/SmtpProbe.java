package dev.ronde.check.probe;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * SMTP (RFC 5321): greeting, capabilities, and whether a stranger may name a recipient elsewhere. The null sender and a reserved domain
 * are used, or a domain that the operator names, and RSET and QUIT come before DATA, so that no message ever exists. Who refuses a
 * recipient because that domain takes no mail (a null MX, RFC 7505) has not said whether it relays.
 */
final class SmtpProbe implements NetworkProbe.Conversation {
    static final String TYPE = "smtp.relay";

    private static final Pattern DOMAIN = Pattern.compile("[A-Za-z0-9-]{1,63}(\\.[A-Za-z0-9-]{1,63}){1,8}");
    private static final Pattern NO_SUCH_DOMAIN = Pattern.compile("\\b5\\.1\\.(10|2)\\b|nullmx");
    private static final Answer NOTHING = new Answer("other", false);

    private record Answer(String reply, boolean tls) {}

    @Override
    public Map<String, Object> hold(ProbeSession session) {
        String domain = session.target().options().getOrDefault("domain", "example.com");
        if (!DOMAIN.matcher(domain).matches()) {
            throw new NetworkProbe.OptionException("domain", domain, "it is a name such as example.com");
        }
        Reply<Answer> relay = session.either("EHLO, MAIL, RCPT", line -> ask(line, domain));
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

    private static Answer ask(Line line, String domain) throws IOException {
        if (CodedReply.greeting(line) != 220 || CodedReply.ask(line, "EHLO ronde.invalid\r\n") != 250) {
            return NOTHING;
        }
        boolean tls = CodedReply.text(line).contains("starttls");
        String reply = recipient(line, domain);
        line.send("RSET\r\nQUIT\r\n".getBytes(StandardCharsets.US_ASCII));
        return new Answer(reply, tls);
    }

    private static String recipient(Line line, String domain) throws IOException {
        int sender = CodedReply.ask(line, "MAIL FROM:<>\r\n");
        if (sender == 530) {
            return "refused";
        }
        if (sender != 250) {
            return "undecided";
        }
        int recipient = CodedReply.ask(line, "RCPT TO:<relay-check@" + domain + ">\r\n");
        if (recipient == 250 || recipient == 251) {
            return "relays";
        }
        return recipient >= 500 && !refusesDomain(recipient, CodedReply.text(line)) ? "refused" : "undecided";
    }

    /** RFC 7504 and RFC 7505: 556, 5.1.10; RFC 3463: 5.1.2, a destination that does not exist. */
    private static boolean refusesDomain(int code, String said) {
        return code == 556 || NO_SUCH_DOMAIN.matcher(said).find();
    }
}
