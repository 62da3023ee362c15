package dev.ronde.check.schedule;

import dev.ronde.catalogue.Catalogue;
import dev.ronde.catalogue.CatalogueEntry;
import dev.ronde.catalogue.CheckDefinition;
import dev.ronde.catalogue.LoadProblem;
import dev.ronde.catalogue.Severity;
import dev.ronde.check.schedule.Publications.KnownChecks.KnownDao.Known;
import dev.ronde.evidence.Actor;
import dev.ronde.evidence.Evidence;
import dev.ronde.evidence.EvidenceLog;
import dev.ronde.evidence.Subject;
import dev.ronde.platform.db.Database;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlBatch;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/** Records which check files are in force, so that a loosened check shows in an export. */
public record Publications(Catalogue catalogue, EvidenceLog evidence, InstantSource clock) {
    record Published(String checkId, String sha256, int checkVersion) {}

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

    /**
     * Remembers what each check said of itself when its file was last sound. A file can break so that it tells nothing; its check must still
     * be missed where it was, and not anywhere else.
     */
    public static final class KnownChecks {
        private static final String BREAK = "\n";

        private KnownChecks() {}

        interface KnownDao {
            record Known(
                    String checkId,
                    String title,
                    String protections,
                    String severity,
                    String kinds,
                    @Nullable String product,
                    String controls) {
                static Known of(CatalogueEntry entry) {
                    CheckDefinition.Outline outline = entry.outline();
                    return new Known(
                            entry.id(),
                            outline.title(),
                            String.join(BREAK, outline.protections()),
                            outline.severity().code(),
                            String.join(BREAK, outline.kinds()),
                            outline.product(),
                            String.join(BREAK, outline.controls()));
                }

                CheckDefinition.Outline outline(CheckDefinition.Schedule schedule) {
                    return new CheckDefinition.Outline(
                            title,
                            words(protections),
                            Severity.find(severity).orElse(Severity.MEDIUM),
                            words(kinds),
                            product,
                            schedule,
                            words(controls));
                }

                private static List<String> words(String list) {
                    return list.isEmpty() ? List.of() : List.of(list.split(BREAK, -1));
                }
            }

            @SqlQuery(
                    "select check_id, title, protections, severity, kinds, product, controls from check_known order by check_id")
            List<Known> list();

            @SqlBatch("delete from check_known where check_id = :checkId")
            void delete(@BindMethods List<Known> known);

            @SqlBatch("""
                    insert into check_known (check_id, title, protections, severity, kinds, product, controls)
                    values (:checkId, :title, :protections, :severity, :kinds, :product, :controls)
                    """)
            void insert(@BindMethods List<Known> known);
        }

        /** Returns the catalogue with what this database knows of its broken checks; the database is at its newest version. */
        public static Catalogue recalled(Database database, Catalogue catalogue) {
            if (catalogue.entries().stream().allMatch(entry -> entry.sound().isPresent())) {
                return catalogue;
            }
            Map<String, Known> known = database.read(KnownChecks::byId);
            return catalogue.recalling(entry -> {
                Known before = known.get(entry.id());
                return before == null ? null : before.outline(entry.outline().schedule());
            });
        }

        /** True if a check now says something else of itself, for example under another vocabulary. */
        static boolean keep(Handle tx, List<CatalogueEntry> entries) {
            Map<String, Known> before = byId(tx);
            List<Known> fresh = new ArrayList<>();
            entries.stream()
                    .filter(entry -> entry.sound().isPresent())
                    .map(Known::of)
                    .filter(known -> !known.equals(before.get(known.checkId())))
                    .forEach(fresh::add);
            if (!fresh.isEmpty()) {
                KnownDao dao = tx.attach(KnownDao.class);
                dao.delete(fresh);
                dao.insert(fresh);
            }
            return !fresh.isEmpty();
        }

        private static Map<String, Known> byId(Handle handle) {
            Map<String, Known> byId = new HashMap<>();
            handle.attach(KnownDao.class).list().forEach(known -> byId.put(known.checkId(), known));
            return byId;
        }
    }
}
