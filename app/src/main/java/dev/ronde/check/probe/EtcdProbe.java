package dev.ronde.check.probe;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * etcd: a range request that only counts one key that does not exist (POST in shape, a read in effect). {@code /version} is open even
 * where authentication is on, so it is no evidence.
 */
final class EtcdProbe implements NetworkProbe.Conversation {
    static final String TYPE = "etcd.anonymous";

    @Override
    public java.util.Map<String, Object> hold(ProbeSession session) {
        HttpTalk talk = HttpTalk.etcdCount(session);
        Reply<String> reply = HttpTalk.either(session, talk, line -> word(talk, line), EtcdProbe::status);
        return java.util.Map.of("range", WordProbe.facts(reply));
    }

    /** The status that tells a TLS port apart; any other status has already become a word. */
    private static int status(String word) {
        return word.equals("bad-request") ? 400 : 200;
    }

    private static String word(HttpTalk talk, Line line) throws IOException {
        HttpReply reply = talk.exchange(line);
        boolean says = stands("user name is empty", line, reply)
                || stands("permission denied", line, reply)
                || stands("invalid auth token", line, reply);
        if (says || reply.status() == 401 || reply.status() == 403) {
            return "unauthenticated";
        }
        if (reply.status() == 200 && stands("\"cluster_id\"", line, reply)) {
            return "counted";
        }
        return reply.status() == 400 ? "bad-request" : "other";
    }

    private static boolean stands(String text, Line line, HttpReply reply) {
        return line.contains(text.getBytes(StandardCharsets.US_ASCII), reply.bodyStart(), reply.bodyEnd());
    }
}
