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
final class TlsProbe implements NetworkProbe.Conversation {
    static final String TYPE = "tls.endpoint";

    private static final Offer TLS12 = new Offer(TlsVersion.TLS12, false);
    private static final Offer TLS11 = new Offer(TlsVersion.TLS11, false);
    private static final Offer TLS10 = new Offer(TlsVersion.TLS10, false);
    private static final Offer TLS13 = new Offer(TlsVersion.TLS13, false);
    private static final Offer TLS13_WITH_SHARE = new Offer(TlsVersion.TLS13, true);

    private static final String ACCEPTED = "accepted";
    private static final String REFUSED = "refused";
    private static final String NONE = "none";

    private final CertificateFacts certificates;

    private record Offer(TlsVersion version, boolean keyShare) {
        boolean isOld() {
            return version == TlsVersion.TLS10 || version == TlsVersion.TLS11;
        }

        String label() {
            return version.name() + (keyShare ? " ClientHello with key share" : " ClientHello");
        }
    }

    TlsProbe(CertificateFacts certificates) {
        this.certificates = certificates;
    }

    @Override
    public Map<String, Object> hold(ProbeSession session) {
        Asking asking = new Asking(session);
        Map<String, Object> tls = asking.versions();
        Map<String, Object> facts = new HashMap<>(Map.of("tls", tls));
        Map<String, Object> certificate = certificates.of(
                asking.chain, session.serverName(), session.endpoint().getAddress());
        if (certificate == null && tls.containsValue(ACCEPTED) && session.hasRequest()) {
            certificate = session.raw("certificate", line -> certificate(line, asking.startTls, session))
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
            Reply<TlsHello.Answer> twelve = ask(TLS12);
            Reply<TlsHello.Answer> eleven = says(twelve, TlsHello.Word.ONLY_NEWER) ? twelve : ask(TLS11);
            Reply<TlsHello.Answer> ten = says(eleven, TlsHello.Word.ONLY_NEWER) ? eleven : ask(TLS10);
            Reply<TlsHello.Answer> thirteen = speaksNewer(twelve) ? twelve : ask(TLS13);
            if (closedOnOld && isTls(twelve)) {
                ask(TLS12);
            } else if (fact(thirteen).equals(REFUSED)) {
                thirteen = ask(TLS13_WITH_SHARE);
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

        private Reply<TlsHello.Answer> ask(Offer offer) {
            Reply<TlsHello.Answer> reply = dead(outcome) || unknownStart
                    ? Reply.skipped()
                    : session.raw(offer.label(), line -> hello(line, offer, startTls, session));
            outcome = outcome == WireOutcome.SKIPPED || isTls(reply) ? reply.outcome() : outcome;
            closedOnOld = !isTls(reply) && (closedOnOld || (offer.isOld() && isClosed(reply)));
            if (chain.isEmpty() && reply.content() != null) {
                chain = reply.content().chain();
            }
            return reply;
        }

        /** A close is a refusal of the old version if TLS is spoken afterwards; otherwise the port closed for all. */
        private String old(Reply<TlsHello.Answer> reply) {
            return closedOnOld && isClosed(reply) ? NONE : fact(reply);
        }
    }

    private static TlsHello.Answer hello(Line line, Offer offer, Optional<StartTls> startTls, ProbeSession session)
            throws IOException {
        if (offer.isOld()) {
            line.leaveTime();
        }
        if (startTls.isPresent() && !startTls.get().begin(line)) {
            return new TlsHello.Answer(TlsHello.Word.NOT_TLS);
        }
        return TlsHello.exchange(line, offer.version(), offer.keyShare(), session.serverName());
    }

    private @Nullable Map<String, Object> certificate(Line line, Optional<StartTls> startTls, ProbeSession session)
            throws IOException {
        if (startTls.isPresent() && !startTls.get().begin(line)) {
            return null;
        }
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
