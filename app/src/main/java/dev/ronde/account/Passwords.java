package dev.ronde.account;

import com.nulabinc.zxcvbn.StandardDictionaries;
import com.password4j.Argon2Function;
import com.password4j.Hash;
import com.password4j.Password;
import com.password4j.types.Argon2;
import dev.ronde.platform.problem.Problem;
import dev.ronde.platform.text.Worded;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Argon2id (RFC 9106), stored as a PHC string that carries its own parameters: 19 MiB, 2 passes, 1 lane, 16 bytes of
 * salt, 32 bytes of hash; the smallest of the settings OWASP names, because the process may share a small machine.
 * At most four run at once, so that many sign-ins cannot fill the memory; who waits longer than a second is told to come again.
 */
final class Passwords {
    private static final int MEMORY_KIB = 19_456;
    private static final int PASSES = 2;
    private static final int LANES = 1;
    private static final int HASH_BYTES = 32;
    private static final int SALT_BYTES = 16;
    static final int SHORTEST = 12;
    static final int LONGEST = 256;

    /** A hash no password gives: salt and hash are zero. Hashing one would take a tenth of the start time. */
    private static final String NOBODYS = "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
            .formatted(MEMORY_KIB, PASSES, LANES, zeros(SALT_BYTES), zeros(HASH_BYTES));

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private static final int COUNTED_COMMON = 10_000;
    private static final Pattern AROUND = Pattern.compile("^[^\\p{L}]+|[^\\p{L}]+$");

    private final Semaphore running;

    Passwords() {
        this(new Semaphore(4, true));
    }

    Passwords(Semaphore running) {
        this.running = running;
    }

    String hash(String password) {
        return inTurn(() -> {
            Hash hash = Password.hash(password).addRandomSalt(SALT_BYTES).with(argon2id());
            return hash.getResult();
        });
    }

    boolean matches(String password, String phc) {
        return inTurn(() -> Password.check(password, phc).with(Argon2Function.getInstanceFromHash(phc)));
    }

    private <T> T inTurn(Supplier<T> work) {
        if (!mine()) {
            throw Problem.unavailable(
                            "many_passwords", "Many people sign in at the same moment. Try again in a few seconds.")
                    .with("retry_after", 5);
        }
        try {
            return work.get();
        } finally {
            running.release();
        }
    }

    private boolean mine() {
        try {
            return running.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    static Optional<Fault> fault(String password, String email) {
        if (password.length() < SHORTEST || password.length() > LONGEST) {
            return Optional.of(Fault.LENGTH);
        }
        if (password.equalsIgnoreCase(email)) {
            return Optional.of(Fault.IS_ADDRESS);
        }
        return common(password) ? Optional.of(Fault.COMMON) : Optional.empty();
    }

    /** Whether zxcvbn lists it as common (decision 101), digits and signs around it ignored. Not cached. */
    private static boolean common(String password) {
        String whole = password.toLowerCase(Locale.ROOT);
        String bare = AROUND.matcher(whole).replaceAll("");
        try {
            return StandardDictionaries.PASSWORDS_LOADER.load().getFrequencies().stream()
                    .limit(COUNTED_COMMON)
                    .anyMatch(word -> word.equals(whole) || word.equals(bare));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    enum Fault implements Worded {
        LENGTH("A password needs " + SHORTEST + " to " + LONGEST + " characters"),
        IS_ADDRESS("The password must not be the address"),
        COMMON("This password, or the word inside it, is among the most common. Choose another");

        private final String text;

        Fault(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }

    /** Costs what a real comparison costs, so that an unknown address is not answered sooner than a known one. */
    void pretend(String password) {
        matches(password, NOBODYS);
    }

    /** Loaded with the first password, because the library keeps its 19 MiB from then on. */
    private static Argon2Function argon2id() {
        return Argon2Function.getInstance(MEMORY_KIB, PASSES, LANES, HASH_BYTES, Argon2.ID);
    }

    private static String zeros(int bytes) {
        return Base64.getEncoder().withoutPadding().encodeToString(new byte[bytes]);
    }
}
