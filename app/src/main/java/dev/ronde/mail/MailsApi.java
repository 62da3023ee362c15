package dev.ronde.mail;

import dev.ronde.evidence.Actor;
import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.PageOf;
import dev.ronde.platform.http.PathIds;
import dev.ronde.platform.http.Principal;
import dev.ronde.platform.http.Query;
import dev.ronde.platform.http.Requests;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import dev.ronde.platform.problem.Problem;
import dev.ronde.platform.resource.ReaderWords;
import io.javalin.http.Context;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The outbox over the API. Owners see their own mails; links are masked for everybody but leads while mail is off. */
public record MailsApi(OutboxReader reader, OutboxDecisions decisions, ReaderWords english) implements Routes {
    /** The filter word for notices that no mail tells yet; no mail has this state. */
    private static final String PLANNED = "planned";

    @Override
    public void register(Router router) {
        router.get("/api/v1/mails", Access.READERS, this::list);
        router.get("/api/v1/mails/{id}", Access.READERS, this::get);
        router.post("/api/v1/mails/{id}/resend", Access.LEADS, this::resend);
        router.post("/api/v1/mails/brake", Access.LEADS, this::decide);
    }

    public record BrakeDecision(OutboxDecisions.@Nullable Decision action) {}

    private void list(Context context) {
        Query query = Requests.query(context, "state", "person", "sort", "limit", "cursor");
        Principal principal = Requests.principal(context);
        Requests.list(context, query, asked -> find(reader, asked, principal, english));
    }

    static PageOf<MailView> find(OutboxReader reader, Query query, Principal principal, ReaderWords words) {
        Optional<String> state = query.text("state").filter(PLANNED::equals).isPresent()
                ? Optional.of(PLANNED)
                : query.oneOf("state", MailState.class).map(MailState::word);
        UUID person = principal.confinedTo();
        if (person == null && query.text("person").isPresent()) {
            person = reader.person(query.text("person").get()).orElse(new UUID(0, 0));
        }
        return reader.list(state.orElse(null), person, query.limit(), query.cursor(2), principal.lead(), words);
    }

    private void get(Context context) {
        Principal principal = Requests.principal(context);
        MailView mail = reader.get(id(context), principal.confinedTo(), principal.lead(), english);
        Requests.etag(context, mail.version());
        context.json(mail);
    }

    private void resend(Context context) {
        Principal principal = Requests.principal(context);
        decisions.resend(id(context), Actor.of(principal));
        MailView mail = reader.get(id(context), null, principal.lead(), english);
        Requests.etag(context, mail.version());
        context.json(mail);
    }

    private void decide(Context context) {
        OutboxDecisions.Decision decision =
                Requests.body(context, BrakeDecision.class).action();
        if (decision == null) {
            throw Problem.invalid("/action", "required", "Send an action: release, collapse or discard.");
        }
        context.json(Map.of("mails", decisions.decide(decision, Actor.of(Requests.principal(context)))));
    }

    static UUID id(Context context) {
        return PathIds.of(context, "id", "mail");
    }
}
