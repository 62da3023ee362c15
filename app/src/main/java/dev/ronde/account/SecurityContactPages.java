package dev.ronde.account;

import dev.ronde.platform.config.Setting;
import dev.ronde.platform.config.Settings;
import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import dev.ronde.platform.problem.Problem;
import io.javalin.http.Context;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.stream.Stream;

/** Whom somebody writes to who found a hole in this installation (RFC 9116): the address its mails come from, else the first administrator. */
record SecurityContactPages(Settings settings, InstantSource clock) implements Routes {
    private static final String PATH = "/.well-known/security.txt";
    private static final Duration GOOD_FOR = Duration.ofDays(180);

    @Override
    public void register(Router router) {
        router.get(PATH, Access.UNASKED, this::show);
    }

    private void show(Context context) {
        String contact = contact().orElseThrow(() -> Problem.of(404, "not_found", "There is no page at this address."));
        context.contentType("text/plain; charset=utf-8")
                .result("Contact: mailto:" + contact + "\nExpires: "
                        + clock.instant().plus(GOOD_FOR).truncatedTo(ChronoUnit.DAYS)
                        + "\nPreferred-Languages: en, fr\nCanonical: "
                        + settings.baseUrl().toString().replaceAll("/+$", "") + PATH + "\n");
    }

    private Optional<String> contact() {
        return Stream.of(Setting.MAIL_FROM, Setting.ADMIN_EMAIL)
                .filter(setting -> settings.origin(setting).given())
                .flatMap(setting -> settings.find(setting).stream())
                .map(text -> text.replaceAll(".*<|>.*", "").strip())
                .findFirst();
    }
}
