package dev.ronde.mail.trial;

import dev.ronde.evidence.Actor;
import dev.ronde.mail.MailRoom;
import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.PageOf;
import dev.ronde.platform.http.PathIds;
import dev.ronde.platform.http.Query;
import dev.ronde.platform.http.Requests;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.Locale;

/** Mails Ronde sends to itself, over the API. */
final class TrialApi implements Routes {
    private final Trials trials;
    private final TrialReader reader;
    private final MailRoom mail;

    TrialApi(Trials trials, TrialReader reader, MailRoom mail) {
        this.trials = trials;
        this.reader = reader;
        this.mail = mail;
    }

    @Override
    public void register(Router router) {
        router.get("/api/v1/mail-trials", Access.ADMINS, this::list);
        router.post("/api/v1/mail-trials", Access.ADMINS, this::start);
        router.get("/api/v1/mail-trials/{id}", Access.ADMINS, this::get);
    }

    private void list(Context context) {
        Query query = Requests.query(context, "limit", "cursor");
        Requests.list(
                context,
                PageOf.whole(trials.newest(), query, Trial::id).map(trial -> reader.view(trial, Locale.ENGLISH)));
    }

    private void start(Context context) {
        Trial trial =
                trials.start(mail.settings().locale(), mail.settings().zone(), Actor.of(Requests.principal(context)));
        context.status(HttpStatus.CREATED);
        context.json(reader.view(trial, Locale.ENGLISH));
    }

    private void get(Context context) {
        context.json(reader.view(trials.get(PathIds.of(context, "id", "mail trial")), Locale.ENGLISH));
    }
}
