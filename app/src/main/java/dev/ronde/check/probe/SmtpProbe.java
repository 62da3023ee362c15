package dev.ronde.check.probe;

import dev.ronde.catalogue.Saying;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * SMTP (RFC 5321): greeting, capabilities, and whether a stranger may name a recipient elsewhere. The null sender and a reserved domain
 * are used, or a domain that the operator names, and RSET and QUIT come before DATA, so that no message ever exists. Only who says that it
 * is not allowed has refused to relay: who refuses a recipient because that domain takes no mail (a null MX, RFC 7505), does not exist or
 * is misspelt has not said whether it relays, and neither has who refuses the client, its name or the null sender. Who wants TLS first is
 * asked again behind STARTTLS: only there it shows what it does.
 */
final class SmtpProbe implements NetworkProbe.Conversation {
    private static final String HELLO = "EHLO ronde.invalid\r\n";
    private static final String LABEL = "[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
    private static final Pattern DOMAIN = Pattern.compile("(" + LABEL + "\\.){1,8}(?=[A-Za-z])" + LABEL);

    /** RFC 3207: a line of its own in the answer to EHLO, not the name of the host. */
    private static final Pattern OFFERED = Pattern.compile("(?m)^250[ -]starttls\\s*$");

    /** Names of hosts and addresses, such as the recipient's: their parts are not words of the server. */
    private static final Pattern NAME = Pattern.compile("(?<![\\w.+=-])[\\w.+=-]*(@|\\.(?=[a-z]))[\\w.-]*");

    /** The RFC 3463 code after the reply code, or as qmail writes it; elsewhere it is an address or a quotation. */
    private static final Pattern ENHANCED =
            Pattern.compile("^\\d{3}[ -](5\\.\\d{1,3}\\.\\d{1,3})\\b|\\(#(5\\.\\d{1,3}\\.\\d{1,3})\\)");

    private static final Pattern OF_THE_RECIPIENT = Pattern.compile("5\\.[145]\\..*");

    /** Servers without enhanced codes say this of a domain that takes no mail or does not exist. */
    private static final Pattern NO_SUCH_DOMAIN =
            Pattern.compile("null ?mx|no smtp service|(not|n't|no) accept (e-?)?mail|unrouteable"
                    + "|(host|domain|name|user|recipient|mailbox).{0,40}(not found|unknown|not exist|n't exist|invalid)|(unknown|invalid) (host|domain|name|user|recipient)"
                    + "|no (mx|such)\\b|syntax|malformed");

    /** Said about the client (address, name or null sender), not about the recipient. */
    private static final Pattern OF_THE_CLIENT = Pattern.compile(
            "client host|\\b(helo|ehlo|sender|bounces?|reputation|reverse|ptr|listed|listing|spf|dkim|dmarc)\\b"
                    + "|sending domain|authentication level"
                    + "|blocked using|black ?-?list|block ?-?list|\\bspam");

    /** Only the word itself: not a part of a name, such as the recipient's, and not "open relay". */
    private static final Pattern RELAY = Pattern.compile("(?<![.-])(?<!open )\\brelay(s|ed|ing)?\\b(?![.-]\\w)");

    private static final Pattern AUTHENTICATE = Pattern.compile("\\bauthenticat");

    /** The server wants TLS before anything else; what it does behind TLS is another matter. */
    private static final Pattern SECURE = Pattern.compile("\\b(start)?tls\\b|\\bssl\\b|\\bencrypt(ed|ion)\\b");

    /** Servers without enhanced codes say this of a recipient whose domain is not theirs. */
    private static final Pattern ELSEWHERE = Pattern.compile(
            "\\brcpthosts\\b|(\\bnot|n't|\\bnon)[ -](a )?local\\b|(\\bnot|n't) (in|one of|on) (my|our) "
                    + "|(\\bnot|n't) (permitted|allowed|authori[sz]ed) to send\\b|(\\bcannot|can't) deliver mail for\\b");

    /** RFC 3463: the sender is not authorised to send to the destination. */
    private static final String NOT_AUTHORISED = "5.7.1";

    /** RFC 5321, 4.2.3: the user is not local, and the server does not forward. */
    private static final int NOT_LOCAL = 551;

    /** Postfix defers what it would refuse (defer_unauth_destination): this is a rule, not a passing state. */
    private static final Pattern DEFERRED = Pattern.compile("^454[ -]4\\.7\\.1\\b");

    /** RFC 4954: authentication is required; RFC 3207: so is TLS. */
    private static final int REQUIRED = 530;

    /** RFC 4954: the credentials are not valid; we sent none. */
    private static final int NO_CREDENTIALS = 535;

