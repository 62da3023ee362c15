package dev.ronde.coverage;

import de.siegmar.fastcsv.writer.CsvWriter;
import dev.ronde.asset.inventory.AssetFilter;
import dev.ronde.check.protection.Coverage;
import dev.ronde.evidence.population.Csv;
import dev.ronde.platform.http.Cursor;
import dev.ronde.platform.http.PageOf;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The same figures as files. Cells that would run as a formula start with an apostrophe. */
final class CoverageCsv {
    enum By {
        /** One asset. */
        ASSET,
        /** One unit. */
        UNIT,
        /** One kind of asset. */
        KIND,
        /** One framework; its counts are of controls. */
        FRAMEWORK
    }

    private static final int PAGE = 500;
    private static final List<String> COUNTS =
            List.of("available", "enabled", "partly", "off", "not_verifiable", "accepted_risk", "no_check_yet");

    private final Coverages coverages;
    private final char separator;

    CoverageCsv(Coverages coverages, char separator) {
        this.coverages = coverages;
        this.separator = separator;
    }

    /** The filter narrows assets only. */
    void counts(By by, AssetFilter filter, @Nullable UUID person, Writer out) {
        write(out, rows -> {
            switch (by) {
                case ASSET -> assets(filter, rows);
                case UNIT -> {
                    rows.accept(headed("unit", "assets"));
                    coverages
                            .estate(person)
                            .byUnit()
                            .forEach(unit ->
                                    rows.accept(row(unit.counts(), text(unit.unit()), String.valueOf(unit.assets()))));
                }
                case KIND -> {
                    rows.accept(headed("kind"));
                    coverages.estate(person).byKind().forEach((kind, counts) -> rows.accept(row(counts, kind)));
                }
                case FRAMEWORK -> {
                    rows.accept(headed("framework", "name", "version"));
                    coverages
                            .frameworks(person)
                            .values()
                            .forEach(framework -> rows.accept(
                                    row(framework.counts(), framework.id(), framework.name(), framework.version())));
                }
            }
        });
    }

    private void assets(AssetFilter filter, Consumer<List<String>> rows) {
        rows.accept(headed("asset_ref", "asset_name", "kind", "unit"));
        String after = null;
        do {
            PageOf<AssetCoverage> page = coverages.assets(filter, after, PAGE);
            page.items()
                    .forEach(line -> rows.accept(
                            row(line.counts(), line.asset(), line.assetName(), line.kind(), text(line.unit()))));
            String next = page.nextCursor();
            after = next == null ? null : Cursor.decode(next, 1).get(0);
        } while (after != null);
    }

    /** Writes one row for each check and plan of each control, and one for a control that has none. */
    void controls(FrameworkCoverage framework, Writer out) {
        write(out, rows -> {
            rows.accept(List.of(
                    "framework",
                    "control",
                    "title",
                    "state",
                    "source",
                    "source_id",
                    "assets",
                    "pass",
                    "fail",
                    "accepted_risk",
                    "error",
                    "unknown",
                    "stale",
                    "not_credited",
                    "not_applicable"));
            for (ControlCoverage control : framework.controls()) {
                List<String> head = List.of(framework.id(), control.control(), control.title(), control.stateWord());
                control.checks().forEach(check -> rows.accept(joined(head, "check", check.check(), check.counts())));
                control.plans()
                        .forEach(plan -> rows.accept(joined(
                                head,
                                "plan",
                                plan.plan(),
                                new Tally(plan.inDate(), plan.late(), 0, 0, plan.notYet(), 0, 0, 0))));
                if (control.checks().isEmpty() && control.plans().isEmpty()) {
                    rows.accept(joined(head, "", "", Tally.NONE));
                }
            }
        });
    }

    private static List<String> joined(List<String> head, String source, String id, Tally tally) {
        List<String> cells = new ArrayList<>(head);
        cells.addAll(List.of(source, id));
        for (long count : new long[] {
            tally.assets(),
            tally.pass(),
            tally.fail(),
            tally.acceptedRisk(),
            tally.error(),
            tally.unknown(),
            tally.stale(),
            tally.notCredited(),
            tally.notApplicable()
        }) {
            cells.add(String.valueOf(count));
        }
        return cells;
    }

    void gaps(GapFilter filter, Writer out) {
        write(out, rows -> {
            rows.accept(List.of(
                    "gap", "asset_ref", "asset_name", "kind", "unit", "owner_email", "check", "reason", "since"));
            coverages.eachGap(
                    filter,
                    gap -> rows.accept(List.of(
                            gap.gap().word(),
                            gap.asset(),
                            gap.assetName(),
                            gap.kind(),
                            text(gap.unit()),
                            text(gap.owner()),
                            text(gap.check()),
                            text(gap.reason()),
                            text(gap.since()))));
        });
    }

    private void write(Writer out, Consumer<Consumer<List<String>>> rows) {
        try (CsvWriter csv = CsvWriter.builder().fieldSeparator(separator).build(out)) {
            rows.accept(
                    cells -> csv.writeRecord(cells.stream().map(Csv::harmless).toList()));
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    private static List<String> headed(String... names) {
        List<String> header = new ArrayList<>(List.of(names));
        header.addAll(COUNTS);
        return header;
    }

    private static List<String> row(Coverage.Counts counts, String... head) {
        List<String> cells = new ArrayList<>(List.of(head));
        for (long count : new long[] {
            counts.available(),
            counts.enabled(),
            counts.partly(),
            counts.off(),
            counts.notVerifiable(),
            counts.acceptedRisk(),
            counts.noCheckYet()
        }) {
            cells.add(String.valueOf(count));
        }
        return cells;
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }
}
