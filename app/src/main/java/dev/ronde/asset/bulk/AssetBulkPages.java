package dev.ronde.asset.bulk;

import dev.ronde.asset.field.AssetFacts;
import dev.ronde.asset.field.AssetWords;
import dev.ronde.asset.field.CellParser;
import dev.ronde.asset.field.CellRefused;
import dev.ronde.asset.file.ExportPages;
import dev.ronde.asset.inventory.Asset;
import dev.ronde.asset.inventory.AssetFilter;
import dev.ronde.asset.inventory.AssetParameters;
import dev.ronde.asset.inventory.AssetSelection;
import dev.ronde.asset.inventory.Assets;
import dev.ronde.evidence.Actor;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.PageRenderer;
import dev.ronde.platform.http.Principal;
import dev.ronde.platform.http.Query;
import dev.ronde.platform.http.Requests;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Changes many assets: picked in the list, or all that match its filters. The first form previews, the second confirms. */
public record AssetBulkPages(
        Database database,
        InstantSource clock,
        Assets assets,
        AssetWords words,
        ExportPages exports,
        CheckStarter checks,
        PageRenderer pages)
        implements Routes {
    private static final int MOST_CHECKED = 500;

    @Override
    public void register(Router router) {
        router.post("/assets/bulk", Access.LEADS, this::preview);
        router.post("/assets/bulk/apply", Access.LEADS, this::apply);
    }

    private record Order(
            BulkChange.@Nullable Action action, String value, boolean all, String matching, List<String> refs) {
        static Order of(Context context) {
            Map<String, String> form = Requests.form(context);
            return new Order(
                    BulkChange.Action.of(form.getOrDefault("action", "")).orElse(null),
                    form.getOrDefault("value", "").strip(),
                    "all".equals(form.get("which")),
                    form.getOrDefault("matching", ""),
                    context.formParams("ref"));
        }

        boolean empty() {
            return !all && refs.isEmpty();
        }

        AssetSelection selection(Principal principal) {
            return all ? AssetSelection.matching(filter(principal)) : AssetSelection.picked(refs);
        }

        private AssetFilter filter(Principal principal) {
            return AssetParameters.filter(Query.decoded(matching, AssetParameters.NAMES), principal);
        }
    }

    private void preview(Context context) {
        Order order = Order.of(context);
        BulkChange.Action action = order.action();
        if (action == null || order.empty()) {
            refuse(context, order, action == null ? "asset.bulk.no_action" : "asset.bulk.nothing");
        } else if (action == BulkChange.Action.EXPORT) {
            exports.send(context, order.selection(Requests.principal(context)));
        } else if (action == BulkChange.Action.CHECKS) {
            run(context, order);
        } else {
            change(context, order, action, false);
        }
    }

    private void apply(Context context) {
        Order order = Order.of(context);
        BulkChange.Action action = order.action();
        if (action == null || !action.takesValue() || order.empty()) {
            refuse(context, order, action == null ? "asset.bulk.no_action" : "asset.bulk.nothing");
        } else {
            change(context, order, action, true);
        }
    }

    private void change(Context context, Order order, BulkChange.Action action, boolean really) {
        AssetFacts value;
        try {
            value = value(action, order.value());
        } catch (CellRefused refusal) {
            AssetWords.Refusal why = refusal.why();
            refuse(context, order, "asset.error." + why.key(), why.arguments().toArray());
            return;
        }
        Principal principal = Requests.principal(context);
        BulkChange change = new BulkChange(database, assets, words, action, value);
        AssetSelection selection = order.selection(principal);
        BulkChange.Result preview = change.run(selection, null, pages.words(context));
        String expected = Requests.form(context).getOrDefault("expected", "");
        boolean moved = really && !expected.equals(String.valueOf(preview.changed()));
        boolean done = really && !moved;
        BulkChange.Result result = done ? change.run(selection, Actor.of(principal), pages.words(context)) : preview;
        context.status(moved ? HttpStatus.CONFLICT : HttpStatus.OK);
        show(context, order, result, done, moved ? pages.text(context, "asset.bulk.moved") : "");
    }

    private AssetFacts value(BulkChange.Action action, String text) {
        Object value = new CellParser(words, clock.instant()).parse(action.field(), text);
        if (text.isEmpty() || value == null) {
            throw new CellRefused("required");
        }
        return new AssetFacts(Map.of(action.field(), value));
    }

    private void run(Context context, Order order) {
        Principal principal = Requests.principal(context);
        AssetSelection selection = order.selection(principal);
        List<String> refs = database.read(handle -> selection.after(handle, assets, null, MOST_CHECKED + 1).stream()
                .filter(Asset::active)
                .map(Asset::ref)
                .toList());
        if (refs.isEmpty() || refs.size() > MOST_CHECKED) {
            refuse(context, order, refs.isEmpty() ? "asset.bulk.nothing" : "asset.bulk.too_many", MOST_CHECKED);
            return;
        }
        context.redirect("/jobs/" + checks.start(refs, principal), HttpStatus.SEE_OTHER);
    }

    private void refuse(Context context, Order order, String key, Object... arguments) {
        context.status(HttpStatus.UNPROCESSABLE_CONTENT);
        BulkChange.Result nothing = new BulkChange.Result(0, 0, 0, List.of());
        show(context, order, nothing, false, pages.text(context, key, arguments));
    }

    private void show(Context context, Order order, BulkChange.Result result, boolean done, String problem) {
        BulkChange.Action action = order.action();
        Map<String, Object> model = new HashMap<>();
        model.put("action", action == null ? "" : action.word());
        model.put("value", order.value());
        model.put("which", order.all() ? "all" : "picked");
        model.put("matching", order.matching());
        model.put("refs", order.all() ? List.of() : new ArrayList<>(order.refs()));
        model.put("back", "/assets" + (order.matching().isEmpty() ? "" : "?" + order.matching()));
        model.put("result", result);
        model.put("done", done);
        model.put("problem", problem);
        pages.render(context, "web/asset/bulk.peb", model);
    }
}
