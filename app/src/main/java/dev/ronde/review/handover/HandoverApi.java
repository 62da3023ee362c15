package dev.ronde.review.handover;

import dev.ronde.account.People;
import dev.ronde.account.Person;
import dev.ronde.account.PersonView;
import dev.ronde.evidence.Actor;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.PathIds;
import dev.ronde.platform.http.Principal;
import dev.ronde.platform.http.Requests;
import dev.ronde.platform.http.Role;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import dev.ronde.platform.problem.Problem;
import io.javalin.http.Context;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** {@code POST /api/v1/people/{id}/handover}. */
public record HandoverApi(Database database, People people, Handover handover) implements Routes {
    @Override
    public void register(Router router) {
        router.post("/api/v1/people/{id}/handover", Access.LEADS, this::handOver);
    }

    /**
     * The body.
     *
     * @param to address of the person who takes over
     * @param way backup or queue where nobody is named; backup where nothing is said
     * @param deactivate whether the person leaves altogether; true where nothing is said
     */
    record Body(
            @Nullable String to,
            Handover.@Nullable Way way,
            @Nullable Boolean deactivate) {}

    private void handOver(Context context) {
        Requests.query(context);
        Principal principal = Requests.principal(context);
        Body body = Requests.body(context, Body.class);
        Person after = database.inTransaction(tx -> {
            Person leaving = people.get(tx, id(context));
            Handover.Wish wish = wish(tx, body);
            requireMay(principal, leaving, wish);
            return handover.handOver(tx, leaving, wish, Actor.of(principal), principal.channel());
        });
        Requests.etag(context, after.version());
        context.json(PersonView.of(after));
    }

    private Handover.Wish wish(Handle tx, Body body) {
        String address = body.to();
        Person to = address == null || address.isBlank() ? null : heir(tx, people, address);
        Handover.Way way = body.way() != null ? body.way() : to == null ? Handover.Way.BACKUP : Handover.Way.TRANSFER;
        return new Handover.Wish(way, to, body.deactivate() == null || body.deactivate());
    }

    static Person heir(Handle tx, People people, String address) {
        return people.findByEmail(tx, address)
                .filter(person -> people.here(tx, person))
                .orElseThrow(() -> Problem.invalid(
                        "/to", "unknown_person", "Nobody active has this address. Name somebody known."));
    }

    static void requireMay(Principal principal, Person leaving, Handover.Wish wish) {
        if (wish.deactivate() && !mayDeactivate(principal, leaving)) {
            throw Problem.forbidden(
                    "Only an administrator takes an account away. Hand over with deactivate false, or ask one.");
        }
    }

    static boolean mayDeactivate(Principal principal, Person leaving) {
        return leaving.role() == null || principal.role() == Role.ADMIN;
    }

    static UUID id(Context context) {
        return PathIds.of(context, "id", "person");
    }
}
