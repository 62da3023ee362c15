package dev.ronde.check.page;

import dev.ronde.asset.inventory.Asset;
import dev.ronde.asset.page.AssetPanel;
import dev.ronde.asset.snapshot.Snapshot;
import dev.ronde.asset.snapshot.Snapshots;
import dev.ronde.asset.snapshot.Unread;
import dev.ronde.catalogue.Catalogue;
import dev.ronde.catalogue.CatalogueEntry;
import dev.ronde.catalogue.CheckDefinition;
import dev.ronde.catalogue.EffectiveParams;
import dev.ronde.check.AssetVariables;
import dev.ronde.check.CheckRun;
import dev.ronde.check.derive.Deriver;
import dev.ronde.check.derive.RuleDeriver;
import dev.ronde.check.derive.RuleDeriver.RuleLine;
import dev.ronde.check.derive.UnparsableException;
import dev.ronde.check.derive.net.ExposureFacts;
import dev.ronde.check.message.FactTranslation;
import dev.ronde.check.run.Derivers;
import dev.ronde.check.run.SnapshotFacts;
import dev.ronde.platform.http.Principal;
import dev.ronde.platform.http.Reader;
import dev.ronde.platform.json.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The network rules of an asset, with those marked that let strangers in: as they are now, on its page, and as a run saw them. */
public record RuleTables(Catalogue catalogue, Snapshots snapshots) implements AssetPanel {
    @Override
    public String template() {
        return "web/check/rules.peb";
    }

    @Override
    public Map<String, Object> model(Handle handle, Asset asset, Principal principal, Reader reader, Instant now) {
        return Map.of("ruleTables", now(handle, asset, reader.locale()));
    }

    /** Judges the newest snapshots again; empty if none of them holds network rules. */
    private List<RuleTable> now(Handle handle, Asset asset, Locale locale) {
        return snapshots.latestBySource(handle, asset.id()).stream()
                .flatMap(snapshot -> Derivers.ofRules(snapshot.source()).stream()
                        .map(deriver -> table(deriver, snapshot, locale, Unread.of(snapshot), document -> {
                            Deriver.Input input =
                                    new Deriver.Input(document, params(deriver, asset), AssetVariables.of(asset));
                            return deriver.judge(input).whole();
                        })))
                .toList();
    }

    private RuleTable table(
            RuleDeriver deriver,
            Snapshot snapshot,
            Locale locale,
            Unread unread,
            UnaryOperator<Map<String, Object>> facts) {
        String title = snapshots.title(snapshot.source(), locale);
        Map<String, Object> document = SnapshotFacts.document(snapshot);
        try {
            RuleTable table = unread.isEmpty()
                    ? RuleTable.of(
                            title,
                            snapshot.digest(),
                            deriver,
                            document,
                            FactTranslation.in(locale, FactTranslation.EXPOSURE).apply(facts.apply(document)))
                    : RuleTable.unjudged(title, snapshot.digest(), deriver, document, unread);
            return table.said(FactTranslation.ofRules(locale));
        } catch (UnparsableException e) {
            return RuleTable.unreadable(title, snapshot.digest(), String.valueOf(e.getMessage()));
        }
    }

    /** Those of all checks with this deriver, so that everything any of them minds is marked. */
    private Map<String, Object> params(RuleDeriver deriver, Asset asset) {
        Map<String, Object> all = new LinkedHashMap<>();
        catalogue.entries().stream()
                .map(CatalogueEntry::sound)
                .flatMap(Optional::stream)
                .filter(check -> deriver.name().equals(check.probe().derive()))
                .map(check -> EffectiveParams.of(check, asset.tags()).values())
                .forEach(all::putAll);
        return all;
    }

    /** Returns the rules that a run judged, marked as it found them; empty where it judged none or its snapshot is gone. */
    Optional<RuleTable> of(Handle handle, Asset asset, CheckRun run, JsonNode details, Locale locale) {
        String digest = details.path("facts").path("snapshot").path("digest").asString("");
        Optional<RuleDeriver> deriver = catalogue
                .find(run.checkId())
                .flatMap(CatalogueEntry::sound)
                .map(CheckDefinition::probe)
                .filter(probe -> probe.derive() != null && probe.source() != null)
                .flatMap(probe -> Derivers.ofRules(String.valueOf(probe.source())));
        if (deriver.isEmpty() || digest.isEmpty() || !details.path("facts").has("exposures")) {
            return Optional.empty();
        }
        Map<String, Object> facts = Json.object(details.path("facts"));
        return snapshots
                .byDigest(handle, asset.id(), digest)
                .map(snapshot ->
                        table(deriver.get(), snapshot, locale, new Unread(List.of(), List.of()), document -> facts));
    }

