package dev.ronde.platform.db;

import java.util.List;
import java.util.Map;

/**
 * What may go for good from a table that otherwise keeps everything.
 *
 * @param columns whose value may become null or {@link #ERASED}; empty where whole rows go, which the foreign keys decide
 * @param column narrows it to rows with one of {@code values}; empty for all rows
 */
record Exemption(List<String> columns, String column, List<String> values) {
    /** What stands where a text was that must not be null. */
    static final String ERASED = "[erased]";

    static final Map<String, Exemption> ALL = Map.of(
            "evidence_record", new Exemption(List.of("payload"), "rec_type", List.of("check.result", "run.missed")),
            "evidence_blob", new Exemption(List.of(), "", List.of()),
            "review_event", new Exemption(List.of("actor_name", "detail"), "", List.of()),
            "review_file", new Exemption(List.of("file_name", "added_by_name"), "", List.of()));
}
