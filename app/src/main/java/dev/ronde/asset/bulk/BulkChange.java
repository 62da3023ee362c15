package dev.ronde.asset.bulk;

import dev.ronde.asset.field.AssetFacts;
import dev.ronde.asset.field.AssetField;
import dev.ronde.asset.field.AssetWords;
import dev.ronde.asset.field.NewTags;
import dev.ronde.asset.inventory.Asset;
import dev.ronde.asset.inventory.AssetConversion;
import dev.ronde.asset.inventory.AssetPeople;
import dev.ronde.asset.inventory.AssetSelection;
import dev.ronde.asset.inventory.Assets;
import dev.ronde.evidence.Actor;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.problem.Problem;
import dev.ronde.platform.resource.ReaderWords;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * One change of many assets, first as a preview and then in earnest. Every asset is its own change with its own evidence; one that
 * is refused does not hold up the others.
 */
public final class BulkChange {
    private static final int PAGE = 200;
    private static final int SHOWN = 100;

    private final Database database;
    private final Assets assets;
    private final AssetWords vocabulary;
    private final BulkAction action;
    private final AssetFacts value;

    /**
     * @param value the owner, or the one tag
     */
    BulkChange(Database database, Assets assets, AssetWords vocabulary, BulkAction action, AssetFacts value) {
        this.database = database;
        this.assets = assets;
        this.vocabulary = vocabulary;
        this.action = action;
        this.value = value;
    }

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

    Result preview(AssetSelection selection, ReaderWords words) {
        boolean gone = gone();
        return each(selection, (asset, facts) -> effect(asset, facts, gone, words));
    }

    private boolean gone() {
        return !database.read(handle -> assets.gone(handle, null, value)).isEmpty();
    }

    Result apply(AssetSelection selection, Actor by, ReaderWords words) {
        boolean gone = gone();
        return each(selection, (asset, facts) -> {
            Effect effect = effect(asset, facts, gone, words);
            if (effect.what().equals("changes")) {
                try {
                    database.useTransaction(tx -> {
                        Asset present = assets.byId(tx, asset.id());
                        assets.update(tx, present, changed(assets.facts(tx, present)), by);
                    });
                } catch (Problem problem) {
                    return refused(asset, problem.text());
                }
            }
            return effect;
        });
    }

    private interface Work {
        Effect of(Asset asset, AssetFacts facts);
    }

    private Result each(AssetSelection selection, Work work) {
        List<Effect> shown = new ArrayList<>();
        List<Effect> refused = new ArrayList<>();
        Map<String, Long> counts = new HashMap<>();
        String after = null;
        while (true) {
            String from = after;
            Map<Asset, AssetFacts> page = database.read(handle -> page(handle, selection, from));
            if (page.isEmpty()) {
                refused.addAll(shown);
                return new Result(
                        counts.getOrDefault("changes", 0L),
                        counts.getOrDefault("same", 0L),
                        counts.getOrDefault("refused", 0L),
                        refused.stream().limit(SHOWN).toList());
            }
            for (Map.Entry<Asset, AssetFacts> entry : page.entrySet()) {
                Effect effect = work.of(entry.getKey(), entry.getValue());
                after = effect.ref();
                counts.merge(effect.what(), 1L, Long::sum);
                List<Effect> place = effect.what().equals("refused") ? refused : shown;
                if (place.size() < SHOWN) {
                    place.add(effect);
                }
            }
        }
    }

    private Map<Asset, AssetFacts> page(Handle handle, AssetSelection selection, @Nullable String after) {
        List<Asset> page = selection.after(handle, assets, after, PAGE);
        AssetPeople people = AssetPeople.of(handle, page);
        Map<Asset, AssetFacts> facts = new LinkedHashMap<>();
        page.forEach(asset -> facts.put(asset, AssetConversion.facts(asset, people)));
        return facts;
    }

    private Effect effect(Asset asset, AssetFacts facts, boolean gone, ReaderWords words) {
        if (!asset.active()) {
            return refused(asset, words.text("asset.bulk.retired"));
        }
        AssetField field = action == BulkAction.OWNER ? AssetField.OWNER : AssetField.TAGS;
        String before = facts.cell(field).replace("|", ", ");
        String after = changed(facts).cell(field).replace("|", ", ");
        if (gone && !before.equals(after)) {
            return refused(asset, words.text("asset.error." + Assets.PERSON_LEFT, after));
        }
        List<AssetWords.Refusal> wrong = NewTags.refused(vocabulary, asset.tags(), changed(facts));
        if (!wrong.isEmpty()) {
            AssetWords.Refusal first = wrong.get(0);
            return refused(
                    asset,
                    words.text("asset.error." + first.key(), first.arguments().toArray()));
        }
        return new Effect(asset.ref(), asset.name(), before.equals(after) ? "same" : "changes", before, after, "");
    }

    private static Effect refused(Asset asset, String reason) {
        return new Effect(asset.ref(), asset.name(), "refused", "", "", reason);
    }

    private AssetFacts changed(AssetFacts facts) {
        if (action == BulkAction.OWNER) {
            return facts.with(value, EnumSet.of(AssetField.OWNER));
        }
        Set<String> tags = new LinkedHashSet<>(tags(facts));
        if (action == BulkAction.ADD_TAG) {
            tags.addAll(tags(value));
        } else {
            tags.removeAll(tags(value));
        }
        AssetFacts one =
                new AssetFacts(Map.of(AssetField.TAGS, tags.stream().sorted().toList()));
        return facts.with(one, EnumSet.of(AssetField.TAGS));
    }

    private static List<String> tags(AssetFacts facts) {
        return facts.get(AssetField.TAGS) instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }
}
