package dev.ronde.evidence.population;

import dev.ronde.platform.table.Table;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The columns of the reviews table of {@code contract.md}, in its order. The download of today's reviews and the bundle's
 * table of a period are both written with them, so that one row means the same in either.
 */
public enum ReviewColumn {
    /** {@code REV-<number>}. */
    REF,
    ASSET_REF,
    /** The asset's name when the row's last record was written. */
    ASSET_NAME,
    PLAN,
    PLAN_VERSION,
    /** The outside requirements of the plan, separated by {@code |}. */
    CONTROLS,
    CAUSE,
    SCHEDULED_ON,
    DUE_ON,
    OPENED_AT,
    /** When a mail server first accepted a mail about it. */
    FIRST_NOTIFIED_AT,
    PERFORMED_AT,
    RECORDED_AT,
    /** The person's name while it may be said, else the reference. */
    PERFORMED_BY,
    CHANNEL,
    ASSURANCE,
    /** What was stated; where nothing was, or too late to undo that it was missed, the state. */
    OUTCOME,
    DAYS_LATE,
    GAP_DAYS,
    MAX_GAP_DAYS,
    GAP_OK,
    MISSED_CAUSE,
    RECOVERY,
    CONFIG_DIGEST,
    BASELINE_DIGEST,
    /** How many settings had changed since the last attestation, as shown to the reviewer. */
    CHANGES,
    /** Who approved it as a second person; empty where a plan does not ask for one. */
    APPROVER,
    APPROVED_AT,
    /** The reason and the last day of the waiver under which it was attested. */
    WAIVER,
    EVIDENCE_COUNT;

    /** A column without a value is empty. */
    public static final Table<Map<ReviewColumn, String>> TABLE = table();

    public String header() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static Table<Map<ReviewColumn, String>> table() {
        Table<Map<ReviewColumn, String>> table = Table.empty();
        for (ReviewColumn column : values()) {
            table = table.with(column.header(), cells -> cells.getOrDefault(column, ""));
        }
        return table;
    }

    public static String outcome(@Nullable String stated, String state) {
        return stated == null || stated.isEmpty() || state.equals("missed") ? state : stated;
    }

    public static String waiver(@Nullable String reason, @Nullable Object until) {
        if (until == null || until.toString().isEmpty()) {
            return reason == null ? "" : reason;
        }
        return (reason == null || reason.isEmpty() ? "" : reason + " ") + "(" + until + ")";
    }
}
