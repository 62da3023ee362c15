package dev.ronde.asset.inventory;

import dev.ronde.asset.field.AssetFacts;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.problem.Problem;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Some assets, read in pages by ref: those that were picked one by one, or all that match a filter. */
public final class AssetSelection {
    private final TreeSet<String> picked;
    private final @Nullable AssetFilter filter;

    private AssetSelection(Collection<String> picked, @Nullable AssetFilter filter) {
        this.picked = new TreeSet<>(picked);
        this.filter = filter;
    }

    public static AssetSelection picked(Collection<String> refs) {
        return new AssetSelection(refs, null);
    }

    public static AssetSelection matching(AssetFilter filter) {
        return new AssetSelection(List.of(), filter);
    }

    /** Hands over each asset with its facts, by ref; so many are read at once, and none while they are handed over. */
    public void each(Database database, Assets assets, int atOnce, BiConsumer<Asset, AssetFacts> to) {
        String last = null;
        Map<Asset, AssetFacts> page;
        do {
            String after = last;
            page = database.read(handle -> {
                List<Asset> next = after(handle, assets, after, atOnce);
                AssetPeople people = AssetPeople.of(handle, next);
                Map<Asset, AssetFacts> facts = new LinkedHashMap<>();
                next.forEach(asset -> facts.put(asset, AssetConversion.facts(asset, people)));
                return facts;
            });
            for (Map.Entry<Asset, AssetFacts> one : page.entrySet()) {
                last = one.getKey().ref();
                to.accept(one.getKey(), one.getValue());
            }
        } while (!page.isEmpty());
    }

    /** The next assets after a ref, at most {@code limit}; null begins. A picked one that nobody knows is 404, by its ref. */
    public List<Asset> after(Handle handle, Assets assets, @Nullable String ref, int limit) {
        if (filter != null) {
            return assets.list(handle, filter, AssetOrder.REF, ref, limit);
        }
        List<String> refs = (ref == null ? picked : picked.tailSet(ref, false))
                .stream().limit(limit).toList();
        Map<String, Asset> known =
                assets.listByRefs(handle, refs).stream().collect(Collectors.toMap(Asset::ref, asset -> asset));
        return refs.stream()
                .map(one -> Optional.ofNullable(known.get(one)).orElseThrow(() -> Problem.notFound("asset", one)))
                .toList();
    }
}
