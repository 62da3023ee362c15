package dev.ronde.check.probe;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * TLS: one ClientHello for each protocol version. The certificate is read where a server shows it in the clear, as all versions before
 * TLS 1.3 do, and in a handshake where it does not. Nothing is sent inside TLS.
 */
final class TlsProbe implements NetworkProbe.Conversation {
    static final String TYPE = "tls.endpoint";

    /**
     * The newest first: a dead port costs one exchange. The old ones from new to old: a server that speaks nothing so old says so once.
     * TLS 1.2 last, or else the certificate: who closed the connection on an old version and speaks a new one afterwards does not speak the
     * old one. TLS 1.3 is first offered without a key share, which costs a server no arithmetic; one that refuses that is asked in the usual
     * way.
     */
    private static final List<Offer> OFFERS = List.of(
            new Offer(TlsVersion.TLS13, false),
            new Offer(TlsVersion.TLS13, true),
            new Offer(TlsVersion.TLS11, false),
            new Offer(TlsVersion.TLS10, false),
            new Offer(TlsVersion.TLS12, false));

    private static final String ACCEPTED = "accepted";
    private static final String REFUSED = "refused";

    private final CertificateFacts certificates;

    /** A version to ask for, in TLS 1.3 with or without a key share. */
    private record Offer(TlsVersion version, boolean keyShare) {
        /** One that must not be accepted, which silence does not say. */
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
        String word = session.target().starttls();
        Optional<StartTls> startTls = word == null ? Optional.empty() : StartTls.find(word);
        boolean unknownStart = word != null && startTls.isEmpty();
        Map<String, Object> tls = new HashMap<>();
        List<byte[]> chain = List.of();
        WireOutcome outcome = WireOutcome.SKIPPED;
        Reply<TlsHello.Answer> reply = Reply.skipped();
        for (Offer offer : OFFERS) {
            if (offer.keyShare() && !fact(reply).equals(REFUSED)) {
                continue;
            }
            if (offer.version() != TlsVersion.TLS10 || !says(reply, TlsHello.Word.ONLY_NEWER)) {
                reply = dead(outcome) || unknownStart
                        ? Reply.skipped()
                        : session.raw(offer.label(), line -> hello(line, offer, startTls, session));
            }
            tls.put(offer.version().fact(), fact(reply));
            outcome = outcome == WireOutcome.SKIPPED || isTls(reply) ? reply.outcome() : outcome;
            List<byte[]> shown =
                    reply.content() == null ? List.of() : reply.content().chain();
            boolean newest = chain.isEmpty() || offer.version() == TlsVersion.TLS12;
            chain = newest && !shown.isEmpty() ? shown : chain;
        }
        tls.put("outcome", outcome.code());
        Map<String, Object> facts = new HashMap<>(Map.of("tls", tls));
        Map<String, Object> certificate =
                certificates.of(chain, session.serverName(), session.endpoint().getAddress());
        if (certificate == null && tls.containsValue(ACCEPTED)) {
            certificate = session.raw("certificate", line -> certificate(line, startTls, session))
                    .content();
        }
        if (certificate != null) {
            facts.put("certificate", certificate);
        }
        return facts;
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
        return reply.outcome() == WireOutcome.RESET || reply.outcome() == WireOutcome.CLOSED ? REFUSED : "none";
    }
}
