package dev.ronde.check.schedule;

import dev.ronde.catalogue.Catalogue;
import dev.ronde.catalogue.CatalogueEntry;
import dev.ronde.catalogue.CheckDefinition;
import dev.ronde.catalogue.Severity;
import dev.ronde.check.schedule.KnownChecks.KnownDao.Known;
import dev.ronde.platform.db.Database;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlBatch;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what each check said of itself when its file was last sound. A file can break so that it tells nothing; its check must still
 * be missed where it was, and not anywhere else.
 */
public final class KnownChecks {
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
