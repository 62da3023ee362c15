package dev.ronde.check.schedule;

import dev.ronde.asset.inventory.Asset;
import dev.ronde.asset.inventory.AssetListener;
import dev.ronde.asset.inventory.Assets;
import dev.ronde.asset.snapshot.Snapshot;
import dev.ronde.asset.snapshot.SnapshotListener;
import dev.ronde.catalogue.Catalogue;
import dev.ronde.catalogue.CatalogueEntry;
import dev.ronde.check.AssetVariables;
import dev.ronde.check.CheckState;
import dev.ronde.check.CheckStateDao;
import dev.ronde.evidence.Actor;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.schedule.Claim;
import dev.ronde.platform.schedule.DueKey;
import dev.ronde.platform.schedule.DueTable;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the due rows: every active asset has one, and a state, for each check of its kind. A change of how an asset is reached, or of
 * a check file, makes what it touches due at once.
 */
public final class CheckSchedule implements AssetListener, SnapshotListener {
    public static final String KIND = "check";

    private static final Logger log = LoggerFactory.getLogger(CheckSchedule.class);
    private static final int PAGE = 500;

    private final Database database;
    private final InstantSource clock;
    private final Catalogue catalogue;
    private final DueTable due;
    private final Assets assets;
    private final CatalogueInForce inForce;

    public CheckSchedule(Database database, InstantSource clock, Catalogue catalogue, DueTable due, Assets assets) {
        this.database = database;
        this.clock = clock;
        this.catalogue = catalogue;
        this.due = due;
        this.assets = assets;
        this.inForce = new CatalogueInForce(catalogue);
    }

    @Override
    public void changed(Handle tx, List<AssetChange> changes, boolean imported, Actor by) {
        Instant now = Occurrences.stored(clock.instant());
        Map<DueKey, Instant> fresh = new LinkedHashMap<>();
        List<CheckStateDao.NewState> states = new ArrayList<>();
        if (inForce.isOther(tx)) {
            leaveToServer(tx, changes, now);
            return;
        }
        for (AssetChange change : changes) {
            Asset after = change.after();
            if (change.before() == null) {
                applicable(after).values().forEach(entry -> addNew(after, entry, now, fresh, states));
            } else {
                adjust(tx, after, again(change, now), now);
            }
        }
        due.insertAll(tx, fresh);
        if (!states.isEmpty()) {
            tx.attach(CheckStateDao.class).insertNew(states);
        }
    }

    private static void addNew(
            Asset asset,
            CatalogueEntry entry,
            Instant now,
            Map<DueKey, Instant> fresh,
            List<CheckStateDao.NewState> states) {
        states.add(new CheckStateDao.NewState(
                asset.id(), entry.id(), entry.outline().severity().code()));
        if (entry.outline().schedule().every() != null) {
            fresh.put(key(asset.id(), entry.id()), now);
        }
    }

    /** Null if the change makes none due. */
    private static @Nullable Instant again(AssetChange change, Instant now) {
        return change.before() != null && changedReach(change.before(), change.after()) ? now : null;
    }

    private void leaveToServer(Handle tx, List<AssetChange> changes, Instant now) {
        for (AssetChange change : changes) {
            UUID asset = change.after().id();
            if (!change.after().active()) {
                adjust(tx, change.after(), null, now);
            } else if (again(change, now) != null) {
                dueOf(tx, asset).keySet().forEach(check -> due.schedule(tx, key(asset, check), now));
            }
        }
        inForce.leaveUnplanned(tx);
    }

    private void adjust(Handle tx, Asset asset, @Nullable Instant again, Instant now) {
        CheckStateDao dao = tx.attach(CheckStateDao.class);
        Map<String, CatalogueEntry> wanted = applicable(asset);
        Set<String> present = present(tx, asset);
        for (String gone : present) {
            if (!wanted.containsKey(gone)) {
                due.remove(tx, key(asset.id(), gone));
                dao.delete(asset.id(), gone);
            }
        }
        add(tx, asset, wanted.values(), present, again, now);
    }

