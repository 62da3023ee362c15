package dev.ronde;

import dev.ronde.catalogue.Catalogue;
import dev.ronde.catalogue.CatalogueLoader;
import dev.ronde.check.probe.Probes;
import dev.ronde.check.run.Derivers;
import dev.ronde.platform.Lazy;
import dev.ronde.platform.config.Setting;
import dev.ronde.platform.config.Settings;
import dev.ronde.platform.resource.Overlay;
import java.util.Set;

/** What can be protected and how it is checked: the packaged files, read once in a process, and the operator's over them. */
final class CatalogueFiles {
    private static final Lazy<Catalogue> PACKAGED = Lazy.of(() -> read(Overlay.of("checks", null)));

    private CatalogueFiles() {}

    static Catalogue open(Settings settings) {
        Overlay files = Overlay.checks(settings);
        return settings.find(Setting.CHECKS).isPresent() ? read(files) : PACKAGED.get();
    }

    private static Catalogue read(Overlay files) {
        return new CatalogueLoader(files, Set.copyOf(Probes.TYPES), Derivers.names()).open();
    }
}
