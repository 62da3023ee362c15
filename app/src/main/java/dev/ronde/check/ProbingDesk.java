package dev.ronde.check;

import dev.ronde.asset.inventory.Asset;
import dev.ronde.evidence.Actor;
import dev.ronde.platform.http.Cursor;
import dev.ronde.platform.http.PageOf;
import dev.ronde.platform.http.Principal;
import dev.ronde.platform.http.Query;
import dev.ronde.platform.problem.Problem;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What API and pages do alike about stopping probes. */
final class ProbingDesk {
    private final CheckRoom room;

    ProbingDesk(CheckRoom room) {
        this.room = room;
    }

    ProbingJson.Status status() {
        ProbePause stop = room.pauses().stop().orElse(null);
        return ProbingJson.Status.of(stop, stop == null ? null : room.assets().actorName(stop.createdBy()));
    }

    /** The windows, newest first. */
    PageOf<ProbingJson.Window> windows(Query query) {
        UUID before = query.cursor(1).map(cursor -> id(cursor.get(0))).orElse(null);
        int limit = query.limit();
        PageOf<ProbePause> page = PageOf.of(
                room.pauses().windows(before, limit + 1),
                limit,
                room.pauses().countWindows(),
                window -> Cursor.of(window.id()));
        Map<UUID, Asset> assets = assets(page.items());
        Instant now = room.clock().instant();
        return page.map(window -> ProbingJson.Window.of(window, ref(assets, window), now));
    }

    ProbingJson.Window plan(ProbePauses.Wanted wanted, Principal principal) {
        String ref = wanted.asset();
        UUID asset = ref == null
                ? null
                : room.database()
                        .read(handle -> room.assets().find(handle, ref))
                        .filter(Asset::active)
                        .orElseThrow(() ->
                                Problem.invalid("/asset", "unknown_asset", "There is no active asset " + ref + "."))
                        .id();
        ProbePause window = room.pauses().plan(wanted, asset, Actor.of(principal));
        return ProbingJson.Window.of(window, ref, room.clock().instant());
    }

    ProbingJson.Window end(String id, Principal principal) {
        ProbePause window = room.pauses().window(id(id));
        String ref = ref(assets(List.of(window)), window);
        ProbePause ended = room.pauses().end(window.id(), ref, Actor.of(principal));
        return ProbingJson.Window.of(ended, ref, room.clock().instant());
    }

    private Map<UUID, Asset> assets(List<ProbePause> windows) {
        Set<UUID> ids = new HashSet<>();
        windows.stream().map(ProbePause::assetId).filter(Objects::nonNull).forEach(ids::add);
        return ids.isEmpty()
                ? Map.of()
                : room.database().read(handle -> room.assets().byIds(handle, ids));
    }

    private static @Nullable String ref(Map<UUID, Asset> assets, ProbePause window) {
        Asset asset = window.assetId() == null ? null : assets.get(window.assetId());
        return asset == null ? null : asset.ref();
    }

    private static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw Problem.notFound("maintenance window", text);
        }
    }
}
