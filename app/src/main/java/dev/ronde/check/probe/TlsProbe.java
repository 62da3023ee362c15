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

    /** From new to old: a dead port costs one exchange, and a server that speaks nothing so old says so once. */
    private static final List<TlsVersion> ORDER =
            List.of(TlsVersion.TLS13, TlsVersion.TLS12, TlsVersion.TLS11, TlsVersion.TLS10);

    private static final String ACCEPTED = "accepted";

    private final CertificateFacts certificates;

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
        for (TlsVersion version : ORDER) {
            if (!says(reply, TlsHello.Word.ONLY_NEWER)) {
                reply = dead(outcome) || unknownStart
                        ? Reply.skipped()
                        : session.raw(version.name() + " ClientHello", line -> hello(line, version, startTls, session));
            }
            tls.put(version.fact(), fact(reply));
            outcome = outcome == WireOutcome.SKIPPED || isTls(reply) ? reply.outcome() : outcome;
            chain = chain.isEmpty() && reply.content() != null ? reply.content().chain() : chain;
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

    private static TlsHello.Answer hello(
            Line line, TlsVersion version, Optional<StartTls> startTls, ProbeSession session) throws IOException {
        if (startTls.isPresent() && !startTls.get().begin(line)) {
            return new TlsHello.Answer(TlsHello.Word.NOT_TLS);
        }
        return TlsHello.exchange(line, version, session.serverName());
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
            return says(reply, TlsHello.Word.ACCEPTED) ? ACCEPTED : "refused";
        }
        return reply.outcome() == WireOutcome.RESET || reply.outcome() == WireOutcome.CLOSED ? "refused" : "none";
    }
}
