package dev.ronde.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.catalogue.Catalogue;
import dev.ronde.catalogue.CatalogueEntry;
import dev.ronde.catalogue.TestChecks;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** What the demonstration makes of the packaged checks. */
class DemoHomeTest {

    @Test
    void itsDailyChecksSpeakFrenchToo() {
        DemoHome home = DemoHome.make();
        try {
            Catalogue catalogue = TestChecks.load(home.checks());
            assertThat(catalogue.entries()).anyMatch(CatalogueEntry::operators);
            assertThat(catalogue.entries())
                    .allSatisfy(entry -> assertThat(catalogue.translations().find(entry, Locale.FRENCH))
                            .as(entry.id())
                            .isPresent());
        } finally {
            home.remove();
        }
    }
}
