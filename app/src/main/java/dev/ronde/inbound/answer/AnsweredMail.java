package dev.ronde.inbound.answer;

import dev.ronde.inbound.message.HandleHint.Place;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The mail a message answers.
 *
 * @param live whether its handle still works; a Message-ID always does
 */
record AnsweredMail(
        Place place,
        UUID subjectId,
        UUID personId,
        @Nullable Long grantId,
        boolean live,
        boolean several) {

    /** Whether only a Message-ID names it: such an id may be seen by more people than the address. */
    boolean byReference() {
        return place == Place.REFERENCES || (place == Place.ORIGINAL && grantId == null);
    }
}
