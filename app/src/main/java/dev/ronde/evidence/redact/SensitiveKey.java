package dev.ronde.evidence.redact;

import java.util.Locale;
import java.util.regex.Pattern;

/** Names of fields whose text is a secret whatever it looks like. */
final class SensitiveKey {
    private static final Pattern ANYWHERE = Pattern.compile(
            "password|passwd|passphrase|secret|api_?key|authorization|connection_?string|private_?key|credential|access_?token");
    private static final Pattern WORD =
            Pattern.compile("(?:^|_)(?:pass|pwd|tokens?|cookies?|sas|sas_?url|private|auth)(?:_|$)");

    private SensitiveKey() {}

    /** Text under such a name is never kept; numbers and booleans may be. */
    static boolean matches(String key) {
        String name =
                key.replaceAll("([a-z0-9])([A-Z])", "$1_$2").replace('-', '_').toLowerCase(Locale.ROOT);
        return ANYWHERE.matcher(name).find() || WORD.matcher(name).find();
    }
}
