package dev.ronde.check.probe;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** MySQL and MariaDB: reads the greeting (protocol 10) a server sends by itself; nothing is sent. */
final class MysqlProbe implements NetworkProbe.Conversation {
    private static final int CLIENT_SSL = 0x0800;
    /** ER_HOST_NOT_PRIVILEGED; other errors, such as too many connections, say nothing about TLS. */
    private static final int HOST_NOT_ALLOWED = 1130;

    private static final Pattern VERSION = Pattern.compile("[0-9A-Za-z.+~-]{1,40}");
    private static final Set<String> PLUGINS = Set.of(
            "caching_sha2_password",
            "sha256_password",
            "mysql_native_password",
            "mysql_old_password",
            "mysql_clear_password",
            "client_ed25519",
            "auth_gssapi_client");
    private static final Greeting NONE = new Greeting("other", false, "none", "");

    private record Greeting(String reply, boolean tls, String plugin, String version) {}

    @Override
    public Map<String, Object> hold(ProbeSession session) {
        Reply<Greeting> reply = session.plain("greeting", MysqlProbe::greeting);
        Greeting greeting = reply.contentOr(NONE);
        return Facts.of(reply)
                .reply(greeting.reply)
                .and("tlsOffered", greeting.tls)
                .and("plugin", greeting.plugin)
                .and("version", greeting.version)
                .in("greeting");
    }

    static boolean offersTls(Line line) throws IOException {
        return greeting(line).tls;
    }

    private static Greeting greeting(Line line) throws IOException {
        if (!line.atLeast(5)) {
            return NONE;
        }
        byte[] bytes = line.buffer();
        int length = (bytes[0] & 0xff) | ((bytes[1] & 0xff) << 8) | ((bytes[2] & 0xff) << 16);
        if (bytes[3] > 1 || length < 3 || length > 1_024 || !line.atLeast(4 + length)) {
            return NONE;
        }
        if ((bytes[4] & 0xff) == 0xff) {
            boolean notAllowed = length >= 3 && ((bytes[5] & 0xff) | ((bytes[6] & 0xff) << 8)) == HOST_NOT_ALLOWED;
            return new Greeting(notAllowed ? "refused" : "undecided", false, "none", "");
        }
        return bytes[4] == 10 ? parse(bytes, 5, 4 + length) : NONE;
    }

    private static Greeting parse(byte[] bytes, int start, int end) {
        int zero = zero(bytes, start, end);
        int low = zero + 1 + 4 + 8 + 1;
        if (low + 2 > end) {
            return NONE;
        }
        String text = new String(bytes, start, zero - start, StandardCharsets.ISO_8859_1);
        String version = VERSION.matcher(text).matches() ? text : "";
        boolean tls = (((bytes[low] & 0xff) | ((bytes[low + 1] & 0xff) << 8)) & CLIENT_SSL) != 0;
        int saltLength = low + 7 < end ? bytes[low + 7] & 0xff : 0;
        int plugin = low + 2 + 1 + 2 + 2 + 1 + 10 + Math.max(13, saltLength - 8);
        return new Greeting("greeting", tls, plugin(bytes, plugin, end), version);
    }

    private static String plugin(byte[] bytes, int start, int end) {
        if (start >= end) {
            return "none";
        }
        String name = new String(bytes, start, zero(bytes, start, end) - start, StandardCharsets.ISO_8859_1);
        return PLUGINS.contains(name) ? name : "other";
    }

    private static int zero(byte[] bytes, int start, int end) {
        int at = start;
        while (at < end && bytes[at] != 0) {
            at++;
        }
        return at;
    }
}
