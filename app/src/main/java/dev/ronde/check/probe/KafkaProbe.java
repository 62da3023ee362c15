package dev.ronde.check.probe;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Kafka: ApiVersions, which every listener answers, then SaslHandshake for a mechanism nobody has, by which a listener with SASL names
 * itself and any other says that it has no use for it; there Metadata for an empty list of topics follows. No topic is named in either
 * direction, and a closed connection proves nothing.
 */
final class KafkaProbe implements NetworkProbe.Conversation {
    private static final short API_VERSIONS = 18;
    private static final short METADATA = 3;
    private static final short METADATA_VERSION = 4;
    private static final short SASL_HANDSHAKE = 17;
    private static final short SASL_HANDSHAKE_VERSION = 1;

    /** UNSUPPORTED_SASL_MECHANISM: there are mechanisms, but not ours. */
    private static final int OTHER_MECHANISM = 33;

    /** The facts have always used this word for SASL, and check files of operators may look for it. */
    private static final String SASL = "closed-before-sasl";

    private static final String MECHANISM = "RONDE-NONE";

    @Override
    public Map<String, Object> hold(ProbeSession session) {
        Reply<String> reply = session.either("ApiVersions, Metadata", KafkaProbe::ask);
        Map<String, Object> facts = Facts.word(reply);
        facts.put("saslNamed", SASL.equals(reply.content()));
        return Map.of("metadata", facts);
    }

    private static String ask(Line line) throws IOException {
        line.send(request(API_VERSIONS, (short) 0, 7, new byte[0]));
        if (!answered(line, 7) || !supports(line, METADATA, METADATA_VERSION)) {
            return "other";
        }
        boolean knowsSasl = supports(line, SASL_HANDSHAKE, SASL_HANDSHAKE_VERSION);
        line.wipe();
        if (knowsSasl) {
            line.send(request(SASL_HANDSHAKE, SASL_HANDSHAKE_VERSION, 8, text(MECHANISM)));
            if (!answered(line, 8)) {
                return "other";
            }
            int error = line.bigEndian().getShort(8);
            if (error == 0 || error == OTHER_MECHANISM) {
                return SASL;
            }
            line.wipe();
        }
        line.send(request(METADATA, METADATA_VERSION, 9, new byte[5]));
        return line.atLeast(8) && line.bigEndian().getInt(4) == 9 ? "metadata" : "other";
    }

    private static boolean answered(Line line, int correlation) throws IOException {
        if (!line.atLeast(8)) {
            return false;
        }
        int length = line.bigEndian().getInt(0);
        return line.bigEndian().getInt(4) == correlation && length >= 10 && length < 2_000 && line.atLeast(4 + length);
    }

    private static boolean supports(Line line, short api, short version) {
        ByteBuffer answer = line.bigEndian();
        int count = answer.getShort(8) == 0 ? answer.getInt(10) : 0;
        for (int i = 0, at = 14; i < count && at + 6 <= answer.limit(); i++, at += 6) {
            if (answer.getShort(at) == api) {
                return answer.getShort(at + 2) <= version && answer.getShort(at + 4) >= version;
            }
        }
        return false;
    }

    private static byte[] request(short key, short version, int correlation, byte[] body) {
        byte[] client = text("ronde");
        int size = 2 + 2 + 4 + client.length + body.length;
        return ByteBuffer.allocate(4 + size)
                .putInt(size)
                .putShort(key)
                .putShort(version)
                .putInt(correlation)
                .put(client)
                .put(body)
                .array();
    }

    private static byte[] text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(2 + bytes.length)
                .putShort((short) bytes.length)
                .put(bytes)
                .array();
    }
}
