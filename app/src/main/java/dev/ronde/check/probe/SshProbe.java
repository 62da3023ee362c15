package dev.ronde.check.probe;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * SSH (RFC 4253 §4.2, §7.1): the version line and the list of algorithms, which a server sends before anybody has said who he is. Only
 * how many of them are weak is kept.
 */
final class SshProbe implements NetworkProbe.Conversation {
    private static final byte[] HELLO = "SSH-2.0-Ronde_1\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int KEXINIT = 20;
    private static final Predicate<String> WEAK_KEX = Pattern.compile(
                    ".*group1-sha1|.*group14-sha1|.*group-exchange-sha1|rsa1024.*|gss-.*sha1.*")
            .asMatchPredicate();
    private static final Predicate<String> WEAK_KEY =
            Pattern.compile("ssh-dss.*").asMatchPredicate();
    private static final Predicate<String> WEAK_CIPHER =
            Pattern.compile(".*-cbc.*|arcfour.*|none|.*des.*").asMatchPredicate();
    private static final Predicate<String> WEAK_MAC =
            Pattern.compile("hmac-md5.*|hmac-sha1-96.*|none|umac-32.*").asMatchPredicate();
    private static final Offer NOTHING = new Offer("other", false, 0, 0, 0, 0);

    private record Offer(String reply, boolean protocol1, int kex, int keys, int ciphers, int macs) {}

    @Override
    public Map<String, Object> hold(ProbeSession session) {
        Reply<Offer> reply = session.plain("version, KEXINIT", SshProbe::ask);
        Offer offer = reply.contentOr(NOTHING);
        return Facts.of(reply)
                .reply(offer.reply)
                .and("protocol1", offer.protocol1)
                .and("weakKeyExchanges", offer.kex)
                .and("weakHostKeys", offer.keys)
                .and("weakCiphers", offer.ciphers)
                .and("weakMacs", offer.macs)
                .in("ssh");
    }

    private static Offer ask(Line line) throws IOException {
        int end = line.lineFrom(0);
        if (end < 0 || end > 255 || !line.startsWith("SSH-")) {
            return NOTHING;
        }
        boolean old = line.startsWith("SSH-1.");
        if (old && !line.startsWith("SSH-1.99")) {
            return new Offer("ssh1", true, 0, 0, 0, 0);
        }
        line.send(HELLO);
        if (!line.atLeast(end + 6)) {
            return NOTHING;
        }
        int length = line.bigEndian().getInt(end);
        int padding = line.buffer()[end + 4] & 0xff;
        if (length < 22 || length > 8_192 || line.buffer()[end + 5] != KEXINIT || !line.atLeast(end + 4 + length)) {
            return NOTHING;
        }
        ByteBuffer lists = line.bigEndian();
        lists.position(end + 6 + 16).limit(end + 4 + length - padding);
        int kex = weak(lists, WEAK_KEX);
        int keys = weak(lists, WEAK_KEY);
        int ciphers = Math.max(weak(lists, WEAK_CIPHER), weak(lists, WEAK_CIPHER));
        return new Offer("ssh2", old, kex, keys, ciphers, Math.max(weak(lists, WEAK_MAC), weak(lists, WEAK_MAC)));
    }

    /** A list that does not fit counts as empty. */
    private static int weak(ByteBuffer lists, Predicate<String> weak) {
        int length = lists.remaining() < 4 ? 0 : lists.getInt();
        if (length < 0 || length > lists.remaining()) {
            lists.position(lists.limit());
            return 0;
        }
        byte[] names = new byte[length];
        lists.get(names);
        return (int) Arrays.stream(new String(names, StandardCharsets.US_ASCII).split(",", -1))
                .filter(weak)
                .count();
    }
}
