package dev.ronde.check.protection;

import dev.ronde.asset.inventory.Asset;
import dev.ronde.asset.inventory.AssetStates;
import dev.ronde.asset.page.AssetColumn;
import dev.ronde.asset.page.AssetPanel;
import dev.ronde.catalogue.Catalogue;
import dev.ronde.check.message.CheckMessages;
import dev.ronde.check.schedule.CheckSchedule;
import dev.ronde.platform.http.Principal;
import dev.ronde.platform.http.Reader;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** The protections of an asset on its page: what it could have, what is on, and how that is known. */
public record ProtectionsPanel(
        Catalogue catalogue, CoverageReader coverage, CheckSchedule schedule, CheckMessages messages)
        implements AssetPanel {
    public record Row(String title, String state, List<Coverage.CheckOf> checks) {}

    @Override
    public String template() {
        return "web/check/protections.peb";
    }

    @Override
    public Map<String, Object> model(Handle handle, Asset asset, Principal principal, Reader reader, Instant now) {
        Coverage found = coverage.of(handle, asset, now).next(schedule.dueOf(handle, asset.id()));
        Map<String, Object> model = new HashMap<>();
        model.put("protectionCounts", found.counts());
        model.put(
                "protectionRows",
                found.protections().stream()
                        .map(protection -> new Row(
                                catalogue.protections().title(protection.key(), reader.locale()),
                                protection.state().name().toLowerCase(Locale.ROOT),
                                protection.checks().stream()
                                        .map(check -> check.titled(catalogue.title(check.check(), reader.locale())))
                                        .toList()))
                        .toList());
        model.put("reasons", messages.reasons(checks(found).map(Coverage.CheckOf::reason), reader.locale()));
        model.put("protectionWhy", messages.of(handle, unsure(found), reader.locale()));
        model.put("now", now);
        model.put("mayRunChecks", asset.active() && (principal.lead() || principal.ownOnly()));
        return model;
    }

    private static Stream<Coverage.CheckOf> checks(Coverage found) {
        return found.protections().stream().flatMap(protection -> protection.checks().stream());
    }

    private static List<UUID> unsure(Coverage found) {
        return checks(found)
                .filter(check -> check.reason() != null)
                .map(Coverage.CheckOf::run)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }

    /** How many protections of each asset in a list are on. */
    public static final class Column implements AssetColumn {
        private final CoverageReader coverage;

        public Column(CoverageReader coverage) {
            this.coverage = coverage;
        }

        public static void describe(AssetStates states) {
            states.add("no_check", "not exists (select 1 from check_state s where s.asset_id = asset.id)");
        }

        @Override
        public String name() {
            return "protections";
        }

        @Override
        public Map<UUID, Coverage.Counts> values(Handle handle, List<Asset> assets, Instant now) {
            Map<UUID, Coverage.Counts> counts = new HashMap<>();
            coverage.of(handle, assets, now).forEach((id, found) -> counts.put(id, found.counts()));
            return counts;
        }
    }
}
