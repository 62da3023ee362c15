package dev.ronde.check.probe;

import dev.ronde.catalogue.Saying;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL (frontend/backend protocol 3.0): an SSLRequest and a start-up message for a role and a database that need not exist; the first
 * authentication request tells the method. No password is ever sent. Where the server offers TLS both transports are asked and
 * the weaker answer counts, because pg_hba.conf may treat them differently.
 */
final class PostgresProbe implements NetworkProbe.Conversation {
    static final byte[] SSL_REQUEST =
            ByteBuffer.allocate(8).putInt(8).putInt(80_877_103).array();
    private static final int LONGEST_NAME = 63;

    private static final List<String> STRENGTH =
            List.of("trust", "cleartext", "md5", "gss", "sspi", "scram", "other", "rejected", "none");

    private record Auth(String method, String sqlState) {}

    @Override
    public Map<String, Object> hold(ProbeSession session) {
        byte[] startup = startup(session.target().options());
        Greeting greeting = new Greeting(session, startup);
        Reply<Auth> first = session.plain("SSLRequest, StartupMessage", greeting);
        boolean asked = greeting.ssl != null;
        boolean overTls = "supported".equals(greeting.ssl);
        Reply<Auth> auth = asked ? first : Reply.skipped();
        WireOutcome outcome = overTls ? auth.throughTls() : auth.outcome();
        if (overTls && session.hasRequest()) {
            Reply<Auth> plain = session.plain("StartupMessage", line -> authentication(line, startup));
            if (weaker(plain, auth)) {
                auth = plain;
                outcome = plain.outcome();
                overTls = false;
            }
        }
        Auth content = auth.contentOr(new Auth("none", ""));
        WireOutcome ssl = asked ? WireOutcome.RESPONSE : first.outcome();
        return Map.of(
                "ssl",
                Map.of("outcome", ssl.code(), "reply", Objects.requireNonNullElse(greeting.ssl, "none")),
                "auth",
                Map.of(
                        "outcome", outcome.code(),
                        "method", content.method(),
                        "sqlState", content.sqlState(),
                        "overTls", overTls));
    }

    private static boolean weaker(Reply<Auth> candidate, Reply<Auth> than) {
        Auth left = candidate.content();
        Auth right = than.content();
        // where TLS was offered and brought no answer, the plain one counts only where it is weak by itself
        String unlike = right == null ? "gss" : right.method;
        return left != null && STRENGTH.indexOf(left.method) < STRENGTH.indexOf(unlike);
    }

    private static final class Greeting implements ProbeSession.Talk<Auth> {
        private final ProbeSession session;
        private final byte[] startup;
        private @Nullable String ssl;

        Greeting(ProbeSession session, byte[] startup) {
            this.session = session;
            this.startup = startup;
        }

        @Override
        public @Nullable Auth talk(Line line) throws IOException {
            line.send(SSL_REQUEST);
            line.atLeast(1);
            byte answer = line.buffer()[0];
            if (answer != 'S' && answer != 'N') {
                ssl = "other";
                return new Auth("other", "");
            }
            ssl = answer == 'S' ? "supported" : "refused";
            line.wipe();
            if (answer == 'S') {
                session.secure(line);
            }
            return authentication(line, startup);
        }
    }

    private static Auth authentication(Line line, byte[] startup) throws IOException {
        line.send(startup);
        if (!line.atLeast(5)) {
            return new Auth("other", "");
        }
        byte kind = line.buffer()[0];
        int length = ByteBuffer.wrap(line.buffer()).getInt(1);
        if (kind == 'R' && length >= 8 && line.atLeast(9)) {
            int code = ByteBuffer.wrap(line.buffer()).getInt(5);
            line.status(code);
            return new Auth(method(code), "");
        }
        if (kind == 'E' && length > 4 && length < 4_096) {
            line.atLeast(length + 1);
            String state = sqlState(line);
            return new Auth(state.startsWith("28") ? "rejected" : "other", state);
        }
        return new Auth("other", "");
    }

    private static String method(int code) {
        return switch (code) {
            case 0 -> "trust";
            case 3 -> "cleartext";
            case 5 -> "md5";
            case 7 -> "gss";
            case 9 -> "sspi";
            case 10 -> "scram";
            default -> "other";
        };
    }

    private static String sqlState(Line line) {
        byte[] bytes = line.buffer();
        int at = 5;
        while (at < line.length() && bytes[at] != 0) {
            int end = at;
            while (end < line.length() && bytes[end] != 0) {
                end++;
            }
            if (bytes[at] == 'C' && end - at == 6) {
                String state = new String(bytes, at + 1, 5, StandardCharsets.US_ASCII);
                return state.matches("[0-9A-Z]{5}") ? state : "";
            }
            at = end + 1;
        }
        return "";
    }

    /** Pg_hba.conf is judged only for this role and database. */
    private static byte[] startup(Map<String, String> options) {
        String user = name(options, "user", "probe");
        String database = name(options, "database", "postgres");
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (String text : List.of("user", user, "database", database, "application_name", "Ronde", "")) {
            body.writeBytes(text.getBytes(StandardCharsets.UTF_8));
            body.write(0);
        }
        return ByteBuffer.allocate(8 + body.size())
                .putInt(8 + body.size())
                .putInt(196_608)
                .put(body.toByteArray())
                .array();
    }

    /** At most 63 bytes: PostgreSQL would cut a longer name and judge another. */
    private static String name(Map<String, String> options, String option, String standard) {
        String name = options.getOrDefault(option, standard);
        if (name.indexOf(0) >= 0 || name.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
            throw new NetworkProbe.OptionException(Saying.OPTION_TOO_LONG, name, option, LONGEST_NAME);
        }
        return name;
    }
}
