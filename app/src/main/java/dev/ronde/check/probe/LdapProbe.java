package dev.ronde.check.probe;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * LDAP (RFC 4511): an anonymous bind, a base search of exactly one entry without any attribute, and whether StartTLS is offered. The entry
 * is the configured suffix. A server that refuses the bind is searched all the same, without one, as RFC 4513 §5.1.1 lets anybody try;
 * where no suffix is configured then its root is, whose refusal alone says something. One that asks for TLS first is asked behind it.
 */
final class LdapProbe implements NetworkProbe.Conversation {
    private static final int BIND_RESPONSE = 0x61;
    private static final int SEARCH_ENTRY = 0x64;
    private static final int SEARCH_DONE = 0x65;
    private static final int EXTENDED_RESPONSE = 0x78;
    private static final byte[] START_TLS = "1.3.6.1.4.1.1466.20037".getBytes(StandardCharsets.US_ASCII);
    private static final int NO_SUCH_OBJECT = 32;
    private static final int CONFIDENTIALITY_REQUIRED = 13;
    /** OperationsError, the answer of Active Directory and OpenLDAP without a bind, and unwillingToPerform. */
    private static final Set<Integer> OF_ANYTHING = Set.of(1, 53);

    private static final Pattern LOGIN = Pattern.compile("\\bbind\\b|authenticat|anonymous", Pattern.CASE_INSENSITIVE);
    private static final Result NOTHING = new Result(-1, SearchResult.NONE);

    /** {@code code} is -1 if there is none. */
    private record SearchResult(boolean asked, int code, boolean entry) {
        static final SearchResult NONE = new SearchResult(false, -1, false);
        static final SearchResult SILENCE = new SearchResult(true, -1, false);
    }

    /** {@code bind} is -1 if there is no result code. */
    private record Result(int bind, SearchResult found) {
        boolean wantsTls() {
            return bind == CONFIDENTIALITY_REQUIRED || found.code == CONFIDENTIALITY_REQUIRED;
        }

        Result and(@Nullable Result behindTls) {
            return behindTls == null
                    ? this
                    : new Result(bind == 0 ? bind : behindTls.bind, found.entry ? found : behindTls.found);
        }
    }

    @Override
    public Map<String, Object> hold(ProbeSession session) {
        String suffix = session.target().options().get("suffix");
        Reply<Result> bind = session.either("bind, search", line -> ask(line, suffix));
        Result result = bind.contentOr(NOTHING);
        if (result.bind > 0 && session.hasRequest()) {
            result = new Result(result.bind, unbound(session, bind, suffix));
        }
        Inside inside = new Inside(session, suffix, result.wantsTls());
        Reply<String> tls = bind.outcome() == WireOutcome.RESPONSE && !bind.overTls() && session.hasRequest()
                ? session.plain("StartTLS", inside)
                : Reply.skipped();
        result = result.and(inside.result);
        Facts facts = Facts.of(bind)
                .and("bind", word(bind.outcome(), result.bind))
                .and("search", search(suffix, result.found))
                .and("overTls", bind.overTls());
        return Map.of("anonymous", facts.all(), "startTls", Facts.word(tls));
    }

    /** Uses its own connection without a bind, because the refused one may be closed. */
    private static SearchResult unbound(ProbeSession session, Reply<Result> bind, @Nullable String suffix) {
        Reply<SearchResult> found = session.same(bind, "search without bind", line -> search(line, 1, suffix));
        return found.contentOr(SearchResult.SILENCE);
    }

    private static final class Inside implements ProbeSession.Talk<String> {
        private final ProbeSession session;
        private final @Nullable String suffix;
        private final boolean wanted;
        private @Nullable Result result;

        Inside(ProbeSession session, @Nullable String suffix, boolean wanted) {
            this.session = session;
            this.suffix = suffix;
            this.wanted = wanted;
        }

        @Override
        public String talk(Line line) throws IOException {
            String reply = startTls(line);
            if (wanted && reply.equals("offered")) {
                result = new Result(CONFIDENTIALITY_REQUIRED, SearchResult.SILENCE);
                session.secure(line);
                Result bound = ask(line, suffix);
                line.wipe();
                result = bound.bind > 0 ? new Result(bound.bind, search(line, 3, suffix)) : bound;
            }
            return reply;
        }
    }

