package dev.ronde.check.probe;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
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
        if (code(line, "") != 220) {
            return NOTHING;
        }
        boolean tls = code(line, "FEAT\r\n") == 211 && text(line).contains("auth tls");
        String reply = user(line, tls);
        line.send("QUIT\r\n".getBytes(StandardCharsets.US_ASCII));
        return new Answer(reply, tls);
    }

    private static String user(Line line, boolean tls) throws IOException {
        int code = code(line, "USER anonymous\r\n");
        String said = text(line);
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
            return code(line, "USER ronde-nobody\r\n") == 331 ? "asks-everybody" : "offered";
        }
        boolean wantsTls = said.contains("tls") || said.contains("ssl") || code == 522 || code == 534;
        return code >= 500 ? (wantsTls && tls ? "tls-first" : "refused") : "other";
    }

    /** Sends a command and returns the code of its whole answer, of all lines where there are several; -1 where none comes. */
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
            if (text.matches("[1-5][0-9]{2}[ \r\n]?")) {
                return Integer.parseInt(text.substring(0, 3));
            }
            if (start == 0 && !text.matches("[1-5][0-9]{2}-")) {
                return -1;
            }
            start = end;
        }
    }

    private static String text(Line line) {
        return new String(line.buffer(), 0, line.length(), StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
    }
}
