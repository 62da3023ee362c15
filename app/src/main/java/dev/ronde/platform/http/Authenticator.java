package dev.ronde.platform.http;

import io.javalin.http.Context;
import java.util.Optional;

/** Tells who makes a request; implemented by the account room. */
public interface Authenticator {
    /** Empty without a session cookie or bearer token; a 401 problem for a wrong or expired token. */
    Optional<Principal> authenticate(Context context);

    /** The CSRF token that forms of this session must send back; empty without a session. */
    Optional<String> csrf(Context context);

    /** Language, zone and theme that this visitor chose, after {@link #authenticate}; empty if they never chose. */
    Optional<Reader> reader(Context context);
}
