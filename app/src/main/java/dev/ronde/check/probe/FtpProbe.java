package dev.ronde.check.probe;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * FTP (RFC 959, RFC 4217): the features, then USER anonymous. No PASS, no LIST. Some servers ask everybody for a password alike; then
 * a second USER with a name nobody has tells whether the first answer meant anything.
 */
final class FtpProbe implements NetworkProbe.Conversation {
    static final String TYPE = "ftp.anonymous";

    private static final Answer NOTHING = new Answer("other", false);

    private record Answer(String reply, boolean tls) {}

    @Override
    public Map<String, Object> hold(ProbeSession session) {
        Reply<Answer> user = session.plain("FEAT, USER anonymous", FtpProbe::ask);
        Answer answer = user.contentOr(NOTHING);
        return Map.of(
                "user",
                Map.of(
                        "outcome",
                        user.outcome().code(),
                        "reply",
                        user.outcome() == WireOutcome.RESPONSE ? answer.reply : "none",
                        "tlsOffered",
                        answer.tls,
                        "bytesRead",
                        (long) user.bytesRead()));
    }

    private static Answer ask(Line line) throws IOException {
        if (CodedReply.greeting(line) != 220) {
            return NOTHING;
        }
        boolean tls =
                CodedReply.ask(line, "FEAT\r\n") == 211 && CodedReply.text(line).contains("auth tls");
        String reply = user(line, tls);
        line.send("QUIT\r\n".getBytes(StandardCharsets.US_ASCII));
        return new Answer(reply, tls);
    }

    private static String user(Line line, boolean tls) throws IOException {
        int code = CodedReply.ask(line, "USER anonymous\r\n");
        String said = CodedReply.text(line);
        if (code == 230) {
            return "open";
        }
        if (code == 331) {
            boolean named = (said.contains("anonymous")
                            || said.contains("guest")
                            || said.contains("e-mail")
                            || said.contains("email"))
                    && !said.contains("required for anonymous");
            if (named) {
                return "offered";
            }
            return CodedReply.ask(line, "USER ronde-nobody\r\n") == 331 ? "asks-everybody" : "offered";
        }
        boolean wantsTls = said.contains("tls") || said.contains("ssl") || code == 522 || code == 534;
        return code >= 500 ? (wantsTls && tls ? "tls-first" : "refused") : "other";
    }
}
