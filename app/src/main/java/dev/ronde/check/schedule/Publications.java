package dev.ronde.check.schedule;

import dev.ronde.catalogue.Catalogue;
import dev.ronde.catalogue.CatalogueEntry;
import dev.ronde.catalogue.LoadProblem;
import dev.ronde.evidence.Actor;
import dev.ronde.evidence.Evidence;
import dev.ronde.evidence.EvidenceLog;
import dev.ronde.evidence.Subject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/**
 * Records which check files are in force, so that a loosened check shows in an export. Only the server retires: a command may run
 * without the operator's folder, and what it does not have is not gone.
 */
public final class Publications {
    private final Catalogue catalogue;
    private final EvidenceLog evidence;
    private final InstantSource clock;

    public Publications(Catalogue catalogue, EvidenceLog evidence, InstantSource clock) {
        this.catalogue = catalogue;
        this.evidence = evidence;
        this.clock = clock;
    }

    record Published(
            String checkId,
            String sha256,
            int checkVersion,
            @Nullable Boolean operators,
            boolean settled) {
        /** Whether a command may put this file in its place: one from the operator's folder, or the packaged one of another version. */
        boolean givesWayTo(CatalogueEntry entry) {
            return entry.operators() || Boolean.FALSE.equals(operators);
        }
    }

    /**
     * What recording came to.
     *
     * @param touched ids of the checks whose file is new or another, or gone
     * @param settling whether a command recorded something since the server last brought the assets in line, or a check is for other
     *     assets under the vocabulary of now
     * @param strange ids of checks that the database has and this process does not have, or has in a way that is not the server's
     * @param elsewhere whether this process has other protections, ports, frameworks, facts or sources than the server, so that every check
     *     is strange
     */
    public record Difference(Set<String> touched, boolean settling, Set<String> strange, boolean elsewhere) {}

    interface PublicationDao {
        @SqlQuery("select check_id, sha256, check_version, operators, settled from check_published order by check_id")
        List<Published> list();

        @SqlUpdate("delete from check_published where check_id = :checkId")
        void delete(@Bind("checkId") String checkId);

        @SqlUpdate("""
                insert into check_published (check_id, sha256, check_version, published_at, operators, settled)
                values (:checkId, :sha256, :version, :now, :operators, :settled)
                """)
        void insert(
                @Bind("checkId") String checkId,
                @Bind("sha256") String sha256,
                @Bind("version") int version,
                @Bind("now") Instant now,
                @Bind("operators") boolean operators,
                @Bind("settled") boolean settled);

        @SqlUpdate("update check_published set operators = :operators where check_id = :checkId")
        void setOperators(@Bind("checkId") String checkId, @Bind("operators") boolean operators);

        @SqlUpdate("update check_published set settled = true where not settled")
        void settle();

        @SqlQuery("select sha256 from check_basis")
        Optional<String> basis();

        @SqlUpdate("delete from check_basis")
        void deleteBasis();

        @SqlUpdate("insert into check_basis (id, sha256) values (1, :sha256) on conflict do nothing")
        void insertBasis(@Bind("sha256") String sha256);
    }

    /** Compares the catalogue with what was seen last and records the difference; call in the server, which owns the schedule. */
    Difference record(Handle tx) {
        boolean otherwise = KnownChecks.keep(tx, catalogue.entries());
        PublicationDao dao = tx.attach(PublicationDao.class);
        Map<String, Published> known = known(dao);
        boolean unsettled = known.values().stream().anyMatch(published -> !published.settled());
        Set<String> touched = new LinkedHashSet<>();
        for (CatalogueEntry entry : catalogue.entries()) {
            Published before = known.remove(entry.id());
            if (before == null || !before.sha256().equals(entry.sha256())) {
                touched.add(entry.id());
                publish(tx, dao, entry, true);
            } else if (before.operators() == null || before.operators() != entry.operators()) {
                dao.setOperators(entry.id(), entry.operators());
            }
        }
        known.values().forEach(gone -> {
            touched.add(gone.checkId());
            dao.delete(gone.checkId());
            evidence.append(
                    tx,
                    Evidence.of("check.retired", Actor.SYSTEM, Subject.of("check", gone.checkId(), gone.checkVersion()))
                            .data(
                                    "check",
                                    Map.of("id", gone.checkId(), "rev", gone.checkVersion(), "sha256", gone.sha256())));
        });
        if (unsettled) {
            dao.settle();
        }
        if (!dao.basis().equals(Optional.of(catalogue.basis()))) {
            dao.deleteBasis();
            dao.insertBasis(catalogue.basis());
        }
        return new Difference(touched, unsettled || otherwise, Set.of(), false);
    }

