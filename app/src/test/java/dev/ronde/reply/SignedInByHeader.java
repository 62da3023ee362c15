package dev.ronde.reply;

import dev.ronde.account.People;
import dev.ronde.account.Person;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Authenticator;
import dev.ronde.platform.http.Channel;
import dev.ronde.platform.http.Principal;
import dev.ronde.platform.http.Reader;
import dev.ronde.platform.http.Role;
import io.javalin.http.Context;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** Who the request says it is: a role, a space, an e-mail address; nobody without the header. */
record SignedInByHeader(Database database, People people) implements Authenticator {
    static final String HEADER = "X-As";
    static final String CSRF = "csrf-of-the-test";

    @Override
    public Optional<Principal> authenticate(Context context) {
        return Optional.ofNullable(context.header(HEADER)).map(as -> {
            String[] roleAndEmail = as.split(" ");
            Person person = database.read(handle -> people.findByEmail(handle, roleAndEmail[1]))
                    .orElseThrow();
            Role role = Role.valueOf(roleAndEmail[0].toUpperCase(Locale.ROOT));
            boolean api = context.path().startsWith("/api/");
            return new Principal(
                    person.actorRef(),
                    person.name(),
                    role,
                    api ? Channel.API : Channel.PAGE,
                    api ? "token" : "password",
                    person.id(),
                    api ? UUID.randomUUID() : null);
        });
    }

    @Override
    public Optional<String> csrf(Context context) {
        return Optional.of(CSRF);
    }

    @Override
    public Optional<Reader> reader(Context context) {
        return Optional.empty();
    }
}
