package dev.ronde.evidence.population;

import dev.ronde.platform.table.Table;
import java.io.IOException;
import java.io.Writer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Every interval that reaches into the period and in which nothing was sealed, or nothing was checked, with its cause. */
final class GapTable implements PopulationTable {
    /** Twice the time after which there is a seal even if nothing happens. */
    private static final Duration SEALS = Duration.ofHours(2);

    private static final String NO_AGENT = "no-vantage";
    private static final Set<String> BLIND = Set.of(NO_AGENT, "probing-stopped", "maintenance-window");

    private final ExportScope scope;
    private final Csv<Gap> csv;
    private final List<Gap> gaps = new ArrayList<>();
    private final Map<String, Gap> pauses = new HashMap<>();
    /** Runs since the last seal that looked at nothing, by when they were due. */
    private final List<Instant> blind = new ArrayList<>();

    private final TreeMap<Instant, Long> deferred = new TreeMap<>();
    private final TreeSet<Instant> checked = new TreeSet<>();
    private final Set<String> withoutAgent = new HashSet<>();
    private @Nullable Gap silence;
    private @Nullable Instant sealedAt;
    private boolean moved;
    private boolean started;
    private boolean stopped;
    private boolean orderly;

    private static final class Gap {
        private final String cause;
        private final Instant from;
        private final String detail;
        private final Object index;
        private @Nullable Instant to;
        private long runs;

        Gap(String cause, Instant from, @Nullable Instant to, String detail, Object index) {
            this.cause = cause;
            this.from = from;
            this.to = to;
            this.detail = detail;
            this.index = index;
        }

        boolean holds(Instant at) {
            return !at.isBefore(from) && (to == null || at.isBefore(to));
        }
    }

    GapTable(ExportScope scope, Writer out) throws IOException {
        this.scope = scope;
        this.csv = new Csv<>(
                out,
                Table.<Gap>empty()
                        .with("cause", gap -> gap.cause)
                        .with("from", gap -> gap.from)
                        .with("to", gap -> gap.to)
                        .with(
                                "seconds",
                                gap -> gap.to == null
                                        ? ""
                                        : Duration.between(gap.from, gap.to).toSeconds())
                        .with("runs", gap -> gap.runs)
                        .with("detail", gap -> gap.detail)
                        .with("index", gap -> gap.index));
    }

    @Override
    public void add(Leaf leaf) {
        switch (leaf.type()) {
            case Leaf.SEAL -> seal(leaf);
            case "clock.moved" -> moved = true;
            case "clock.observed" -> jump(leaf);
            case "system.stopped" -> stopped = true;
            case "system.started" -> {
                started = true;
                orderly = stopped;
                stopped = false;
            }
            case "probing.stopped" -> pause("probing_stopped", leaf, leaf.occurredAt(), null);
            case "maintenance.planned" ->
                pause("maintenance", leaf, Instant.parse(leaf.field("from")), Instant.parse(leaf.field("until")));
            case "probing.resumed", "maintenance.ended" -> {
                Gap pause = pauses.remove(leaf.subjectId());
                if (pause != null) {
                    pause.to = leaf.occurredAt().isBefore(pause.from) ? pause.from : leaf.occurredAt();
                }
            }
            case Leaf.MISSED, "check.result" -> {
                if (scope.covers(leaf)) {
                    ran(leaf);
                }
            }
            default -> {
                // tells of no gap
            }
        }
    }

    /** Between the time that it was and the time that the clock showed. */
    private void jump(Leaf leaf) {
        if (leaf.data().get("jumpMs") instanceof Number jump) {
            Instant shown = leaf.occurredAt();
            Instant was = shown.minusMillis(jump.longValue());
            boolean ahead = was.isBefore(shown);
            gaps.add(new Gap("clock_moved", ahead ? was : shown, ahead ? shown : was, "", leaf.index()));
            moved = true;
        }
    }

    private void pause(String cause, Leaf leaf, Instant from, @Nullable Instant until) {
        String asset = leaf.asset();
        String reason = leaf.privateText("reason");
        Gap pause = new Gap(cause, from, until, asset == null ? reason : asset + ": " + reason, leaf.index());
        gaps.add(pause);
        pauses.put(leaf.subjectId(), pause);
    }

    private void ran(Leaf leaf) {
        boolean missed = leaf.type().equals(Leaf.MISSED);
        if (missed || BLIND.contains(leaf.field("reason"))) {
            blind.add(leaf.dueAt().orElseGet(leaf::occurredAt));
        } else {
            checked.add(leaf.occurredAt().truncatedTo(ChronoUnit.HOURS));
        }
        if (missed) {
            return;
        }
        String pair = leaf.asset() + "\n" + leaf.check();
        if (leaf.field("reason").equals(NO_AGENT)) {
            if (silence == null) {
                silence = new Gap("agent_silent", blind.get(blind.size() - 1), null, "", leaf.index());
                gaps.add(silence);
            }
            withoutAgent.add(pair);
        } else if (withoutAgent.remove(pair) && withoutAgent.isEmpty() && silence != null) {
            silence.to = leaf.occurredAt();
            silence = null;
        }
    }

    private void seal(Leaf leaf) {
        Instant at = leaf.recordedAt();
        if (sealedAt != null && sealedAt.plus(SEALS).isBefore(at)) {
            String why = started ? (orderly ? "server_stopped" : "server_down") : "sealing_stopped";
            gaps.add(new Gap(moved ? "clock_moved" : why, sealedAt, at, "", leaf.index()));
        }
        sealedAt = at;
        moved = false;
        started = false;
        gaps.removeIf(gap -> gap.to != null && !gap.to.isAfter(scope.start()));
        for (Instant due : blind) {
            gaps.stream()
                    .filter(gap -> gap.holds(due))
                    .findFirst()
                    .ifPresentOrElse(
                            gap -> gap.runs++, () -> deferred.merge(due.truncatedTo(ChronoUnit.HOURS), 1L, Long::sum));
        }
        blind.clear();
    }

    @Override
    public void finish() throws IOException {
        Gap last = null;
        for (Map.Entry<Instant, Long> hour : deferred.entrySet()) {
            Instant end = hour.getKey().plus(1, ChronoUnit.HOURS);
            if (checked.contains(hour.getKey())) {
                last = null;
                continue;
            }
            if (last == null || !checked.subSet(last.from, end).isEmpty()) {
                last = new Gap("deferred", hour.getKey(), end, "", "");
                gaps.add(last);
            }
            last.to = end;
            last.runs += hour.getValue();
        }
        gaps.removeIf(gap -> !gap.from.isBefore(scope.end()) || (gap.to != null && !gap.to.isAfter(scope.start())));
        gaps.sort(Comparator.comparing((Gap gap) -> gap.from).thenComparing(gap -> gap.cause));
        for (Gap gap : gaps) {
            csv.row(gap);
        }
    }
}
