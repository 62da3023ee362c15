package dev.ronde.evidence.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Rows that say the same are one, with the first and the last of what tells them apart. */
final class Folds {
    private static final int TOLD_APART = 20_000;

    private final Map<List<String>, Fold> all = new LinkedHashMap<>();

    private static final class Fold {
        private final Map<String, Object> row;
        private String first;
        private String last;
        private long count;

        Fold(Map<String, Object> row, String at) {
            this.row = row;
            this.first = at;
            this.last = at;
        }

        void add(String at) {
            count++;
            first = at.compareTo(first) < 0 ? at : first;
            last = at.compareTo(last) > 0 ? at : last;
        }

        Map<String, Object> told() {
            Map<String, Object> told = new HashMap<>(row);
            told.put("first", first);
            told.put("last", last);
            told.put("count", count);
            return told;
        }
    }

    /** @param apart columns that do not tell rows apart: the first row's stand for all */
    void add(String at, Map<String, Object> row, String... apart) {
        List<String> same = new ArrayList<>();
        row.forEach((column, value) -> {
            if (!List.of(apart).contains(column)) {
                same.add(String.valueOf(value));
            }
        });
        Fold fold = all.get(same);
        if (fold == null && all.size() < TOLD_APART) {
            fold = new Fold(row, at);
            all.put(same, fold);
        }
        if (fold != null) {
            fold.add(at);
        }
    }

    Stream<Map<String, Object>> rows(Comparator<Map<String, Object>> worst) {
        return all.values().stream().map(Fold::told).sorted(worst);
    }

    long count() {
        return all.size();
    }
}