    /**
     * The network rules of a snapshot for people, with those marked that let somebody from the Internet in.
     *
     * @param title what people call the source
     * @param rows the rules that let strangers in to sensitive ports, then the others in the order in which they are looked at
     * @param problem why the rules cannot be read, null where they can
     * @param unread why nobody judged the rules, null where somebody did
     * @param notes what the judgement leaves open
     */
    public record RuleTable(
            String title,
            String digest,
            List<Row> rows,
            int hidden,
            @Nullable String problem,
            @Nullable Unread unread,
            List<String> notes) {
        /** Most rows shown if nothing is wrong; marked rows come on top. */
        private static final int MOST = 60;

        private static final int MOST_MARKED = 400;
        private static final int MOST_OPENS = 5;

        /** In order of urgency, the least urgent first. */
        public enum Mark {
            /** It lets nobody in from the Internet. */
            NONE,
            /** It lets known parties in. */
            KNOWN,
            /** Whom it lets in was not judged, or is not told. */
            UNTOLD,
            /** It lets somebody in of whom nobody knows who it is. */
            UNRESOLVED,
            /** It lets strangers in. */
            STRANGERS,
            /** It lets strangers in to a sensitive port. */
            GUILTY
        }

        /**
         * One rule.
         *
         * @param opens what it opens, in words, the worst first
         * @param more how much more it opens
         */
        public record Row(RuleLine rule, Mark mark, List<String> opens, int more) {
            private boolean marked() {
                return mark.compareTo(Mark.UNTOLD) > 0;
            }
        }

        private record Key(@Nullable String owner, String name) {
            private static Key of(RuleLine rule) {
                return new Key(rule.owner(), ExposureFacts.name(rule.name()));
            }
        }

        static RuleTable unreadable(String title, String digest, String problem) {
            return new RuleTable(title, digest, List.of(), 0, problem, null, List.of());
        }

        static RuleTable unjudged(
                String title, String digest, RuleDeriver deriver, Map<String, Object> document, Unread unread) {
            List<Row> all = deriver.rules(document).stream()
                    .map(rule -> new Row(rule, Mark.UNTOLD, List.of(), 0))
                    .toList();
            return of(title, digest, all, unread, List.of());
        }

        static RuleTable of(
                String title,
                String digest,
                RuleDeriver deriver,
                Map<String, Object> document,
                Map<String, Object> facts) {
            Map<Key, List<Map<?, ?>>> exposures = new HashMap<>();
            for (Map<?, ?> exposure : maps(facts.get("exposures"))) {
                for (Map<?, ?> rule : maps(exposure.get("rules"))) {
                    Key key = new Key((String) rule.get("owner"), String.valueOf(rule.get("name")));
                    exposures.computeIfAbsent(key, first -> new ArrayList<>()).add(exposure);
                }
            }
            boolean part = ExposureFacts.shortened(facts);
            List<Row> all = deriver.rules(document).stream()
                    .map(rule -> opens(rule)
                            ? row(rule, exposures.getOrDefault(Key.of(rule), List.of()), part)
                            : new Row(rule, Mark.NONE, List.of(), 0))
                    .toList();
            List<String> notes = facts.get("notes") instanceof List<?> list
                    ? list.stream().map(String::valueOf).toList()
                    : List.of();
            return of(title, digest, all, null, notes);
        }

        /** If not all rows fit, the worst are shown; they keep their order, except that guilty rules come on top. */
        private static RuleTable of(
                String title, String digest, List<Row> all, @Nullable Unread unread, List<String> notes) {
            List<Row> chosen = new ArrayList<>();
            List<Row> left = new ArrayList<>();
            for (Row row : all.stream()
                    .sorted(Comparator.comparing(Row::mark).reversed())
                    .toList()) {
                (chosen.size() < (row.marked() ? MOST_MARKED : MOST) ? chosen : left).add(row);
            }
            Set<Row> shown = Collections.newSetFromMap(new IdentityHashMap<>());
            shown.addAll(chosen);
            List<Row> rows = all.stream()
                    .filter(shown::contains)
                    .sorted(Comparator.comparing(row -> row.mark() != Mark.GUILTY))
                    .toList();
            return new RuleTable(title, digest, rows, left.size(), null, unread, notes);
        }

        private static boolean opens(RuleLine rule) {
            return rule.enforced()
                    && rule.direction().equals("inbound")
                    && !rule.access().equals("deny");
        }

        private static Row row(RuleLine rule, List<Map<?, ?>> exposures, boolean part) {
            // what is left out may be worse than what is told
            Mark worst = Stream.concat(
                            Stream.of(part ? Mark.UNTOLD : Mark.NONE),
                            exposures.stream().map(RuleTable::mark))
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
            List<String> opens = exposures.stream()
                    .map(exposure -> String.valueOf(exposure.get("words")))
                    .distinct()
                    .toList();
            int shown = Math.min(MOST_OPENS, opens.size());
            return new Row(rule, worst, opens.subList(0, shown), opens.size() - shown);
        }

        private static Mark mark(Map<?, ?> exposure) {
            String reach = String.valueOf(exposure.get("reach"));
            if (reach.equals("specific")) {
                return Mark.KNOWN;
            }
            if (reach.equals("unresolved")) {
                return Mark.UNRESOLVED;
            }
            return exposure.get("sensitive") instanceof List<?> ports && !ports.isEmpty()
                    ? Mark.GUILTY
                    : Mark.STRANGERS;
        }

        RuleTable said(UnaryOperator<RuleLine> words) {
            return new RuleTable(
                    title,
                    digest,
                    rows.stream()
                            .map(row -> new Row(words.apply(row.rule()), row.mark(), row.opens(), row.more()))
                            .toList(),
                    hidden,
                    problem,
                    unread,
                    notes);
        }

        private static List<Map<?, ?>> maps(@Nullable Object value) {
            List<Map<?, ?>> maps = new ArrayList<>();
            if (value instanceof List<?> list) {
                list.stream()
                        .filter(item -> item instanceof Map<?, ?>)
                        .map(item -> (Map<?, ?>) Objects.requireNonNull(item))
                        .forEach(maps::add);
            }
            return maps;
        }
    }
}
