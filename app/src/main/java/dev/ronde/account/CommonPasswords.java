package dev.ronde.account;

import com.nulabinc.zxcvbn.StandardDictionaries;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The passwords most people choose, as zxcvbn ships them (decision 101). Digits and signs around one make no other: {@code Password1234!} is
 * {@code password}. Read when somebody chooses a password, and not kept.
 */
final class CommonPasswords {
    private static final int COUNTED = 10_000;
    private static final Pattern AROUND = Pattern.compile("^[^\\p{L}]+|[^\\p{L}]+$");

    private CommonPasswords() {}

    static boolean holds(String password) {
        String whole = password.toLowerCase(Locale.ROOT);
        Set<String> common = read();
        return common.contains(whole) || common.contains(AROUND.matcher(whole).replaceAll(""));
    }

    private static Set<String> read() {
        try {
            return StandardDictionaries.PASSWORDS_LOADER.load().getFrequencies().stream()
                    .limit(COUNTED)
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
