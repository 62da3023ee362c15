package dev.ronde.check.probe;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * SMTP (RFC 5321): greeting, capabilities, and whether a stranger may name a recipient elsewhere. The null sender and a reserved domain
 * are used, or a domain that the operator names, and RSET and QUIT come before DATA, so that no message ever exists. Only who says that it
 * is not allowed has refused to relay: who refuses a recipient because that domain takes no mail (a null MX, RFC 7505), does not exist or
 * is misspelt has not said whether it relays, and neither has who refuses the client, its name or the null sender.
 */
final class SmtpProbe implements NetworkProbe.Conversation {
    static final String TYPE = "smtp.relay";

    private static final String LABEL = "[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
    private static final Pattern DOMAIN = Pattern.compile("(" + LABEL + "\\.){1,8}(?=[A-Za-z])" + LABEL);

    /** The enhanced code of RFC 3463 as it follows the reply code, or as qmail writes it; elsewhere it is an address or a quotation. */
    private static final Pattern ENHANCED =
            Pattern.compile("^\\d{3}[ -](5\\.\\d{1,3}\\.\\d{1,3})\\b|\\(#(5\\.\\d{1,3}\\.\\d{1,3})\\)");

    /** Of addresses, of the route and of syntax. */
    private static final Pattern OF_THE_RECIPIENT = Pattern.compile("5\\.[145]\\..*");

    /** What servers without enhanced codes say of a domain that takes no mail or is none. */
    private static final Pattern NO_SUCH_DOMAIN =
            Pattern.compile("null ?mx|no smtp service|(not|n't|no) accept (e-?)?mail|unrouteable"
                    + "|(host|domain|name|user|recipient|mailbox).{0,40}(not found|unknown|not exist|n't exist|invalid)|(unknown|invalid) (host|domain|name|user|recipient)"
                    + "|no (mx|such)\\b|syntax|malformed");

    /** What is said of the one who asks, of his address, his name or the null sender, and not of the recipient. */
    private static final Pattern OF_THE_CLIENT = Pattern.compile(
            "client host|\\b(helo|ehlo|sender|bounces?|reputation|reverse|ptr|listed|listing|spf|dkim|dmarc)\\b"
                    + "|blocked using|black ?-?list|block ?-?list|\\bspam");

    /** The word itself: neither a part of a name, such as that of the recipient, nor that somebody is an open relay. */
    private static final Pattern RELAY = Pattern.compile("(?<![.-])(?<!open )\\brelay(s|ed|ing)?\\b(?![.-]\\w)");

    /** What a stranger is told to do before he may name a recipient elsewhere. */
    private static final Pattern AUTHENTICATE = Pattern.compile("\\bauthenticat");

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
        if (ALWAYS.contains(code)) {
            return true;
        }
        boolean relay = RELAY.matcher(said).find();
        if (code < 500 || (!relay && OF_THE_CLIENT.matcher(said).find())) {
            return false;
        }
        String enhanced = enhanced(said);
        if (enhanced.startsWith("5.7.")) {
            return true;
        }
        return (PERHAPS.contains(code) || relay || AUTHENTICATE.matcher(said).find())
                && !OF_THE_RECIPIENT.matcher(enhanced).matches()
                && !NO_SUCH_DOMAIN.matcher(said).find();
    }

    private static String enhanced(String said) {
        Matcher code = ENHANCED.matcher(said);
        if (!code.find()) {
            return "";
        }
        return code.group(1) == null ? code.group(2) : code.group(1);
    }
}
