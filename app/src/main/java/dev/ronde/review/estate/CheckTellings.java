package dev.ronde.review.estate;

import dev.ronde.asset.inventory.Assets;
import dev.ronde.catalogue.Catalogue;
import dev.ronde.check.CheckRun;
import dev.ronde.check.CheckRuns;
import dev.ronde.check.WaiverLookup;
import dev.ronde.check.message.CheckMessages;
import dev.ronde.check.protection.Coverage;
import dev.ronde.check.protection.CoverageReader;
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
public record CheckTellings(
        Catalogue catalogue,
        CoverageReader coverage,
        Assets assets,
        CheckMessages messages,
        Said findings,
        InstantSource clock)
        implements CheckWords {

    public record Said(Findings findings, FindingTexts texts, WaiverLookup waivers) {}

    @Override
    public String of(String check, Locale language) {
        return catalogue.title(check, language);
    }

    @Override
    public List<Told> told(Handle handle, List<CheckState> checks, Locale language) {
        Map<UUID, CheckRun> known = new CheckRuns()
                        .all(
                                handle,
                                checks.stream()
                                        .map(CheckState::run)
                                        .filter(Objects::nonNull)
                                        .map(UUID::fromString)
                                        .toList())
                        .stream()
                        .collect(Collectors.toMap(CheckRun::id, Function.identity()));
        Map<UUID, JsonNode> details = new CheckRuns().details(handle, known.values());
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
        for (Coverage.Protection protection : coverage.of(handle, assets.byId(handle, assetId), clock.instant())
                .protections()) {
            if (protection.state() == Coverage.State.NOT_APPLICABLE) {
                continue;
            }
            Set<String> checks =
                    protection.checks().stream().map(Coverage.CheckOf::check).collect(Collectors.toSet());
            placed.addAll(checks);
            all.add(new Protected(
                    catalogue.protections().title(protection.key(), language),
                    protection.state().name().toLowerCase(Locale.ROOT),
                    told.stream()
                            .filter(one -> checks.contains(one.state().check()))
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
