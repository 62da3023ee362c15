package dev.ronde.check.probe;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * TLS: one ClientHello for each protocol version a server has not told of already. The certificate is read where a server shows it in the
 * clear, as all versions before TLS 1.3 do, and in a handshake where it does not. Nothing is sent inside TLS.
 */
record TlsProbe(CertificateFacts certificates) implements NetworkProbe.Conversation {
    private static final String ACCEPTED = "accepted";
    private static final String REFUSED = "refused";
    private static final String NONE = "none";

    @Override
    public Map<String, Object> hold(ProbeSession session) {
        Asking asking = new Asking(session);
        Map<String, Object> tls = asking.versions();
        Map<String, Object> facts = new HashMap<>(Map.of("tls", tls));
        Map<String, Object> certificate = certificates.of(
                asking.chain, session.serverName(), session.endpoint().getAddress());
        if (certificate == null && tls.containsValue(ACCEPTED) && session.hasRequest()) {
            certificate = session.raw("certificate", line -> asking.begin(line) ? seen(session, line) : null)
                    .content();
        }
        if (certificate != null) {
            facts.put("certificate", certificate);
        }
        return facts;
    }

    private static final class Asking {
        private final ProbeSession session;
        private final Optional<StartTls> startTls;
        private final boolean unknownStart;
        private WireOutcome outcome = WireOutcome.SKIPPED;
        private List<byte[]> chain = List.of();
        private boolean closedOnOld;

        Asking(ProbeSession session) {
            this.session = session;
            String word = session.target().starttls();
            startTls = word == null ? Optional.empty() : StartTls.find(word);
            unknownStart = word != null && startTls.isEmpty();
        }

        /**
         * TLS 1.2 first: its answer shows the certificate, says whether TLS 1.3 is spoken too, and a dead port costs one exchange. The old
         * ones from new to old: a server that speaks nothing so old says so once.
         */
        Map<String, Object> versions() {
            Reply<TlsHello.Answer> twelve = ask(TlsVersion.TLS12, false);
            Reply<TlsHello.Answer> eleven =
                    says(twelve, TlsHello.Word.ONLY_NEWER) ? twelve : ask(TlsVersion.TLS11, false);
            Reply<TlsHello.Answer> ten = says(eleven, TlsHello.Word.ONLY_NEWER) ? eleven : ask(TlsVersion.TLS10, false);
            Reply<TlsHello.Answer> thirteen = speaksNewer(twelve) ? twelve : ask(TlsVersion.TLS13, false);
            if (closedOnOld && isTls(twelve)) {
                ask(TlsVersion.TLS12, false);
            } else if (fact(thirteen).equals(REFUSED)) {
                thirteen = ask(TlsVersion.TLS13, true);
            }
            return Map.of(
                    TlsVersion.TLS13.fact(),
                    fact(thirteen),
                    TlsVersion.TLS12.fact(),
                    fact(twelve),
                    TlsVersion.TLS11.fact(),
                    old(eleven),
                    TlsVersion.TLS10.fact(),
                    old(ten),
                    "outcome",
                    outcome.code());
        }

        private Reply<TlsHello.Answer> ask(TlsVersion version, boolean keyShare) {
            String label = version.name() + (keyShare ? " ClientHello with key share" : " ClientHello");
            Reply<TlsHello.Answer> reply = dead(outcome) || unknownStart
                    ? Reply.skipped()
                    : session.raw(label, line -> hello(line, version, keyShare));
            outcome = outcome == WireOutcome.SKIPPED || isTls(reply) ? reply.outcome() : outcome;
            closedOnOld = !isTls(reply) && (closedOnOld || (version.isOld() && isClosed(reply)));
            if (chain.isEmpty() && reply.content() != null) {
                chain = reply.content().chain();
            }
            return reply;
        }

        private TlsHello.Answer hello(Line line, TlsVersion version, boolean keyShare) throws IOException {
            if (version.isOld()) {
                line.leaveTime();
            }
            return begin(line)
                    ? TlsHello.exchange(line, version, keyShare, session.serverName())
                    : new TlsHello.Answer(TlsHello.Word.NOT_TLS);
        }

        private boolean begin(Line line) throws IOException {
            return startTls.isEmpty() || startTls.get().begin(line);
        }

        /** A close is a refusal of the old version if TLS is spoken afterwards; otherwise the port closed for all. */
        private String old(Reply<TlsHello.Answer> reply) {
            return closedOnOld && isClosed(reply) ? NONE : fact(reply);
        }
    }

    private @Nullable Map<String, Object> seen(ProbeSession session, Line line) throws IOException {
        return certificates.of(
                session.handshake(line).getSession(),
                session.serverName(),
                session.endpoint().getAddress());
    }

    private static boolean dead(WireOutcome outcome) {
        return outcome == WireOutcome.REFUSED || outcome == WireOutcome.TIMEOUT || outcome == WireOutcome.UNREACHABLE;
    }

    private static boolean isClosed(Reply<TlsHello.Answer> reply) {
        return reply.outcome() == WireOutcome.RESET || reply.outcome() == WireOutcome.CLOSED;
    }

    private static boolean speaksNewer(Reply<TlsHello.Answer> reply) {
        return reply.content() != null && reply.content().speaksNewer();
    }

    private static boolean isTls(Reply<TlsHello.Answer> reply) {
        return reply.content() != null && reply.content().word() != TlsHello.Word.NOT_TLS;
    }

    private static boolean says(Reply<TlsHello.Answer> reply, TlsHello.Word word) {
        return reply.content() != null && reply.content().word() == word;
    }

    private static String fact(Reply<TlsHello.Answer> reply) {
        if (isTls(reply)) {
            return says(reply, TlsHello.Word.ACCEPTED) ? ACCEPTED : REFUSED;
        }
        return isClosed(reply) ? REFUSED : NONE;
    }
}
