package dev.ronde.check.probe;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;

/** rsync daemon: greets and names one module that the operator configured; modules are never listed, nothing is transferred. */
final class RsyncProbe implements NetworkProbe.Conversation {
    private static final String VERSION = "@RSYNCD: 31.0\n";
    private static final Pattern MODULE = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    @Override
    public Map<String, Object> hold(ProbeSession session) {
        String module = session.target().options().getOrDefault("module", "");
        return Map.of("module", Facts.word(session.plain("module", line -> ask(line, module))));
    }

    private static String ask(Line line, String module) throws IOException {
        int at = line.lineFrom(0);
        if (at < 0 || !line.startsWith("@RSYNCD: ")) {
            return "other";
        }
        if (!MODULE.matcher(module).matches()) {
            return "no-module";
        }
        line.send((VERSION + module + "\n").getBytes(StandardCharsets.US_ASCII));
        while (true) {
            int next = line.lineFrom(at);
            if (next < 0) {
                return "other";
            }
            if (line.startsWith("@RSYNCD: OK", at)) {
                return "open";
            }
            if (line.startsWith("@RSYNCD: AUTHREQD", at)) {
                return "auth-required";
            }
            if (line.startsWith("@ERROR: Unknown module", at)) {
                return "unknown-module";
            }
            if (line.startsWith("@ERROR: access denied", at) || line.startsWith("@ERROR: auth failed", at)) {
                return "denied";
            }
            // too many connections, a folder that is not there: nothing of who may come in
            if (line.startsWith("@ERROR", at)) {
                return "undecided";
            }
            at = next;
        }
    }
}
