package dev.ronde.check.probe;

import java.io.IOException;
import java.util.Map;

/**
 * etcd: a range request that only counts one key that does not exist (POST in shape, a read in effect). {@code /version} is open even
 * where authentication is on, so it is no evidence.
 */
final class EtcdProbe implements NetworkProbe.Conversation {
    @Override
    public Map<String, Object> hold(ProbeSession session) {
        HttpTalk talk = HttpTalk.etcdCount(session);
        Reply<String> reply = HttpTalk.either(session, talk, line -> word(talk, line), EtcdProbe::status);
        return Map.of("range", Facts.word(reply));
    }

    /** The status that tells a TLS port apart; any other status has already become a word. */
    private static int status(String word) {
        return word.equals("bad-request") ? 400 : 200;
    }

    private static String word(HttpTalk talk, Line line) throws IOException {
        HttpReply reply = talk.exchange(line);
        boolean says = reply.holds("user name is empty")
                || reply.holds("permission denied")
                || reply.holds("invalid auth token");
        if (says || reply.status() == 401 || reply.status() == 403) {
            return "unauthenticated";
        }
        if (reply.status() == 200 && reply.holds("\"cluster_id\"")) {
            return "counted";
        }
        return reply.status() == 400 ? "bad-request" : "other";
    }
}
