package dev.ronde.platform.http;

import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Objects;
import java.util.Optional;

/** Knows the token of {@link RunFile}: whoever can read that file operates this machine. Everything else is asked of the next one. */
public final class RunTokenAuthenticator implements Authenticator {
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
            // without a name it is whoever runs this process: nobody else may read the file
            String user = Objects.requireNonNullElse(context.header(CommandUser.HEADER), CommandUser.signedIn());
            String ref = CommandUser.actorRef(user);
            return Optional.of(new Principal(ref, "Command line", Role.ADMIN, Channel.COMMAND, "command", null, null));
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
