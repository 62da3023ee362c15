package dev.ronde.platform.http;

import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/** Knows the token of {@link RunFile}: whoever can read that file operates this machine. Everything else is asked of the next one. */
public final class RunTokenAuthenticator implements Authenticator {
    private static final Principal OPERATOR =
            new Principal("system:command", "Command line", Role.ADMIN, Channel.COMMAND, "command", null, null);

    private final byte[] expected;
    private final Authenticator next;

    public RunTokenAuthenticator(String token, Authenticator next) {
        this.expected = ("Bearer " + token).getBytes(StandardCharsets.UTF_8);
        this.next = next;
    }

    @Override
    public Optional<Principal> authenticate(Context context) {
        String given = context.header("Authorization");
        if (given != null && MessageDigest.isEqual(expected, given.getBytes(StandardCharsets.UTF_8))) {
            return Optional.of(OPERATOR);
        }
        return next.authenticate(context);
    }

    @Override
    public Optional<String> csrf(Context context) {
        return next.csrf(context);
    }

    @Override
    public Optional<Reader> reader(Context context) {
        return next.reader(context);
    }
}
