package dev.ronde.review.handover;

import dev.ronde.account.People;
import dev.ronde.account.Person;
import dev.ronde.account.PersonView;
import dev.ronde.account.Tokens;
import dev.ronde.asset.inventory.Asset;
import dev.ronde.evidence.Actor;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.PageRenderer;
import dev.ronde.platform.http.PathIds;
import dev.ronde.platform.http.Principal;
import dev.ronde.platform.http.Requests;
import dev.ronde.platform.http.Role;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import dev.ronde.platform.problem.Problem;
import dev.ronde.review.Review;
import dev.ronde.review.handover.Handover.Leavers;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Everything of a person who leaves is handed over in one act, on a page or over the API. */
public record HandoverPages(Database database, People people, Handover handover, Tokens tokens, PageRenderer pages)
        implements Routes {
    private static final int SHOWN = 50;

    @Override
    public void register(Router router) {
        router.get("/people/{id}/handover", Access.LEADS, context -> show(context, Map.of(), null));
        router.post("/people/{id}/handover", Access.LEADS, this::handOver);
        router.post("/api/v1/people/{id}/handover", Access.LEADS, this::receive);
    }

    private void handOver(Context context) {
        Map<String, String> form = Requests.form(context);
        Principal principal = Requests.principal(context);
        UUID id = id(context);
        try {
            database.useTransaction(tx -> {
                Person leaving = people.get(tx, id);
                Handover.Way way = way(form.get("way"));
                Person to = way == Handover.Way.TRANSFER ? heir(tx, people, form.getOrDefault("to", "")) : null;
                Handover.Wish wish = new Handover.Wish(way, to, "true".equals(form.get("deactivate")));
                requireMay(principal, leaving, wish);
                handover.handOver(tx, leaving, wish, Actor.of(principal), principal.channel());
            });
        } catch (Problem problem) {
            String key = switch (problem.code()) {
                case "invalid" -> problem.errors().get(0).pointer().equals("/way") ? "way" : "to";
                case "last_administrator" -> "last";
                case "forbidden" -> "account";
                default -> throw problem;
            };
            context.status(problem.status());
            show(context, form, key);
            return;
        }
        context.redirect("/people/" + id + "?saved=1", HttpStatus.SEE_OTHER);
    }

    /**
     * What becomes of one asset when somebody who is named there leaves.
     *
     * @param part owner, backup or manager: the first that the person is, or a team they are the last of
     * @param standIn who takes it where backup owners step in; empty where the leads do, or where no owner is needed
     */
    public record HandoverLine(String ref, String name, String part, String standIn) {
        private static HandoverLine of(Asset asset, Leavers leavers, String standIn) {
            boolean owner = leavers.include(asset.ownerId());
            String part = owner ? "owner" : leavers.include(asset.backupId()) ? "backup" : "manager";
            return new HandoverLine(asset.ref(), asset.name(), part, owner ? standIn : "");
        }
    }

    private static Handover.Way way(@Nullable String word) {
        for (Handover.Way way : Handover.Way.values()) {
            if (way.word().equals(word)) {
                return way;
            }
        }
        throw Problem.invalid("/way", "required", "Choose where everything goes.");
    }

    private void show(Context context, Map<String, String> form, @Nullable String error) {
        UUID id = id(context);
        Map<String, Object> model = new HashMap<>();
        Person leaving = database.read(handle -> people.get(handle, id));
        Leavers leavers = database.read(handle -> handover.leavers(handle, leaving, true));
        Handover.Held held = database.read(handle -> handover.held(handle, leavers));
        model.put("person", PersonView.of(leaving));
        model.put(
                "assets",
                database.read(handle -> held.assets().stream()
                        .limit(SHOWN)
                        .map(asset -> HandoverLine.of(
                                asset,
                                leavers,
                                handover.standIn(handle, asset, leavers)
                                        .map(Person::name)
                                        .orElse("")))
                        .toList()));
        model.put("teams", leavers.teams().stream().map(Person::name).toList());
        model.put("assetCount", held.assets().size());
        model.put(
                "reviews", held.reviews().stream().map(Review::ref).limit(SHOWN).toList());
        model.put("reviewCount", held.reviews().size());
        model.put("tokens", database.read(handle -> tokens.of(handle, leaving)));
        model.put("ways", List.of("transfer", "backup", "queue"));
        model.put("way", form.getOrDefault("way", ""));
        model.put("to", form.getOrDefault("to", ""));
        boolean may = mayDeactivate(Requests.principal(context), leaving);
        model.put("mayDeactivate", may);
        model.put("deactivate", may && (form.isEmpty() || form.containsKey("deactivate")));
        model.put("error", error == null ? "" : error);
        pages.render(context, "web/review/handover.peb", model);
    }

    record Body(
            @Nullable String to,
            Handover.@Nullable Way way,
            @Nullable Boolean deactivate) {}

    private void receive(Context context) {
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
