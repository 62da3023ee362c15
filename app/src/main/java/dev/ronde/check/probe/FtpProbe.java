package dev.ronde.check.probe;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * FTP (RFC 959, RFC 4217): the features, then USER anonymous; no PASS, no LIST. Some servers ask everybody for a password alike; then a
 * second USER with a name nobody has tells whether the first answer meant anything. Where the features do not name AUTH TLS (vsftpd does not)
 * it is asked for, and a server that wants it first is asked for anonymous behind it. Only who says that the user is not logged in has
 * refused: a server that is full or does not understand has said nothing of anonymous.
 */
final class FtpProbe implements NetworkProbe.Conversation {
    private static final String TLS_FIRST = "tls-first";
    private static final String UNDECIDED = "undecided";

    /** 530 is not logged in (RFC 959); some servers answer 550, may not be done. */
    private static final Set<Integer> NOT_LOGGED_IN = Set.of(530, 550);

    /** Refused for good from here on (RFC 959); lower codes ask to retry or say nothing about the question. */
    private static final int REFUSED_FOR_GOOD = 500;

    private static final Pattern FULL = Pattern.compile(
            "too many|maximum|max\\b|\\blimit|try (it )?(again|later)|\\bbusy\\b|\\bfull\\b|unavailable|temporar|at capacity"
                    + "|number of (allowed )?(clients|users|connections)");

    private static final Answer NOTHING = new Answer("other", false, false);

    private record Answer(String reply, boolean tls, boolean asked) {}

    @Override
    public Map<String, Object> hold(ProbeSession session) {
        Reply<Answer> user = session.plain("FEAT, USER anonymous", FtpProbe::ask);
        Answer answer = user.contentOr(NOTHING);
        WireOutcome outcome = user.outcome();
        boolean known = outcome == WireOutcome.RESPONSE && !answer.reply.equals("other");
        if (known && (!answer.tls || answer.reply.equals(TLS_FIRST)) && session.hasRequest()) {
            Answer before = answer;
            Reply<Answer> tls = session.plain("AUTH TLS", line -> secured(session, line, before));
            outcome = letsIn(before) ? outcome : tls.throughTls();
            answer = tls.contentOr(answer);
        }
        return Facts.of(outcome, user)
                .reply(answer.reply)
                .and("tlsOffered", answer.tls)
                .and("tlsAsked", answer.asked)
                .in("user");
    }

    private static Answer ask(Line line) throws IOException {
        if (CodedReply.greeting(line) != 220) {
            return NOTHING;
        }
        boolean tls =
                CodedReply.ask(line, "FEAT\r\n") == 211 && CodedReply.text(line).contains("auth tls");
        String reply = user(line);
        line.send("QUIT\r\n".getBytes(StandardCharsets.US_ASCII));
        return new Answer(reply, tls, tls);
    }

    private static boolean letsIn(Answer answer) {
        return answer.reply.equals("open") || answer.reply.equals("offered");
    }

    /** Asks for TLS; if the server refuses anonymous without it, asks for anonymous again behind it. */
    private static Answer secured(ProbeSession session, Line line, Answer before) throws IOException {
        if (CodedReply.greeting(line) != 220) {
            // who was greeted a moment ago is turned away now: for want of room, or for having come twice
            return new Answer(letsIn(before) ? before.reply : UNDECIDED, before.tls, before.asked);
        }
        int code = CodedReply.ask(line, "AUTH TLS\r\n");
        boolean begun = code == 234;
        if (!begun && code < REFUSED_FOR_GOOD) {
            return before;
        }
        if (!begun || !before.reply.equals(TLS_FIRST)) {
            return new Answer(before.reply, begun, true);
        }
        session.secure(line);
        return new Answer(user(line), true, true);
    }

    private static String user(Line line) throws IOException {
        int code = CodedReply.ask(line, "USER anonymous\r\n");
        String said = CodedReply.text(line);
        if (code == 230) {
            return "open";
        }
        if (code != 331) {
            return code < 400 ? "other" : refusal(code, said);
        }
        boolean named = (said.contains("anonymous")
                        || said.contains("guest")
                        || said.contains("e-mail")
                        || said.contains("email"))
                && !said.contains("required for anonymous");
        if (named) {
            return "offered";
        }
        int nobody = CodedReply.ask(line, "USER ronde-nobody\r\n");
        if (nobody == 331) {
            return "asks-everybody";
        }
        // vsftpd sends others to TLS first whether or not it lets anonymous in
        return refusal(nobody, CodedReply.text(line)).equals("refused") ? "offered" : UNDECIDED;
    }

    private static String refusal(int code, String said) {
        if (code >= 500 && wantsTls(code, said)) {
            return TLS_FIRST;
        }
        return NOT_LOGGED_IN.contains(code) && !FULL.matcher(said).find() ? "refused" : UNDECIDED;
    }

    private static boolean wantsTls(int code, String said) {
        boolean needs = said.contains("tls") || said.contains("ssl") || said.contains("must use encryption");
        return needs || code == 522 || code == 534;
    }
}
