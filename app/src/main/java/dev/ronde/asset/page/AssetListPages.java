package dev.ronde.asset.page;

import dev.ronde.asset.field.AssetWords;
import dev.ronde.asset.field.Criticality;
import dev.ronde.asset.inventory.Asset;
import dev.ronde.asset.inventory.AssetFilter;
import dev.ronde.asset.inventory.AssetOrder;
import dev.ronde.asset.inventory.AssetParameters;
import dev.ronde.asset.inventory.AssetPeople;
import dev.ronde.asset.inventory.Assets;
import dev.ronde.asset.inventory.PersonLabel;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.ListPage;
import dev.ronde.platform.http.PageOf;
import dev.ronde.platform.http.PageRenderer;
import dev.ronde.platform.http.Principal;
import dev.ronde.platform.http.Query;
import dev.ronde.platform.http.Requests;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import dev.ronde.platform.schedule.KeptFigures;
import io.javalin.http.Context;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The list of assets, narrowed by the parameters of its address. */
public record AssetListPages(
        Database database,
        Assets assets,
        InstantSource clock,
        AssetWords words,
        KeptFigures<String, AssetChoices> choices,
        PageRenderer pages,
        List<AssetColumn> columns)
        implements Routes {
    @Override
    public void register(Router router) {
        router.get("/assets", Access.SCOPED, this::list);
    }

    /**
     * One asset in the list.
     *
     * @param more what other rooms say of it, by the name of their column
     */
    public record AssetLine(
            Asset asset,
            @Nullable PersonLabel owner,
            @Nullable PersonLabel backup,
            Map<String, Object> more) {}

    private void list(Context context) {
        Query query = Requests.query(context, AssetParameters.and("sort", "limit", "cursor"));
        Principal principal = Requests.principal(context);
        AssetFilter filter = AssetParameters.filter(query, principal);
        PageOf<AssetLine> page = PageOf.listed(
                query,
                asked -> database.read(handle -> {
                    String after = asked.cursor(1).map(cursor -> cursor.get(0)).orElse(null);
                    return assets.page(handle, filter, AssetOrder.REF, after, asked.limit())
                            .together(found -> lines(handle, found, principal));
                }));
        Map<String, Object> model = ListPage.of(query, page, "/assets", AssetParameters.NAMES);
        model.put("kinds", List.copyOf(new TreeSet<>(words.kinds())));
        model.put(
                "criticalities",
                Arrays.stream(Criticality.values()).map(Criticality::word).toList());
        AssetChoices used = choices.get();
        boolean everywhere = principal.limits() == null;
        model.put("units", everywhere ? used.units() : List.of());
        model.put("environments", everywhere ? used.environments() : List.of());
        model.put("tags", everywhere ? used.tags() : List.of());
        model.put("states", assets.states().words());
        model.put("mayEdit", principal.lead());
        model.put("ownOnly", principal.ownOnly());
        pages.render(context, "web/asset/list.peb", model);
    }

    private List<AssetLine> lines(Handle handle, List<Asset> page, Principal principal) {
        Instant now = clock.instant();
        AssetPeople people = AssetPeople.of(handle, page).shownTo(principal);
        Map<UUID, Map<String, Object>> more = new HashMap<>();
        for (AssetColumn column : columns) {
            column.values(handle, page, now)
                    .forEach((id, value) ->
                            more.computeIfAbsent(id, missing -> new HashMap<>()).put(column.name(), value));
        }
        return page.stream()
                .map(asset -> new AssetLine(
                        asset,
                        people.label(asset.ownerId()),
                        people.label(asset.backupId()),
                        more.getOrDefault(asset.id(), Map.of())))
                .toList();
    }
}