    /** RFC 5248: encryption is needed. */
    private static final int UNENCRYPTED = 523;

    private static final String TLS_FIRST = "tls-first";
    private static final String UNDECIDED = "undecided";
    private static final Answer NOTHING = new Answer("other", false);

    private record Answer(String reply, boolean tls) {
        String fact() {
            return reply.equals(TLS_FIRST) ? UNDECIDED : reply;
        }
    }

    @Override
    public Map<String, Object> hold(ProbeSession session) {
        String domain = session.target().options().getOrDefault("domain", "example.com");
        if (!DOMAIN.matcher(domain).matches()) {
            throw new NetworkProbe.OptionException(Saying.OPTION_NO_NAME, domain, "domain");
        }
        Reply<Answer> relay = session.either("EHLO, MAIL, RCPT", line -> ask(line, domain));
        Answer first = relay.contentOr(NOTHING);
        Answer answer = first;
        WireOutcome outcome = relay.outcome();
        if (first.reply.equals(TLS_FIRST) && session.hasRequest()) {
            Reply<Answer> tls =
                    session.plain("STARTTLS, MAIL, RCPT", line -> secured(session, line, domain, first.tls));
            outcome = tls.throughTls();
            answer = tls.contentOr(first);
        }
        return Facts.of(outcome, relay)
                .reply(answer.fact())
                .and("startTls", answer.tls)
                .and("overTls", relay.overTls())
                .in("relay");
    }

    private static Answer ask(Line line, String domain) throws IOException {
        if (CodedReply.greeting(line) != 220 || CodedReply.ask(line, HELLO) != 250) {
            return NOTHING;
        }
        boolean tls = OFFERED.matcher(CodedReply.text(line)).find();
        return new Answer(stranger(line, domain), tls);
    }

    /**
     * Asks behind STARTTLS what the server would not hear of in the clear.
     *
     * @param offered whether it offered STARTTLS when it was first asked
     */
    private static Answer secured(ProbeSession session, Line line, String domain, boolean offered) throws IOException {
        boolean begun = CodedReply.greeting(line) == 220
                && CodedReply.ask(line, HELLO) == 250
                && CodedReply.ask(line, "STARTTLS\r\n") == 220;
        if (!begun) {
            return new Answer(UNDECIDED, offered);
        }
        session.secure(line);
        return new Answer(CodedReply.ask(line, HELLO) == 250 ? stranger(line, domain) : UNDECIDED, true);
    }

    private static String stranger(Line line, String domain) throws IOException {
        String reply = recipient(line, domain);
        line.send("RSET\r\nQUIT\r\n".getBytes(StandardCharsets.US_ASCII));
        return reply;
    }

    private static String recipient(Line line, String domain) throws IOException {
        int sender = CodedReply.ask(line, "MAIL FROM:<>\r\n");
        if (sender != 250) {
            String said = said(line);
            boolean asked = sender == REQUIRED && AUTHENTICATE.matcher(said).find();
            return wantsTls(sender, said) ? TLS_FIRST : asked ? "refused" : UNDECIDED;
        }
        int recipient = CodedReply.ask(line, "RCPT TO:<relay-check@" + domain + ">\r\n");
        if (recipient == 250 || recipient == 251) {
            return "relays";
        }
        String said = said(line);
        if (wantsTls(recipient, said)) {
            return TLS_FIRST;
        }
        return refusesToRelay(recipient, said) ? "refused" : UNDECIDED;
    }

    private static String said(Line line) {
        return NAME.matcher(CodedReply.text(line)).replaceAll("");
    }

    private static boolean wantsTls(int code, String said) {
        boolean named = SECURE.matcher(said).find() && !RELAY.matcher(said).find();
        return code == UNENCRYPTED || (code >= 500 && named);
    }

    /** RFC 5321 §3.6.2 and RFC 3463 X.7.1; without a word 550, 553, 554 and other X.7 codes may mean anything. */
    private static boolean refusesToRelay(int code, String said) {
        boolean relay = RELAY.matcher(said).find();
        if (relay && DEFERRED.matcher(said).find()) {
            return true;
        }
        boolean login = AUTHENTICATE.matcher(said).find();
        if (code < 500 || (!relay && OF_THE_CLIENT.matcher(said).find())) {
            return false;
        }
        String enhanced = enhanced(said);
        if (relay || login) {
            return !OF_THE_RECIPIENT.matcher(enhanced).matches()
                    && !NO_SUCH_DOMAIN.matcher(said).find();
        }
        if (enhanced.equals(NOT_AUTHORISED) || code == NO_CREDENTIALS) {
            return true;
        }
        return (code == NOT_LOCAL || ELSEWHERE.matcher(said).find())
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