    private Set<String> present(Handle tx, Asset asset) {
        return tx.attach(CheckStateDao.class).list(asset.id()).stream()
                .map(CheckState::checkId)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private void add(
            Handle tx,
            Asset asset,
            Collection<CatalogueEntry> wanted,
            Set<String> present,
            @Nullable Instant again,
            Instant now) {
        CheckStateDao dao = tx.attach(CheckStateDao.class);
        for (CatalogueEntry entry : wanted) {
            boolean isNew = !present.contains(entry.id());
            if (isNew) {
                dao.insertNew(List.of(new CheckStateDao.NewState(
                        asset.id(), entry.id(), entry.outline().severity().code())));
            }
            Instant at = isNew ? now : again;
            if (at != null && entry.outline().schedule().every() != null) {
                due.schedule(tx, key(asset.id(), entry.id()), at);
            }
        }
    }

    private Map<String, CatalogueEntry> applicable(Asset asset) {
        Map<String, CatalogueEntry> applicable = new LinkedHashMap<>();
        if (asset.active()) {
            catalogue
                    .applicable(asset.kind(), AssetVariables.of(asset))
                    .forEach(entry -> applicable.put(entry.id(), entry));
        }
        return applicable;
    }

    private static boolean changedReach(Asset before, Asset after) {
        return !Objects.equals(before.address(), after.address())
                || !Objects.equals(before.port(), after.port())
                || !Objects.equals(before.hostname(), after.hostname())
                || !Objects.equals(before.starttls(), after.starttls())
                || !Objects.equals(before.probeAuthorisedUntil(), after.probeAuthorisedUntil())
                || !before.declaredPorts().equals(after.declaredPorts())
                || before.expectedClosed() != after.expectedClosed()
                || !before.tags().equals(after.tags());
    }

    @Override
    public void stored(Handle tx, Asset asset, Snapshot snapshot, boolean changed) {
        lookAgain(tx, asset, snapshot.source());
    }

    @Override
    public void refused(Handle tx, Asset asset, String source) {
        lookAgain(tx, asset, source);
    }

    private void lookAgain(Handle tx, Asset asset, String source) {
        inForce.require(tx);
        Instant now = Occurrences.stored(clock.instant());
        applicable(asset).values().stream()
                .filter(entry -> entry.sound()
                        .filter(check -> check.schedule().onChange()
                                && source.equals(check.probe().source()))
                        .isPresent())
                .forEach(entry -> due.schedule(tx, key(asset.id(), entry.id()), now));
    }

    public void stated(Handle tx, UUID asset, String check, Instant now) {
        due.schedule(tx, key(asset, check), now);
    }

    public void dueNow(Handle tx, List<CheckState> pairs, Instant now) {
        pairs.forEach(pair -> due.schedule(tx, key(pair.assetId(), pair.checkId()), now));
    }

    /** Takes back that a pair was made due at {@code made}, where nothing came of it; {@code before} is when it was due, null for never. */
    public void takeBack(Handle tx, CheckState pair, Instant made, @Nullable Instant before) {
        due.takeBack(tx, key(pair.assetId(), pair.checkId()), made, before);
    }

    public void outsideAppeared(Handle tx, Instant now) {
        dueNow(tx, tx.attach(CheckStateDao.class).listWithoutVantage(), now);
    }

    /** Returns whether the row of a claim asks for the work still: it is there, and due. */
    public boolean isWanted(Handle handle, Claim claim, Instant now) {
        Instant at =
                due.dueOf(handle, claim.key().subjectId(), KIND).get(claim.key().refId());
        return at != null && !at.isAfter(now);
    }

    public Map<String, Instant> dueOf(Handle handle, UUID asset) {
        return due.dueOf(handle, asset, KIND);
    }

    public Map<CheckState, Instant> dueAt(Handle handle, List<CheckState> pairs) {
        Map<UUID, Map<String, Instant>> rows = new HashMap<>();
        Map<CheckState, Instant> at = new HashMap<>();
        for (CheckState pair : pairs) {
            Instant next = rows.computeIfAbsent(pair.assetId(), asset -> due.dueOf(handle, asset, KIND))
                    .get(pair.checkId());
            if (next != null) {
                at.put(pair, next);
            }
        }
        return at;
    }

    public boolean isUnderway(Handle handle, CheckState pair, Instant now) {
        return due.isLeased(handle, key(pair.assetId(), pair.checkId()), now);
    }

    /**
     * Puts the catalogue of this process in force and brings every asset in line with it; call at the start of a server. Check files that are new
     * or changed since the last start are due at once and get a {@code check.published} record, those that are gone a {@code check.retired} one.
     *
     * @return whether anything differed
     */
    public boolean reconcile(Publications publications) {
        Publications.Difference difference = database.inTransaction(tx -> {
            inForce.put(tx);
            return publications.record(tx);
        });
        boolean unplanned = database.inTransaction(inForce::takeUnplanned);
        if (difference.touched().isEmpty() && !difference.otherwise() && !unplanned) {
            return false;
        }
        overAssets((tx, asset, now) -> {
            adjust(tx, asset, null, now);
            makeDue(tx, asset, difference.touched(), now);
        });
        return true;
    }

    /** As {@link #reconcile}, for a command: it has the catalogue of the server, or does nothing with checks. */
    public void startCommand(Publications publications) {
        if (database.read(inForce::isNone)) {
            reconcile(publications);
        } else if (database.read(inForce::isOther)) {
            log.warn("no check is run, and no snapshot is taken: {}", CatalogueInForce.ELSEWHERE);
        }
    }

    /** Brings the assets in line that were changed by a process with another catalogue. */
    public void planLeft() {
        if (database.read(inForce::hasUnplanned) && database.inTransaction(inForce::takeUnplanned)) {
            overAssets((tx, asset, now) -> adjust(tx, asset, null, now));
        }
    }

    public CatalogueInForce inForce() {
        return inForce;
    }

    private interface OnAsset {
        void apply(Handle tx, Asset asset, Instant now);
    }

    private void overAssets(OnAsset what) {
        UUID after = null;
        while (true) {
            UUID from = after;
            List<Asset> page = database.read(handle -> assets.listActive(handle, from, PAGE));
            if (page.isEmpty()) {
                return;
            }
            database.useTransaction(
                    tx -> page.forEach(asset -> what.apply(tx, asset, Occurrences.stored(clock.instant()))));
            after = page.get(page.size() - 1).id();
        }
    }

    private void makeDue(Handle tx, Asset asset, Set<String> touched, Instant now) {
        applicable(asset).values().stream()
                .filter(entry -> touched.contains(entry.id()))
                .filter(entry -> entry.outline().schedule().every() != null)
                .forEach(entry -> due.schedule(tx, key(asset.id(), entry.id()), now));
    }

    public static DueKey key(UUID assetId, String checkId) {
        return new DueKey(assetId, KIND, checkId);
    }
}
