package dev.ronde.asset.snapshot;

import dev.ronde.asset.inventory.Asset;
import dev.ronde.asset.page.AssetPanel;
import dev.ronde.evidence.Actor;
import dev.ronde.platform.http.Principal;
import dev.ronde.platform.http.Reader;
import dev.ronde.platform.problem.Problem;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the configuration: the last change in words, then every setting of every source.
 *
 * @param readable the sources whose snapshots the checks of an asset read; what to push where nothing was pushed yet
 * @param names what people call those whom evidence names
 */
public record SettingsPanel(Snapshots snapshots, Function<Asset, List<String>> readable, UnaryOperator<String> names)
        implements AssetPanel {
    /** One source whose newest document was refused; {@code by} is null where the product fetched it. */
    public record RefusedView(
            String title, Refusal refusal, @Nullable String by) {}

    public record SourceView(String title, Snapshot snapshot, List<Change> settings) {}

    @Override
    public String template() {
        return "web/asset/settings.peb";
    }

    @Override
    public Map<String, Object> model(Handle handle, Asset asset, Principal principal, Reader reader, Instant now) {
        Locale locale = reader.locale();
        Compared compared = Compared.of(snapshots, handle, asset.id(), null, null);
        Map<String, Object> model = new HashMap<>();
        model.put(
                "sources",
                snapshots.latestBySource(handle, asset.id()).stream()
                        .map(snapshot -> new SourceView(
                                snapshots.title(snapshot.source(), locale),
                                snapshot,
                                snapshots.settings(snapshot, locale)))
                        .toList());
        model.put(
                "refused",
                snapshots.refusals().open(handle, asset.id()).stream()
                        .map(refusal -> new RefusedView(
                                snapshots.title(refusal.source(), locale),
                                refusal,
                                refusal.actorRef().equals(Actor.SYSTEM.ref()) ? null : names.apply(refusal.actorRef())))
                        .toList());
        model.put("changes", changes(compared, handle, locale));
        model.put("compared", compared.from() != null);
        model.put("readable", readable.apply(asset));
        return Map.of("settings", model);
    }

    private List<Change> changes(Compared compared, Handle handle, Locale locale) {
        try {
            return compared.changes(snapshots, handle, locale);
        } catch (Problem notComparable) {
            return List.of();
        }
    }
}
