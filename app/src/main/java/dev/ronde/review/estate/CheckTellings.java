package dev.ronde.review.estate;

import dev.ronde.check.CheckRun;
import dev.ronde.check.CheckRuns;
import dev.ronde.check.WaiverLookup;
import dev.ronde.check.message.CheckMessages;
import dev.ronde.finding.Finding;
import dev.ronde.finding.FindingTexts;
import dev.ronde.finding.Findings;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The titles of the catalogue, what the run of each check said, and the findings of their room. */
public final class CheckTellings implements CheckWords {

    private final CheckTitles titles;
    private final ProtectionStates protections;
    private final CheckRuns runs;
    private final CheckMessages messages;
    private final Said findings;
    private final InstantSource clock;

    public record Said(Findings findings, FindingTexts texts, WaiverLookup waivers) {}

    public record Runs(CheckRuns runs, CheckMessages messages) {}

    public CheckTellings(
            CheckTitles titles, ProtectionStates protections, Runs runs, Said findings, InstantSource clock) {
        this.titles = titles;
        this.protections = protections;
        this.runs = runs.runs();
        this.messages = runs.messages();
        this.findings = findings;
        this.clock = clock;
    }

    @Override
    public String of(String check, Locale language) {
        return titles.of(check, language);
    }

    @Override
    public List<Told> told(Handle handle, List<CheckState> checks, Locale language) {
        Map<UUID, CheckRun> known = runs
                .all(
                        handle,
                        checks.stream()
                                .map(CheckState::run)
                                .filter(Objects::nonNull)
                                .map(UUID::fromString)
                                .toList())
                .stream()
                .collect(Collectors.toMap(CheckRun::id, Function.identity()));
        Map<UUID, JsonNode> details = runs.details(handle, known.values());
        return checks.stream()
                .map(check -> {
                    String id = check.run();
                    CheckRun run = id == null ? null : known.get(UUID.fromString(id));
                    return told(check, run, run == null ? null : details.get(run.id()), language);
                })
                .toList();
    }

    private Told told(CheckState check, @Nullable CheckRun run, @Nullable JsonNode details, Locale language) {
        Told bare = new Told(check, of(check.check(), language), "", "", "", run == null ? null : run.finishedAt());
        if (bare.failing()) {
            return new Told(check, bare.title(), found(check.check(), details, language), "", "", bare.at());
        }
        if (!bare.unknown()) {
            return bare;
        }
        if (check.stale()) {
            return why(bare, "stale", "");
        }
        if (run == null) {
            return why(bare, "never", "");
        }
        Optional<CheckMessages.Why> why = details == null
                ? messages.reason(run.reason(), language)
                : messages.why(check.check(), run.reason(), details, language);
        return why.map(said -> why(bare, "told", said.told()))
                .orElseGet(() -> why(bare, "reason", Objects.requireNonNullElse(run.reason(), check.outcome())));
    }

    private static Told why(Told bare, String why, String detail) {
        return new Told(bare.state(), bare.title(), bare.found(), why, detail, bare.at());
    }

    private String found(String check, @Nullable JsonNode details, Locale language) {
        return details == null
                ? ""
                : messages.messages(check, details, language).stream()
                        .filter(CheckMessages.Message::failed)
                        .map(CheckMessages.Message::told)
                        .collect(Collectors.joining(" "));
    }

    @Override
    public List<Protected> byProtection(Handle handle, UUID assetId, List<Told> told, Locale language) {
        Set<String> placed = new HashSet<>();
        List<Protected> all = new ArrayList<>();
        for (ProtectionStates.Known known : protections.of(handle, assetId, clock.instant(), language)) {
            placed.addAll(known.checks());
            all.add(new Protected(
                    known.title(),
                    known.state(),
                    told.stream()
                            .filter(one -> known.checks().contains(one.state().check()))
                            .toList()));
        }
        List<Told> others = told.stream()
                .filter(one -> !placed.contains(one.state().check()))
                .toList();
        if (!all.isEmpty() && !others.isEmpty()) {
            all.add(new Protected("", "", others));
        }
        return all;
    }

    @Override
    public List<Open> open(Handle handle, UUID assetId, Locale language) {
        List<Finding> open = findings.findings().open(handle, assetId);
        if (open.isEmpty()) {
            return List.of();
        }
        Map<UUID, String> said = findings.texts().summaries(handle, open, language);
        Map<String, String> waived = findings.waivers()
                .waived(handle, Set.of(assetId), clock.instant())
                .getOrDefault(assetId, Map.of());
        return open.stream()
                .map(finding -> new Open(
                        finding.id(),
                        finding.checkId(),
                        of(finding.checkId(), language),
                        said.getOrDefault(finding.id(), finding.summary()),
                        finding.severity().code(),
                        finding.firstBadAt(),
                        waived.containsKey(finding.checkId())))
                .toList();
    }
}
