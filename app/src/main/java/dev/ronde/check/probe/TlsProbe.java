package dev.ronde.check.probe;

import java.io.IOException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** TLS: one ClientHello for each protocol version, then one handshake to read the certificate. Nothing is sent inside TLS. */
final class TlsProbe implements NetworkProbe.Conversation {
    static final String TYPE = "tls.endpoint";

    /** The likeliest versions first, so that a dead port costs one exchange. */
    private static final List<TlsVersion> ORDER =
            List.of(TlsVersion.TLS13, TlsVersion.TLS12, TlsVersion.TLS11, TlsVersion.TLS10);

    private final CertificateFacts certificates;

    TlsProbe(CertificateFacts certificates) {
        this.certificates = certificates;
    }

    @Override
    public Map<String, Object> hold(ProbeSession session) {
        String word = session.target().starttls();
        Optional<StartTls> startTls = word == null ? Optional.empty() : StartTls.find(word);
        Map<TlsVersion, Reply<TlsHello.Answer>> answers = new EnumMap<>(TlsVersion.class);
        WireOutcome outcome = WireOutcome.SKIPPED;
        for (TlsVersion version : ORDER) {
            Reply<TlsHello.Answer> reply = dead(outcome) || (word != null && startTls.isEmpty())
                    ? Reply.skipped()
                    : session.raw(version.name() + " ClientHello", line -> hello(line, version, startTls, session));
            answers.put(version, reply);
            outcome = outcome == WireOutcome.SKIPPED || isTls(reply) ? reply.outcome() : outcome;
        }
        Map<String, Object> tls = new HashMap<>();
        answers.forEach((version, reply) -> tls.put(version.fact(), word(reply)));
        tls.put("outcome", outcome.code());
        Map<String, Object> facts = new HashMap<>(Map.of("tls", tls));
        if (accepts(answers.get(TlsVersion.TLS13)) || accepts(answers.get(TlsVersion.TLS12))) {
            Map<String, Object> certificate = session.raw("certificate", line -> certificate(line, startTls, session))
                    .content();
            if (certificate != null) {
                facts.put("certificate", certificate);
            }
        }
        return facts;
    }

    private static TlsHello.@Nullable Answer hello(
            Line line, TlsVersion version, Optional<StartTls> startTls, ProbeSession session) throws IOException {
        if (startTls.isPresent() && !startTls.get().begin(line)) {
            return TlsHello.Answer.NOT_TLS;
        }
        line.wipe();
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
        return reply.content() == TlsHello.Answer.ACCEPTED || reply.content() == TlsHello.Answer.REFUSED;
    }

    private static boolean accepts(@Nullable Reply<TlsHello.Answer> reply) {
        return reply != null && reply.content() == TlsHello.Answer.ACCEPTED;
    }

    private static String word(Reply<TlsHello.Answer> reply) {
        if (isTls(reply)) {
            return accepts(reply) ? "accepted" : "refused";
        }
        return reply.outcome() == WireOutcome.RESET || reply.outcome() == WireOutcome.CLOSED ? "refused" : "none";
    }
}
