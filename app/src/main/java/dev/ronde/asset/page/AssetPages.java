package dev.ronde.asset.page;

import dev.ronde.asset.inventory.Asset;
import dev.ronde.asset.inventory.AssetAccess;
import dev.ronde.asset.inventory.AssetPeople;
import dev.ronde.asset.inventory.Assets;
import dev.ronde.asset.timeline.Timeline;
import dev.ronde.asset.timeline.TimelineEntry;
import dev.ronde.asset.timeline.TimelineView;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.PageRenderer;
import dev.ronde.platform.http.Principal;
import dev.ronde.platform.http.Query;
import dev.ronde.platform.http.Reader;
import dev.ronde.platform.http.Requests;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import dev.ronde.platform.resource.Messages;
import dev.ronde.platform.text.Worded;
import io.javalin.http.Context;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The page of one asset: its facts and its timeline, between them what other rooms know of it. */
public record AssetPages(
        Database database,
        InstantSource clock,
        Assets assets,
        Timeline timeline,
        Messages messages,
        PageRenderer pages,
        List<AssetPanel> panels)
        implements Routes {
    private static final int TIMELINE = 60;

    @Override
    public void register(Router router) {
        router.get("/assets/{ref}", Access.SCOPED, this::show);
    }

    private void show(Context context) {
        Query query = Requests.query(context, "saved", "timeline");
        TimelineKind kind = query.oneOf("timeline", TimelineKind.class).orElse(null);
        Principal principal = Requests.principal(context);
        Reader reader = pages.reader(context);
        Instant now = clock.instant();
        Map<String, Object> model = new HashMap<>();
        database.read(handle -> {
            Asset asset = AssetAccess.visible(handle, assets, principal, context.pathParam("ref"));
            AssetPeople people = AssetPeople.of(handle, List.of(asset)).shownTo(principal);
            model.put("asset", asset);
            model.put("owner", people.label(asset.ownerId()));
            model.put("backup", people.label(asset.backupId()));
            model.put("manager", people.label(asset.managerId()));
            model.put("timeline", timeline(handle, asset, now, kind, reader.locale()));
            List<String> shown = new ArrayList<>();
            for (AssetPanel panel : panels) {
                shown.add(panel.template());
                model.putAll(panel.model(handle, asset, principal, reader, now));
            }
            model.put("panels", shown);
            return asset;
        });
        model.put("timelineKind", kind == null ? "" : kind.word());
        model.put(
                "timelineKinds",
                Arrays.stream(TimelineKind.values()).map(TimelineKind::word).toList());
        model.put("mayEdit", principal.lead());
        model.put("saved", query.text("saved").isPresent());
        pages.render(context, "web/asset/asset.peb", model);
    }

    private List<TimelineView> timeline(
            Handle handle, Asset asset, Instant now, @Nullable TimelineKind kind, Locale locale) {
        List<TimelineEntry> entries =
                timeline.list(handle, asset, now, "", TIMELINE, entry -> kind == null || kind.holds(entry));
        return timeline.translated(handle, entries, locale).stream()
                .map(entry -> TimelineView.of(entry, assets, messages, locale))
                .toList();
    }

    private enum TimelineKind implements Worded {
        CHANGES,
        /** What checks found, and what people stated where no check can look. */
        FINDINGS,
        REVIEWS,
        MAILS;

        boolean holds(TimelineEntry entry) {
            String type = entry.type();
            return switch (this) {
                case CHANGES -> type.startsWith("asset.") || type.startsWith("snapshot.");
                case FINDINGS -> type.startsWith("finding.") || type.startsWith("check.");
                case REVIEWS -> type.startsWith("review.");
                case MAILS -> type.startsWith("notice.");
            };
        }
    }
}
