package dev.ronde.account;

import dev.ronde.evidence.Actor;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.PathIds;
import dev.ronde.platform.http.Requests;
import dev.ronde.platform.http.Role;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import dev.ronde.platform.problem.Problem;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

record TokenApi(Database database, Tokens tokens) implements Routes {
    @Override
    public void register(Router router) {
        router.get("/api/v1/tokens", Access.ADMINS, this::list);
        router.post("/api/v1/tokens", Access.ADMINS, this::add);
        router.get("/api/v1/tokens/{id}", Access.ADMINS, this::get);
        router.delete("/api/v1/tokens/{id}", Access.ADMINS, this::revoke);
    }

    /**
     * A new token.
     *
     * @param days until it expires; the most there are when absent
     * @param assets refs of the assets an agent may push for; every asset when absent
     */
    record NewToken(
            @Nullable String name,
            @Nullable Role role,
            @Nullable Integer days,
            @Nullable List<@Nullable String> assets) {}

    private void list(Context context) {
        Requests.list(context, Requests.query(context, "sort", "limit", "cursor"), tokens::page);
    }

    private void get(Context context) {
        ApiToken token = database.read(handle -> tokens.get(handle, id(context)));
        Requests.etag(context, token.version());
        context.json(view(token, null));
    }

    private TokenView view(ApiToken token, @Nullable String secret) {
        return database.read(handle -> tokens.view(handle, token, secret));
    }

    private void add(Context context) {
        NewToken body = Requests.body(context, NewToken.class);
        Role role = body.role();
        if (role == null) {
            throw Problem.invalid(
                    "/role", "required", "role must be admin, compliance, owner, auditor, agent or prober");
        }
        String name = body.name() == null ? "" : body.name();
        Actor by = Actor.of(Requests.principal(context));
        Tokens.Wanted wanted = new Tokens.Wanted(name, role, body.days(), assets(body.assets()));
        Tokens.Made made = database.inTransaction(tx -> tokens.add(tx, wanted, by));
        Requests.etag(context, made.token().version());
        Requests.shownOnce(context);
        context.status(HttpStatus.CREATED)
                .header("Location", "/api/v1/tokens/" + made.token().id())
                .json(view(made.token(), made.secret()));
    }

    /** Refuses an empty list: it could mean every asset or none. */
    private static List<String> assets(@Nullable List<@Nullable String> refs) {
        if (refs == null) {
            return List.of();
        }
        if (refs.isEmpty()) {
            throw Problem.invalid("/assets", "required", "Name at least one asset, or leave assets out for all");
        }
        return refs.stream().map(ref -> ref == null ? "" : ref).toList();
    }

    private void revoke(Context context) {
        UUID id = id(context);
        Actor by = Actor.of(Requests.principal(context));
        database.useTransaction(tx -> {
            Requests.requireMatch(context, tokens.get(tx, id).version());
            tokens.revoke(tx, id, by);
        });
        context.status(HttpStatus.NO_CONTENT);
    }

    private static UUID id(Context context) {
        return PathIds.of(context, "id", "token");
    }
}
