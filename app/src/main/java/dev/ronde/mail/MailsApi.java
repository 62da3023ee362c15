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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The outbox over the API. Owners see their own mails; links are masked for everybody but leads while mail is off. */
public record MailsApi(OutboxReader reader, OutboxDecisions decisions, ReaderWords english) implements Routes {
    /** The filter word for notices that no mail tells yet; no mail has this state. */
    private static final String PLANNED = "planned";
    /** Fields of a mail that are written only when it is rendered. */
    private static final List<String> RENDERED = List.of("subject", "text", "reason");

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
        Requests.list(context, find(reader, query, principal, english));
    }

    /** One page, sorted before what waits on it is rendered.
     *
     * @throws Problem 400 for a sort by what only rendering tells of a mail that waits */
    static PageOf<MailView> find(OutboxReader reader, Query query, Principal principal, ReaderWords words) {
        String by = query.text("sort").orElse("");
        if (RENDERED.contains(by.replaceFirst("^-", ""))) {
            throw Problem.badRequest(
                            "bad_parameter",
                            "The parameter sort is \"" + by + "\": mails that wait have no "
                                    + String.join(", ", RENDERED) + " yet. Sort by another field, such as about.")
                    .values("sort", by);
        }
        Optional<String> state = query.text("state").filter(PLANNED::equals).isPresent()
                ? Optional.of(PLANNED)
                : query.oneOf("state", MailState.class).map(MailState::word);
        UUID person = Optional.ofNullable(principal.confinedTo())
                .or(() -> query.text("person").map(email -> reader.person(email).orElse(new UUID(0, 0))))
                .orElse(null);
        return PageOf.listed(
                        query, asked -> reader.list(state.orElse(null), person, asked.limit(), asked.cursor(2), words))
                .together(mails -> reader.rendered(mails, principal.lead(), words));
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
