package dev.ronde.account;

import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Authenticator;
import dev.ronde.platform.http.Channel;
import dev.ronde.platform.http.CommandUser;
import dev.ronde.platform.http.Principal;
import dev.ronde.platform.http.Reader;
import dev.ronde.platform.problem.Problem;
import io.javalin.http.Context;
import java.util.Locale;
import java.util.Optional;

/** Recognises people by the session cookie of the pages and programs by the bearer token (RFC 6750) of the API. */
record AccountAuthenticator(Database database, Sessions sessions, Tokens tokens) implements Authenticator {
    static final String COOKIE = "ronde_session";
    private static final String BEARER = "bearer ";
    private static final String PERSON = "ronde.person";

    @Override
    public Optional<Principal> authenticate(Context context) {
        String header = context.header("Authorization");
        if (header != null && header.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
            ApiToken token = tokens.find(header.substring(BEARER.length()).strip())
                    .orElseThrow(() -> Problem.unauthorized(
                            "This token is wrong, revoked or expired, or its maker has lost the role it needs."
                                    + " Make a new one: ronde token add."));
            String user = context.header(CommandUser.HEADER);
            String auth = user == null ? "token" : "token " + CommandUser.actorRef(user);
            return Optional.of(
                    new Principal(token.actorRef(), token.name(), token.role(), Channel.API, auth, null, token.id()));
        }
        return secret(context)
                .flatMap(sessions::find)
                .filter(person -> person.role() != null)
                .map(person -> {
                    context.attribute(PERSON, person);
                    return principal(person);
                });
    }

    @Override
    public Optional<String> csrf(Context context) {
        return secret(context).map(Sessions::formToken);
    }

    @Override
    public Optional<Reader> reader(Context context) {
        return Optional.ofNullable(context.<Person>attribute(PERSON))
                .map(person -> new Reader(person.language(), person.zone(), "system"));
    }

    static Optional<String> secret(Context context) {
        return Optional.ofNullable(context.cookie(COOKIE)).filter(value -> !value.isBlank());
    }

    private Principal principal(Person person) {
        if (person.role() == null) {
            throw new IllegalStateException("only people with an account sign in");
        }
        return new Principal(
                person.actorRef(),
                person.name(),
                person.role(),
                Channel.PAGE,
                "password",
                person.id(),
                null,
                database.read(handle -> handle.attach(TeamDao.class).listTeams(person.id())),
                database.read(handle -> Engagement.find(handle, person))
                        .map(Engagement::limits)
                        .orElse(null));
    }
}
