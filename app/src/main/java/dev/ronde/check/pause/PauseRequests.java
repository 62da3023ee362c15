package dev.ronde.check.pause;

import dev.ronde.asset.inventory.Asset;
import dev.ronde.asset.inventory.Assets;
import dev.ronde.check.CheckLookup;
import dev.ronde.evidence.Actor;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Banner;
import dev.ronde.platform.http.Cursor;
import dev.ronde.platform.http.PageOf;
import dev.ronde.platform.http.PathIds;
import dev.ronde.platform.http.Principal;
import dev.ronde.platform.http.Query;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What people ask about the stop of every probe and about maintenance windows; a banner says it to everybody signed in while all is stopped. */
public final class PauseRequests implements Banner.Source {
    private static final String WINDOW = "maintenance window";

    private final Database database;
    private final InstantSource clock;
    private final Assets assets;
    private final CheckLookup lookup;
    private final ProbePauses pauses;

    public PauseRequests(
            Database database, InstantSource clock, Assets assets, CheckLookup lookup, ProbePauses pauses) {
        this.database = database;
        this.clock = clock;
        this.assets = assets;
        this.lookup = lookup;
        this.pauses = pauses;
    }

    ProbingJson.Status status() {
        ProbePause stop = pauses.stop().orElse(null);
        return ProbingJson.Status.of(stop, stop == null ? null : assets.actorName(stop.createdBy()));
    }

    @Override
    public List<Banner> banners(Principal principal) {
        return pauses.stop().map(stop -> new Banner("error", "check.probing.banner", List.of(stop.reason()))).stream()
                .toList();
    }

    /** {@code reason} may be null, because a stop may be urgent. */
    void stop(@Nullable String reason, Principal principal) {
        pauses.stop(reason, Actor.of(principal));
    }

    void resume(Principal principal) {
        pauses.resume(Actor.of(principal));
    }

    PageOf<ProbingJson.Window> windows(Query query) {
        UUID before =
                query.cursor(1).map(cursor -> PathIds.of(WINDOW, cursor.get(0))).orElse(null);
        int limit = query.limit();
        PageOf<ProbePause> page = PageOf.of(
                pauses.windows(before, limit + 1), limit, pauses.countWindows(), window -> Cursor.of(window.id()));
        Map<UUID, Asset> found = assets(page.items());
        Instant now = clock.instant();
        return page.map(window -> ProbingJson.Window.of(window, ref(found, window), now));
    }

    ProbingJson.Window plan(ProbePauses.Wanted wanted, Principal principal) {
        String ref = wanted.asset();
        UUID asset = ref == null
                ? null
                : database.read(handle -> lookup.active(handle, ref, principal)).id();
        ProbePause window = pauses.plan(wanted, asset, Actor.of(principal));
        return ProbingJson.Window.of(window, ref, clock.instant());
    }

    ProbingJson.Window end(String id, Principal principal) {
        ProbePause window = pauses.window(PathIds.of(WINDOW, id));
        String ref = ref(assets(List.of(window)), window);
        ProbePause ended = pauses.end(window.id(), ref, Actor.of(principal));
        return ProbingJson.Window.of(ended, ref, clock.instant());
    }

    private Map<UUID, Asset> assets(List<ProbePause> windows) {
        Set<UUID> ids = new HashSet<>();
        windows.stream().map(ProbePause::assetId).filter(Objects::nonNull).forEach(ids::add);
        return ids.isEmpty() ? Map.of() : database.read(handle -> assets.byIds(handle, ids));
    }

    private static @Nullable String ref(Map<UUID, Asset> assets, ProbePause window) {
        Asset asset = window.assetId() == null ? null : assets.get(window.assetId());
        return asset == null ? null : asset.ref();
    }
}
