package dev.ronde.review.builder;

import dev.ronde.catalogue.Catalogue;
import dev.ronde.review.plan.PlanVocabulary;
import java.util.Locale;
import java.util.function.BiFunction;

/**
 * The words that can be chosen for a plan.
 *
 * @param title the name of a protection in a language
 */
public record PlanWords(PlanVocabulary vocabulary, BiFunction<String, Locale, String> title) {

    public static PlanWords of(Catalogue catalogue) {
        return new PlanWords(PlanVocabulary.of(catalogue), catalogue.protections()::title);
    }

    public static final PlanWords ANY = new PlanWords(PlanVocabulary.ANY, (word, language) -> word);
}