    /**
     * As {@link #record}, for a command: adds what is new, takes what is newer, and leaves alone what it does not have. Where its checks
     * stand on something else than the server's, it leaves all alone.
     */
    Difference add(Handle tx) {
        PublicationDao dao = tx.attach(PublicationDao.class);
        Map<String, Published> known = known(dao);
        Set<String> strange = new TreeSet<>(known.keySet());
        if (dao.basis().filter(servers -> !servers.equals(catalogue.basis())).isPresent()) {
            catalogue.entries().forEach(entry -> strange.add(entry.id()));
            return new Difference(Set.of(), false, strange, true);
        }
        List<CatalogueEntry> others = new ArrayList<>();
        for (CatalogueEntry entry : catalogue.entries()) {
            Published before = known.get(entry.id());
            if (before == null) {
                others.add(entry);
            } else if (before.sha256().equals(entry.sha256())) {
                strange.remove(entry.id());
            } else if (before.givesWayTo(entry)) {
                strange.remove(entry.id());
                others.add(entry);
            }
        }
        if (!strange.isEmpty()) {
            // without the server's folder nobody knows which packaged checks it leaves out
            others.stream()
                    .filter(entry -> !entry.operators())
                    .map(CatalogueEntry::id)
                    .forEach(strange::add);
        }
        Set<String> touched = new LinkedHashSet<>();
        others.stream().filter(entry -> !strange.contains(entry.id())).forEach(entry -> {
            touched.add(entry.id());
            publish(tx, dao, entry, false);
        });
        KnownChecks.keep(
                tx,
                catalogue.entries().stream()
                        .filter(entry -> !strange.contains(entry.id()))
                        .toList());
        return new Difference(touched, false, strange, false);
    }

    /** Returns the checks the database has, whatever this process has. */
    static Set<String> ids(Handle handle) {
        return known(handle.attach(PublicationDao.class)).keySet();
    }

    private void publish(Handle tx, PublicationDao dao, CatalogueEntry entry, boolean settled) {
        dao.delete(entry.id());
        dao.insert(entry.id(), entry.sha256(), entry.version(), clock.instant(), entry.operators(), settled);
        evidence.append(tx, published(entry));
    }

    private static Map<String, Published> known(PublicationDao dao) {
        Map<String, Published> known = new HashMap<>();
        dao.list().forEach(published -> known.put(published.checkId(), published));
        return known;
    }

    private static Evidence published(CatalogueEntry entry) {
        Map<String, Object> after = new LinkedHashMap<>();
        after.put("id", entry.id());
        after.put("version", entry.version());
        after.put("sha256", entry.sha256());
        after.put("title", entry.outline().title());
        if (entry.outline().protection() != null) {
            after.put("protection", entry.outline().protection());
        }
        after.put("severity", entry.outline().severity().code());
        after.put("kinds", entry.outline().kinds());
        after.put("origin", entry.operators() ? "operator" : "packaged");
        if (!entry.problems().isEmpty()) {
            after.put(
                    "problems",
                    entry.problems().stream().map(LoadProblem::toString).toList());
        }
        return Evidence.of("check.published", Actor.SYSTEM, Subject.of("check", entry.id(), entry.version()))
                .data("check", entry.reference())
                .data("after", after)
                .data("text", entry.text())
                .controls(entry.sound()
                        .map(check -> check.about().mappings().stream()
                                .map(mapping -> mapping.key())
                                .toList())
                        .orElse(List.of()));
    }
}
