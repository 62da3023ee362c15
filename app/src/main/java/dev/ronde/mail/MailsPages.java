package dev.ronde.mail;

import dev.ronde.evidence.Actor;
import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.ListPage;
import dev.ronde.platform.http.PageOf;
import dev.ronde.platform.http.PageRenderer;
import dev.ronde.platform.http.Principal;
import dev.ronde.platform.http.Query;
import dev.ronde.platform.http.Requests;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import dev.ronde.platform.problem.Problem;
import dev.ronde.platform.resource.ReaderWords;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The outbox page: did she get it? Every mail with what the server answered, and the way to send it again. */
public record MailsPages(
        OutboxReader reader,
        OutboxDecisions decisions,
        MailStatus status,
        Reachability reachability,
        PageRenderer pages)
        implements Routes {
    @Override
    public void register(Router router) {
        router.get("/mails", Access.READERS, this::list);
        router.get("/mails/{id}", Access.READERS, this::show);
        router.post("/mails/{id}/resend", Access.LEADS, this::resend);
        router.post("/mails/brake", Access.LEADS, this::decide);
        router.post("/mails/try-again", Access.LEADS, this::tryAgain);
    }

    private void list(Context context) {
        Query query = Requests.query(context, "state", "person", "sort", "limit", "cursor", "done");
        Principal principal = Requests.principal(context);
        ReaderWords words = pages.words(context);
        PageOf<MailView> page = MailsApi.find(reader, query, principal, words);
        Map<String, Object> model = ListPage.of(query, page, "/mails", List.of("state", "person"));
        model.put(
                "states", Arrays.stream(MailState.values()).map(MailState::word).toList());
        model.put("status", status.now());
        model.put("lead", principal.lead());
        model.put("people", principal.lead() ? reachability.lines() : List.of());
        pages.render(context, "web/mail/list.peb", model);
    }

    private void show(Context context) {
        Principal principal = Requests.principal(context);
        MailView mail =
                reader.get(MailsApi.id(context), principal.confinedTo(), principal.lead(), pages.words(context));
        List<String> lines = mail.text().lines().toList();
        Map<String, Object> model = new HashMap<>();
        model.put("mail", mail);
        model.put("lines", lines);
        model.put("attempts", reader.attempts(mail.id()));
        model.put("status", status.now());
        model.put("lead", principal.lead());
        pages.render(context, "web/mail/show.peb", model);
    }

    private void resend(Context context) {
        decisions.resend(MailsApi.id(context), Actor.of(Requests.principal(context)));
        context.redirect("/mails/" + MailsApi.id(context), HttpStatus.SEE_OTHER);
    }

    private void decide(Context context) {
        String action = Requests.form(context).getOrDefault("action", "");
        OutboxDecisions.Decision decision = Arrays.stream(OutboxDecisions.Decision.values())
                .filter(known -> known.name().toLowerCase(Locale.ROOT).equals(action))
                .findFirst()
                .orElseThrow(() -> Problem.invalid("/action", "required", "Choose release, collapse or discard."));
        decisions.decide(decision, Actor.of(Requests.principal(context)));
        context.redirect("/mails", HttpStatus.SEE_OTHER);
    }

    private void tryAgain(Context context) {
        decisions.tryAgain(Actor.of(Requests.principal(context)));
        context.redirect("/mails", HttpStatus.SEE_OTHER);
    }
}
