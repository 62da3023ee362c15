package dev.ronde.review.answer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.evidence.RecordTypes;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The table is whole: every act has its row, every row its records. */
class VerbTest {
    @Test
    void everyActHasOneRowAndEveryRowRecordsWhatTheLedgerKnows() {
        assertThat(Arrays.stream(Verb.values()).map(Verb::act))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(ReviewAct.class.getPermittedSubclasses())
                        .map(type -> type.asSubclass(ReviewAct.class))
                        .toList());
        assertThat(Arrays.stream(Verb.values()).flatMap(verb -> verb.records().stream()))
                .allSatisfy(record -> assertThat(RecordTypes.KNOWN).contains("review." + record));
        assertThat(Arrays.stream(Verb.values()).map(Verb::word).flatMap(word -> Verb.of(word).stream()))
                .containsExactly(Verb.values());
    }
}
