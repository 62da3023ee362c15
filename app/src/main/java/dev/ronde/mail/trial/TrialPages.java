package dev.ronde.mail.trial;

import dev.ronde.evidence.Actor;
import dev.ronde.mail.MailRoom;
import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.PageRenderer;
import dev.ronde.platform.http.PathIds;
import dev.ronde.platform.http.Requests;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.Locale;
import java.util.Map;

/** The page that tries the mail channel, and what each trial showed. */
final class TrialPages implements Routes {
    private static final String ALL = "/mail-trials";

    private final Trials trials;
    private final TrialReader reader;
    private final MailRoom mail;
    private final PageRenderer pages;

    TrialPages(Trials trials, TrialReader reader, MailRoom mail, PageRenderer pages) {
        this.trials = trials;
        this.reader = reader;
        this.mail = mail;
        this.pages = pages;
    }

    @Override
    public void register(Router router) {
        router.get(ALL, Access.ADMINS, this::list);
        router.post(ALL, Access.ADMINS, this::start);
        router.get(ALL + "/{id}", Access.ADMINS, this::show);
    }

    private void list(Context context) {
        Locale locale = pages.reader(context).locale();
        pages.render(
                context,
                "web/mail/trials.peb",
                Map.of(
                        "trials",
                        trials.newest().stream()
                                .map(trial -> reader.view(trial, locale))
                                .toList(),
                        "configured",
                        mail.server() != null));
    }

    private void start(Context context) {
        Trial trial =
                trials.start(mail.settings().locale(), mail.settings().zone(), Actor.of(Requests.principal(context)));
        context.redirect(ALL + "/" + trial.id(), HttpStatus.SEE_OTHER);
    }

    private void show(Context context) {
        Trial trial = trials.get(PathIds.of(context, "id", "mail trial"));
        pages.render(
                context,
                "web/mail/trial.peb",
                Map.of("trial", reader.view(trial, pages.reader(context).locale())));
    }
}
