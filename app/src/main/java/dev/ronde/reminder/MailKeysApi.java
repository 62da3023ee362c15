package dev.ronde.reminder;

import dev.ronde.evidence.Actor;
import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.PageOf;
import dev.ronde.platform.http.Query;
import dev.ronde.platform.http.Requests;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import dev.ronde.platform.problem.Problem;
import io.javalin.http.Context;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The keys of the mailed links over the API: which there are, and the emergency switch for one that may have leaked. */
record MailKeysApi(Relink relink) implements Routes {
    @Override
    public void register(Router router) {
        router.get("/api/v1/mail-keys", Access.ADMINS, this::list);
        router.post("/api/v1/mail-keys/{kid}/disable", Access.ADMINS, this::disable);
    }

    public record Disabling(@Nullable String reason) {}

    private void list(Context context) {
        Query query = Requests.query(context, "sort", "limit", "cursor");
        Requests.list(context, PageOf.whole(relink.keys(), query));
    }

    private void disable(Context context) {
        String reason = Requests.body(context, Disabling.class).reason();
        if (reason == null || reason.isBlank() || reason.length() > 500) {
            throw Problem.invalid("/reason", "required", "Say in at most 500 characters why the key is disabled.");
        }
        int planned = relink.disable(kid(context), reason.strip(), Actor.of(Requests.principal(context)));
        context.json(Map.of("kid", kid(context), "notices", planned));
    }

    private static int kid(Context context) {
        String text = context.pathParam("kid");
        if (!text.matches("[1-9][0-9]{0,2}")) {
            throw Problem.notFound("mail key", text);
        }
        return Integer.parseInt(text);
    }
}
