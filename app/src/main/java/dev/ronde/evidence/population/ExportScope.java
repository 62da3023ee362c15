package dev.ronde.evidence.population;

import dev.ronde.evidence.ledger.Canonical;
import dev.ronde.evidence.ledger.Hash;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an export is asked for: days in UTC, both included, and optionally frameworks and assets.
 *
 * @param frameworks framework names such as {@code iso27001}, or single controls such as {@code iso27001:A.8.9}; empty means all
 * @param assets asset refs; empty means all
 */
public record ExportScope(LocalDate from, LocalDate to, List<String> frameworks, List<String> assets) {
    /** Disclosed in every scope: nothing verifies without them, and no gap is told. */
    private static final Set<String> STRUCTURE = Set.of(
            "ledger.seal",
            "key.added",
            "key.compromised",
            "system.started",
            "system.stopped",
            "clock.moved",
            "clock.observed",
            "retention.purged",
            "erasure.executed");

    private static final Set<String> SAMPLES = Set.of("population.frozen", "sample.drawn");

    /** Disclosed in every scope up to the end of its period: the rules in force, and who had which role. */
    private static final Set<String> RULES = Set.of(
            "plan.created",
            "plan.changed",
            "plan.retired",
            "config.changed",
            "role.granted",
            "role.revoked",
            "person.deactivated",
            "token.created",
            "token.revoked",
            "probing.stopped",
            "probing.resumed");

    private static final Set<String> OTHER_CHANGES = Set.of(
            "check.published",
            "check.retired",
            "waiver.requested",
            "waiver.approved",
            "waiver.denied",
            "waiver.expired",
            "waiver.revoked",
            "maintenance.planned",
            "maintenance.ended",
            "hold.set",
            "hold.released",
            "key.added",
            "key.compromised");

    public ExportScope {
        if (to.isBefore(from)) {
            throw new IllegalArgumentException("the last day " + to + " is before the first day " + from);
        }
        frameworks = List.copyOf(frameworks);
        assets = List.copyOf(assets);
    }

    public Instant start() {
        return from.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    /** The first instant after the period. */
    public Instant end() {
        return to.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    public boolean covers(Instant occurredAt) {
        return !occurredAt.isBefore(start()) && occurredAt.isBefore(end());
    }

    /** Whether a record is of the period: a run and a review by when it was due, anything else by when it happened. */
    public boolean covers(Leaf leaf) {
        return leaf.dueOn()
                .map(day -> !day.isBefore(from) && !day.isAfter(to))
                .orElseGet(() -> covers(leaf.dueAt().orElseGet(leaf::occurredAt)));
    }

    /** Whether the record's text belongs into the bundle; others appear by their hash and are counted. */
    public boolean discloses(Leaf leaf, SealSpan.Place sealed) {
        boolean noticed = isEverything() && leaf.type().equals(Leaf.MISSED);
        boolean ofThePeriod = sealed == SealSpan.Place.WITHIN || covers(leaf.occurredAt()) || covers(leaf) || noticed;
        boolean rule = RULES.contains(leaf.type());
        boolean needed = ofThePeriod || ((rule || isEverything() || isState(leaf.type())) && isBefore(leaf, sealed));
        return STRUCTURE.contains(leaf.type()) || (needed && (rule || matches(leaf))) || isSample(leaf);
    }

    private boolean isBefore(Leaf leaf, SealSpan.Place sealed) {
        return sealed == SealSpan.Place.BEFORE || leaf.occurredAt().isBefore(start());
    }

    /** What was frozen and drawn of this period and scope, or of a part of it, whenever that was done. */
    private boolean isSample(Leaf leaf) {
        return SAMPLES.contains(leaf.type())
                && !LocalDate.parse(leaf.field("from")).isBefore(from)
                && !LocalDate.parse(leaf.field("to")).isAfter(to)
                && (isEverything() || digest().equals(leaf.field("scope")));
    }

    /** The same for the same frameworks and assets, whatever the period. */
    public String digest() {
        return Hash.sha256(Canonical.text(List.of(frameworks, assets))).hex();
    }

    /** Withholds nothing from before the period, because only the exporter knows the type of a withheld record. */
    private boolean isEverything() {
        return frameworks.isEmpty() && assets.isEmpty();
    }

    public static String reason(SealSpan.Place sealed) {
        return sealed == SealSpan.Place.WITHIN ? "outside the scope" : "outside the period";
    }

    /** Whether a record of this type changes the rules. */
    static boolean isChange(String type) {
        return RULES.contains(type) || OTHER_CHANGES.contains(type);
    }

    /** The state at the start of the period follows from these types. */
    private static boolean isState(String type) {
        return type.startsWith("asset.")
                || type.startsWith("finding.")
                || type.startsWith("waiver.")
                || type.startsWith("maintenance.")
                || type.startsWith("check.p")
                || type.equals("check.retired");
    }

    /** Whether it is of the assets and frameworks asked for, whenever it happened. */
    public boolean matches(Leaf leaf) {
        return matchesAssets(leaf) && matchesFrameworks(leaf);
    }

    private boolean matchesAssets(Leaf leaf) {
        String asset = leaf.asset();
        return assets.isEmpty() || (asset == null ? isState(leaf.type()) : assets.contains(asset));
    }

    private boolean matchesFrameworks(Leaf leaf) {
        return frameworks.isEmpty()
                || isState(leaf.type())
                || leaf.controls().stream()
                        .anyMatch(control -> frameworks.stream()
                                .anyMatch(wanted -> control.equals(wanted) || control.startsWith(wanted + ":")));
    }

    public Map<String, Object> json() {
        return Map.of(
                "from",
                from.toString(),
                "to",
                to.toString(),
                "timezone",
                "UTC",
                "frameworks",
                frameworks,
                "assets",
                assets);
    }

    /** Reads {@link #json} back; {@link IllegalArgumentException} or a date error where it is not of that form. */
    public static ExportScope ofJson(@Nullable Object json) {
        if (!(json instanceof Map<?, ?> map)) {
            throw new IllegalArgumentException("the manifest has no scope");
        }
        return new ExportScope(
                LocalDate.parse(String.valueOf(map.get("from"))),
                LocalDate.parse(String.valueOf(map.get("to"))),
                texts(map.get("frameworks")),
                texts(map.get("assets")));
    }

    private static List<String> texts(@Nullable Object list) {
        return list instanceof List<?> items
                ? items.stream().map(String::valueOf).toList()
                : List.of();
    }

    /** For file names and pages: {@code all}, or the frameworks and assets. */
    public String label() {
        return frameworks.isEmpty() && assets.isEmpty()
                ? "all"
                : String.join(
                        "-", Stream.concat(frameworks.stream(), assets.stream()).toList());
    }
}
