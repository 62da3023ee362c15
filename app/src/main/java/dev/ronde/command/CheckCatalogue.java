package dev.ronde.command;

import dev.ronde.catalogue.Catalogue;
import dev.ronde.catalogue.CatalogueLoader;
import dev.ronde.catalogue.VocabularyException;
import dev.ronde.check.probe.Probes;
import dev.ronde.check.run.Derivers;
import dev.ronde.platform.config.SettingsException;
import dev.ronde.platform.resource.Overlay;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The checks as files, read without database or settings. */
final class CheckCatalogue {
    private CheckCatalogue() {}

    /**
     * Reads the packaged checks with a folder over them.
     *
     * @param folder the folder that was named; null for the one of {@code RONDE_CHECKS}, if any
     * @throws VocabularyException where a file is broken that all checks depend on
     */
    static Catalogue load(@Nullable Path folder, Map<String, String> environment) {
        String variable = environment.get("RONDE_CHECKS");
        Path operators = folder == null && variable != null && !variable.isBlank() ? Path.of(variable) : folder;
        if (operators != null && !Files.isDirectory(operators)) {
            throw CommandFailed.of(operators + " is not a folder.");
        }
        try {
            CatalogueLoader loader =
                    new CatalogueLoader(Overlay.of("checks", operators), Set.copyOf(Probes.TYPES), Derivers.names());
            return QuietLog.without(loader::open);
        } catch (VocabularyException e) {
            throw e;
        } catch (SettingsException e) {
            throw CommandFailed.of(String.valueOf(e.getMessage()));
        }
    }
}
