package dev.ronde.check.probe;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Kafka: ApiVersions, which every listener answers, then Metadata for an empty list of topics, which a listener with SASL does not
 * answer before authentication. No topic is named in either direction.
 */
final class KafkaProbe {
    static final String TYPE = "kafka.anonymous";

    private static final short API_VERSIONS = 18;
    private static final short METADATA = 3;
    private static final short METADATA_VERSION = 4;

    private KafkaProbe() {}

    static WordProbe conversation() {
        return WordProbe.either("metadata", "ApiVersions, Metadata", KafkaProbe::ask);
    }

    private static String ask(Line line) throws IOException {
        line.send(request(API_VERSIONS, (short) 0, 7, new byte[0]));
        if (!answered(line, 7) || !supportsMetadata(line)) {
            return "other";
        }
        line.wipe();
        line.send(request(METADATA, METADATA_VERSION, 8, new byte[5]));
        try {
            return line.atLeast(8) && line.bigEndian().getInt(4) == 8 ? "metadata" : "other";
        } catch (EOFException | SocketException e) {
            return "closed-before-sasl";
        }
    }

    /** Returns whether a whole answer with this correlation id came. */
    private static boolean answered(Line line, int correlation) throws IOException {
        if (!line.atLeast(8)) {
            return false;
        }
        int length = line.bigEndian().getInt(0);
        return line.bigEndian().getInt(4) == correlation && length >= 10 && length < 2_000 && line.atLeast(4 + length);
    }

    private static boolean supportsMetadata(Line line) {
        ByteBuffer answer = line.bigEndian();
        int count = answer.getShort(8) == 0 ? answer.getInt(10) : 0;
        for (int i = 0, at = 14; i < count && at + 6 <= answer.limit(); i++, at += 6) {
            if (answer.getShort(at) == METADATA) {
                return answer.getShort(at + 2) <= METADATA_VERSION && answer.getShort(at + 4) >= METADATA_VERSION;
            }
        }
        return false;
    }

    private static byte[] request(short key, short version, int correlation, byte[] body) {
        byte[] client = "ronde".getBytes(StandardCharsets.US_ASCII);
        int size = 2 + 2 + 4 + 2 + client.length + body.length;
        return ByteBuffer.allocate(4 + size)
                .putInt(size)
                .putShort(key)
                .putShort(version)
                .putInt(correlation)
                .putShort((short) client.length)
                .put(client)
                .put(body)
                .array();
    }
}
