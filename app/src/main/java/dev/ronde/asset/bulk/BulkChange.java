package dev.ronde.asset.bulk;

import dev.ronde.asset.field.AssetFacts;
import dev.ronde.asset.field.AssetField;
import dev.ronde.asset.field.AssetWords;
import dev.ronde.asset.inventory.Asset;
import dev.ronde.asset.inventory.AssetPeople;
import dev.ronde.asset.inventory.AssetRules;
import dev.ronde.asset.inventory.AssetSelection;
import dev.ronde.asset.inventory.Assets;
import dev.ronde.evidence.Actor;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.problem.Problem;
import dev.ronde.platform.resource.ReaderWords;
import dev.ronde.platform.text.Worded;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One change of many assets, first as a preview and then in earnest. Every asset is its own change with its own evidence; one that
 * is refused does not hold up the others.
 *
 * @param value the owner, or the one tag
 */
public record BulkChange(Database database, Assets assets, AssetWords vocabulary, Action action, AssetFacts value) {
    private static final int PAGE = 200;
    private static final int SHOWN = 100;

    /**
     * What came or would come of it.
     *
     * @param shown the first of them, those that are refused before the others
     */
    public record Result(long changed, long same, long refused, List<Effect> shown) {
        public long all() {
            return changed + same + refused;
        }
    }

    /**
     * What happens to one asset.
     *
     * @param what one of the words changes, same, refused
     * @param before the value that is replaced; empty where there is none
     * @param after the value in its place; empty where there is none
     * @param reason why it is refused, a sentence; empty where it is not
     */
    public record Effect(String ref, String name, String what, String before, String after, String reason) {}

    /** Changes them in the name of somebody, or only says what would come of it where that is nobody. */
    Result run(AssetSelection selection, @Nullable Actor by, ReaderWords words) {
        AssetPeople named = new AssetPeople();
        database.read(handle -> {
            named.find(handle, value.addresses());
            return named;
        });
        List<Effect> refused = new ArrayList<>();
        List<Effect> others = new ArrayList<>();
        Map<String, Long> counts = new HashMap<>();
        selection.each(database, assets, PAGE, (asset, facts) -> {
            Effect effect = effect(asset, facts, named, words);
            if (by != null && effect.what().equals("changes")) {
                effect = change(asset, effect, by);
            }
            counts.merge(effect.what(), 1L, Long::sum);
            List<Effect> place = effect.what().equals("refused") ? refused : others;
            if (place.size() < SHOWN) {
                place.add(effect);
            }
        });
        return new Result(
                counts.getOrDefault("changes", 0L),
                counts.getOrDefault("same", 0L),
                counts.getOrDefault("refused", 0L),
                Stream.concat(refused.stream(), others.stream()).limit(SHOWN).toList());
    }

    private Effect change(Asset asset, Effect effect, Actor by) {
        try {
            database.useTransaction(tx -> {
                Asset present = assets.byId(tx, asset.id());
                assets.update(tx, present, changed(assets.facts(tx, present)), by);
            });
            return effect;
        } catch (Problem problem) {
            return refused(asset, problem.text());
        }
    }

    private Effect effect(Asset asset, AssetFacts facts, AssetPeople named, ReaderWords words) {
        if (!asset.active()) {
            return refused(asset, words.text("asset.bulk.retired"));
        }
        AssetFacts after = changed(facts);
        List<AssetField> changed = facts.changed(after);
        return AssetRules.breaches(vocabulary, named, asset, after, changed).stream()
                .findFirst()
                .map(AssetRules.Breach::why)
                .map(why -> refused(
                        asset,
                        words.text("asset.error." + why.key(), why.arguments().toArray())))
                .orElseGet(() -> new Effect(
                        asset.ref(),
                        asset.name(),
                        changed.isEmpty() ? "same" : "changes",
                        facts.cell(action.field()).replace("|", ", "),
                        after.cell(action.field()).replace("|", ", "),
                        ""));
    }

    private static Effect refused(Asset asset, String reason) {
        return new Effect(asset.ref(), asset.name(), "refused", "", "", reason);
    }

    private AssetFacts changed(AssetFacts facts) {
        if (action == Action.OWNER) {
            return facts.with(value, Set.of(AssetField.OWNER));
        }
        Set<String> tags = new TreeSet<>(facts.texts(AssetField.TAGS));
        if (action == Action.ADD_TAG) {
            tags.addAll(value.texts(AssetField.TAGS));
        } else {
            value.texts(AssetField.TAGS).forEach(tags::remove);
        }
        return facts.with(new AssetFacts(Map.of(AssetField.TAGS, List.copyOf(tags))), Set.of(AssetField.TAGS));
    }

    enum Action implements Worded {
        OWNER,
        ADD_TAG,
        REMOVE_TAG,
        CHECKS,
        EXPORT;

        boolean takesValue() {
            return this == OWNER || this == ADD_TAG || this == REMOVE_TAG;
        }

        AssetField field() {
            return this == OWNER ? AssetField.OWNER : AssetField.TAGS;
        }

        static Optional<Action> of(String word) {
            return Worded.find(Action.class, word);
        }
    }
}
