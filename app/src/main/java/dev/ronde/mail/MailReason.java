package dev.ronde.mail;

import dev.ronde.platform.resource.ReaderWords;
import dev.ronde.platform.text.Cut;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why a mail is not sent, or waits. Rows keep the word with what fills its sentence; readers see the sentence in their language. What a mail
 * server said is kept, and shown, as it was said.
 */
public enum MailReason {
    /** Its reader has left. */
    PERSON_INACTIVE,
    /** Its reader wants no optional mails. */
    OPTED_OUT,
    /** The review, whose ref fills it, has not opened. */
    REVIEW_SCHEDULED,
    /** The review, whose ref fills it, was answered. */
    REVIEW_ATTESTED,
    /** The window of the review, whose ref fills it, has ended. */
    REVIEW_MISSED,
    /** The review, whose ref fills it, was cancelled. */
    REVIEW_CANCELLED,
    /** Somebody else answers for the review, whose ref fills it. */
    WITH_ANOTHER,
    /** The review, whose ref fills it, was acknowledged or snoozed. */
    PAUSED,
    /** The review, whose ref fills it, waits for no second person, or not for this one. */
    NO_SECOND_PERSON,
    /** What was to be decided about the review, whose ref fills it, is decided, or was said anew. */
    DECIDED,
    /** Nothing of a list is left. */
    LIST_DONE,
    /** No review is missed any more. */
    NOTHING_MISSED,
    /** What was found is fixed. */
    FINDING_FIXED,
    /** The check that was blind sees again. */
    SEES_AGAIN,
    /** Who let a request lapse is asked again. */
    ASKED_AGAIN,
    /** The waiver is over or renewed. */
    WAIVER_OVER,
    /** The waiver that was asked for is decided or taken back. */
    WAIVER_DECIDED,
    /** A mailed code is used or too old. */
    CODE_OVER,
    /** Another mail tells it. */
    TOLD_ELSEWHERE,
    /** A mail of the rung that fills it tells it. */
    TOLD_BY,
    /** A later receipt tells it. */
    LATER_RECEIPT,
    /** A lead made digests of what the brake held. */
    COLLAPSED,
    /** A lead discarded what the brake held. */
    DISCARDED,
    /** Somebody sends it once more. */
    RESENT,
    /** The brake holds it; how many mails in an hour were too many fills it. */
    BRAKE,
    /** Its time had passed. */
    EXPIRED,
    /** No server took it in time. */
    NO_SERVER,
    /** It cannot be rendered; why fills it. */
    UNREADABLE;

    private static final String MARK = "=";
    private static final String BETWEEN = "|";
    private static final int LONGEST = 500;

    /** The reason as rows keep it, with what fills its sentence. */
    public String with(String... values) {
        StringBuilder stored = new StringBuilder(MARK).append(word());
        for (String value : values) {
            stored.append(BETWEEN).append(value.replace(BETWEEN, "/"));
        }
        return Cut.to(stored.toString(), LONGEST);
    }

    /** A reason with what fills its sentence. */
    record Said(MailReason reason, List<String> values) {}

    /** The reason that a row keeps; empty for what a server said. */
    static Optional<Said> read(@Nullable String stored) {
        if (stored == null || !stored.startsWith(MARK)) {
            return Optional.empty();
        }
        List<String> parts = List.of(stored.substring(MARK.length()).split("\\|", -1));
        return Arrays.stream(values())
                .filter(reason -> reason.word().equals(parts.get(0)))
                .findFirst()
                .map(reason -> new Said(reason, parts.subList(1, parts.size())));
    }

    /** What a row keeps, as a sentence. */
    static @Nullable String sentence(@Nullable String stored, ReaderWords words) {
        return read(stored)
                .map(said -> words.text(
                        "mail.reason." + said.reason().word(), said.values().toArray()))
                .orElse(stored);
    }

    private String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
