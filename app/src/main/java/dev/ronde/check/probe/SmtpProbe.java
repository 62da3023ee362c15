package dev.ronde.check.probe;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * SMTP (RFC 5321): greeting, capabilities, and whether a stranger may name a recipient elsewhere. The null sender and a reserved domain
 * are used, or a domain that the operator names, and RSET and QUIT come before DATA, so that no message ever exists. Only who says that it
 * is not allowed has refused to relay: who refuses a recipient because that domain takes no mail (a null MX, RFC 7505), does not exist or
 * is misspelt has not said whether it relays.
 */
final class SmtpProbe implements NetworkProbe.Conversation {
    static final String TYPE = "smtp.relay";

    private static final String LABEL = "[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
    private static final Pattern DOMAIN = Pattern.compile("(" + LABEL + "\\.){1,8}(?=[A-Za-z])" + LABEL);

    /** Enhanced codes of RFC 3463: of policy; of addresses and of syntax. */
    private static final Pattern POLICY = Pattern.compile("\\b5\\.7\\.\\d");

    private static final Pattern ADDRESS_OR_SYNTAX = Pattern.compile("\\b5\\.[15]\\.\\d");

    /** What servers without enhanced codes say of a domain that takes no mail or is none. */
    private static final Pattern NO_SUCH_DOMAIN =
            Pattern.compile("null ?mx|no smtp service|(not|n't|no) accept (e-?)?mail|unrouteable"
                    + "|(host|domain|name|user|recipient|mailbox).{0,40}(not found|unknown|not exist|n't exist|invalid)|(unknown|invalid) (host|domain|name|user|recipient)"
                    + "|no (mx|such)\\b|syntax|malformed");

    /** Replies with which a server may say that it does not relay (RFC 5321, 4.2.3); those of {@link #ALWAYS} say so without a word. */
    private static final Set<Integer> PERHAPS = Set.of(550, 551, 553, 554);

    private static final Set<Integer> ALWAYS = Set.of(530, 535);
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
        return refusesToRelay(recipient, CodedReply.text(line)) ? "refused" : "undecided";
    }

    private static boolean refusesToRelay(int code, String said) {
        if (ALWAYS.contains(code) || (code >= 500 && POLICY.matcher(said).find())) {
            return true;
        }
        return PERHAPS.contains(code)
                && !ADDRESS_OR_SYNTAX.matcher(said).find()
                && !NO_SUCH_DOMAIN.matcher(said).find();
    }
}
