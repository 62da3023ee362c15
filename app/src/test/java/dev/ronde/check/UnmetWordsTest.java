package dev.ronde.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.catalogue.Catalogue;
import dev.ronde.catalogue.TestChecks;
import dev.ronde.platform.resource.Messages;
import dev.ronde.platform.resource.Overlay;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class UnmetWordsTest {
    @TempDir
    Path folder;

    /** Nobody who owns a system knows what an id of a condition asks of him. */
    @Test
    void everyConditionOfAPackagedCheckIsSaidInWords() {
        Catalogue catalogue = TestChecks.load(folder);
        Messages messages = new Messages(Overlay.of("templates", null));
        List<String> silent = catalogue.entries().stream()
                .flatMap(entry -> entry.sound().stream())
                .flatMap(check -> check.rules().require().stream()
                        .filter(condition -> condition.message() == null)
                        .filter(condition -> UnmetWords.keys(condition.id(), condition.reason())
                                .noneMatch(messages::has))
                        .map(condition -> check.about().title() + ": " + condition.id() + ", " + condition.reason()))
                .toList();
        assertThat(silent).isEmpty();
    }

    @Test
    void theConditionsOfNetworkRulesSayWhatToPush() {
        Messages messages = new Messages(Overlay.of("templates", null));
        for (Locale language : Messages.LANGUAGES) {
            assertThat(said(messages, language, "admin-rules-known")).contains("securityAdminRules");
            assertThat(said(messages, language, "sources-known")).contains("PrefixLists");
        }
    }

    private static String said(Messages messages, Locale language, String condition) {
        return UnmetWords.keys(condition, "snapshot-incomplete")
                .filter(messages::has)
                .findFirst()
                .map(key -> messages.text(language, key))
                .orElse("");
    }
}
