package dev.ronde.evidence.state;

import dev.ronde.evidence.Values;
import dev.ronde.evidence.population.Leaf;
import dev.ronde.platform.db.Database;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Compares every row of every table with what its records say, a page at a time. */
public record StateAudit(Database database, List<StateSource> sources) {
    private static final Logger log = LoggerFactory.getLogger(StateAudit.class);
    private static final String SOURCE = "source";
    private static final int PAGE = 250;
    private static final int SHOWN = 1_000;

    /** Reads everything as of one moment. */
    public StateReport run() {
        return database.readSnapshot(handle -> {
            Pass pass = new Pass(handle);
            sources.forEach(pass::compare);
            return new StateReport(pass.rows, pass.differences, pass.more);
        });
    }

    private static final class Pass {
        private final Handle handle;
        private final RecordReader reader;
        private final List<String> differences = new ArrayList<>();
        private long more;
        private long rows;

        Pass(Handle handle) {
            this.handle = handle;
            this.reader = new RecordReader(handle);
        }

        /** What cannot be read counts as a difference and does not stop the comparison. */
        void compare(StateSource source) {
            handle.savepoint(SOURCE);
            try {
                pages(source);
                handle.releaseSavepoint(SOURCE);
            } catch (RuntimeException e) {
                handle.rollbackToSavepoint(SOURCE);
                unreadable(source.table() + ": the rest of the table", e);
            }
        }

        private void pages(StateSource source) {
            List<StateRow> page = source.rows().list(handle, source.beginning(), PAGE);
            while (!page.isEmpty()) {
                compare(source, page);
                rows += page.size();
                page = source.rows().list(handle, page.get(page.size() - 1).place(), PAGE);
            }
            source.lost()
                    .list(handle, SHOWN)
                    .forEach(subject -> add(
                            source.table() + " " + subject + ": the row is missing; a record says that it was made"));
        }

        /** If one of the records cannot be read, the records of each row are read separately. */
        private void compare(StateSource source, List<StateRow> page) {
            Map<String, List<Leaf>> records;
            try {
                records = source.records()
                        .find(reader, page.stream().map(StateRow::subject).toList());
            } catch (JdbiException e) {
                throw e;
            } catch (RuntimeException e) {
                if (page.size() == 1) {
                    unreadable(source.table() + " " + page.get(0).name() + ": a record of it", e);
                } else {
                    page.forEach(row -> compare(source, List.of(row)));
                }
                return;
            }
            for (StateRow row : page) {
                try {
                    compare(source, row, records.getOrDefault(row.subject(), List.of()));
                } catch (RuntimeException e) {
                    unreadable(source.table() + " " + row.name() + ": what its records say", e);
                }
            }
        }

        private void unreadable(String what, RuntimeException e) {
            log.warn("{} cannot be read", what, e);
            add(what + " cannot be read: " + e.getMessage());
        }

        private void compare(StateSource source, StateRow row, List<Leaf> records) {
            if (records.contains(RecordReader.PURGED)) {
                return;
            }
            if (records.isEmpty()) {
                add(source.table() + " " + row.name() + ": no record says that it was made");
                return;
            }
            Map<String, @Nullable Object> expected = source.expected().of(records);
            List<String> differing = new ArrayList<>();
            row.fields().forEach((field, value) -> {
                Object said = expected.get(field);
                if (said == StateSource.UNSAID) {
                    return;
                }
                if (said instanceof Collection<?> items) {
                    differences(field, value, items, differing);
                } else if (!text(value).equals(text(said))) {
                    differing.add(field + " is " + shown(value) + ", the records say " + shown(said));
                }
            });
            if (!differing.isEmpty()) {
                add(source.table() + " " + row.name() + ": " + String.join("; ", differing));
            }
        }

        private static void differences(
                String field, @Nullable Object value, Collection<?> said, List<String> differing) {
            Set<String> here = items(value);
            Set<String> there = items(said);
            Set<String> missing = new TreeSet<>(there);
            missing.removeAll(here);
            here.removeAll(there);
            missing.forEach(item -> differing.add(field + " lacks " + shown(item) + ", which the records have"));
            here.forEach(item -> differing.add(field + " has " + shown(item) + ", which no record says"));
        }

        /** The items of a list, or of a text that the database joined. */
        private static Set<String> items(@Nullable Object value) {
            Collection<?> all = value instanceof Collection<?> list
                    ? list
                    : value == null ? List.of() : List.of(value.toString().split(", ", -1));
            return all.stream().map(Pass::text).collect(Collectors.toCollection(TreeSet::new));
        }

        private void add(String difference) {
            if (differences.size() < SHOWN) {
                differences.add(difference);
            } else {
                more++;
            }
        }

        private static String shown(@Nullable Object value) {
            return value == null ? "not set" : "\"" + text(value) + "\"";
        }

        private static String text(@Nullable Object value) {
            Object canonical = Values.of(value);
            return canonical == null ? "" : canonical.toString();
        }
    }
}