    private static String word(WireOutcome outcome, int code) {
        if (outcome != WireOutcome.RESPONSE) {
            return "none";
        }
        return switch (code) {
            case 0 -> "accepted";
            case 48, 49, 50, 53, 8, 13 -> "refused";
            default -> "other";
        };
    }

    private static String search(@Nullable String suffix, SearchResult found) {
        if (!found.asked) {
            return "not-asked";
        }
        if (found.entry) {
            return suffix == null ? "root-only" : "entry";
        }
        return switch (found.code) {
            case -1 -> "none";
            case 0, NO_SUCH_OBJECT -> "empty";
            case 8, CONFIDENTIALITY_REQUIRED, 48, 50 -> "refused";
            default -> "other";
        };
    }

    private static Result ask(Line line, @Nullable String suffix) throws IOException {
        byte[] version = Ber.integer(3);
        line.send(message(1, Ber.element(0x60, version, Ber.element(0x04), Ber.element(0x80))));
        int at = operation(line, BIND_RESPONSE);
        if (at < 0) {
            return NOTHING;
        }
        int bind = code(line, at);
        line.status(bind);
        if (bind != 0 || suffix == null) {
            return new Result(bind, SearchResult.NONE);
        }
        line.wipe();
        return new Result(bind, search(line, 2, suffix));
    }

    private static SearchResult search(Line line, int id, @Nullable String suffix) throws IOException {
        byte[] search = Ber.element(
                0x63,
                Ber.element(0x04, (suffix == null ? "" : suffix).getBytes(StandardCharsets.UTF_8)),
                Ber.element(0x0a, new byte[] {0}),
                Ber.element(0x0a, new byte[] {0}),
                Ber.integer(1),
                Ber.integer(3),
                Ber.element(0x01, new byte[] {(byte) 0xff}),
                Ber.element(0x87, "objectClass".getBytes(StandardCharsets.US_ASCII)),
                Ber.element(0x30, Ber.element(0x04, "1.1".getBytes(StandardCharsets.US_ASCII))));
        line.send(message(id, search));
        int found = operation(line, -1);
        if (found < 0) {
            return SearchResult.SILENCE;
        }
        int tag = line.buffer()[found] & 0xff;
        int code = tag == SEARCH_DONE ? code(line, found) : -1;
        return new SearchResult(
                true, OF_ANYTHING.contains(code) && wantsBind(line, found) ? 8 : code, tag == SEARCH_ENTRY);
    }

    /** The code may mean anything, so the text decides whether one has to log in first. */
    private static boolean wantsBind(Line line, int at) {
        return LOGIN.matcher(line.text(at, line.length())).find();
    }

    static String startTls(Line line) throws IOException {
        line.send(message(1, Ber.element(0x77, Ber.element(0x80, START_TLS))));
        int at = operation(line, EXTENDED_RESPONSE);
        return at < 0 ? "other" : code(line, at) == 0 ? "offered" : "refused";
    }

    private static byte[] message(int id, byte[] operation) {
        return Ber.element(0x30, Ber.integer(id), operation);
    }

    /** Returns where the operation begins, or -1 if it is not a message with the wanted operation. */
    private static int operation(Line line, int wanted) throws IOException {
        if (!line.atLeast(7) || line.buffer()[0] != 0x30) {
            return -1;
        }
        int length = Ber.length(line.buffer(), 0, line.length());
        int start = Ber.content(line.buffer(), 0);
        if (length < 7 || length > 2_000 || !line.atLeast(start + length) || line.buffer()[start] != 0x02) {
            return -1;
        }
        int at = start + 2 + (line.buffer()[start + 1] & 0x7f);
        return at < line.length() && (wanted < 0 || (line.buffer()[at] & 0xff) == wanted) ? at : -1;
    }

    /** -1 if there is none. */
    private static int code(Line line, int at) {
        byte[] bytes = line.buffer();
        if (Ber.length(bytes, at, line.length()) < 3) {
            return -1;
        }
        int code = Ber.content(bytes, at);
        return code + 2 < line.length() && bytes[code] == 0x0a && bytes[code + 1] == 1 ? bytes[code + 2] & 0xff : -1;
    }
}
