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
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Records which check files are in force, so that a loosened check shows in an export. */
public final class Publications {
    private final Catalogue catalogue;
    private final EvidenceLog evidence;
    private final InstantSource clock;

    public Publications(Catalogue catalogue, EvidenceLog evidence, InstantSource clock) {
        this.catalogue = catalogue;
        this.evidence = evidence;
        this.clock = clock;
    }

    record Published(String checkId, String sha256, int checkVersion) {}

    /**
     * What recording came to.
     *
     * @param touched ids of the checks whose file is new or another, or gone
     * @param otherwise whether a check says something else of itself, as under another vocabulary
     */
    record Difference(Set<String> touched, boolean otherwise) {}

    interface PublicationDao {
        @SqlQuery("select check_id, sha256, check_version from check_published order by check_id")
        List<Published> list();

        @SqlUpdate("delete from check_published where check_id = :checkId")
        void delete(@Bind("checkId") String checkId);

        @SqlUpdate("""
                insert into check_published (check_id, sha256, check_version, published_at)
                values (:checkId, :sha256, :version, :now)
                """)
        void insert(
                @Bind("checkId") String checkId,
                @Bind("sha256") String sha256,
                @Bind("version") int version,
                @Bind("now") Instant now);
    }

    /** Records what changed since last time; the catalogue of this process is in force from then on. */
    Difference record(Handle tx) {
        boolean otherwise = KnownChecks.keep(tx, catalogue.entries());
        PublicationDao dao = tx.attach(PublicationDao.class);
        Map<String, Published> known = known(dao);
        Set<String> touched = new LinkedHashSet<>();
        for (CatalogueEntry entry : catalogue.entries()) {
            Published before = known.remove(entry.id());
            if (before == null || !before.sha256().equals(entry.sha256())) {
                touched.add(entry.id());
                publish(tx, dao, entry);
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
        return new Difference(touched, otherwise);
    }

    private void publish(Handle tx, PublicationDao dao, CatalogueEntry entry) {
        dao.delete(entry.id());
        dao.insert(entry.id(), entry.sha256(), entry.version(), clock.instant());
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
