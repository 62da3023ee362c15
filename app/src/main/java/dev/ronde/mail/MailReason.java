package dev.ronde.mail;

import dev.ronde.platform.resource.ReaderWords;
import dev.ronde.platform.text.Cut;
import dev.ronde.platform.text.Worded;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why a mail is not sent, or waits. Rows keep the word with what fills its sentence; readers see the sentence in their language. What a mail
 * server said is kept, and shown, as it was said.
 */
public enum MailReason implements Worded {
    PERSON_INACTIVE,
    NO_READER,
    OPTED_OUT,
    REVIEW_SCHEDULED,
    REVIEW_ATTESTED,
    REVIEW_MISSED,
    REVIEW_CANCELLED,
    /** Somebody else answers for the review, whose ref fills it. */
    WITH_ANOTHER,
    PAUSED,
    /** The review, whose ref fills it, has another due date. */
    MOVED,
    /** The review, whose ref fills it, waits for no second person, or not for this one. */
    NO_SECOND_PERSON,
    /** What was to be decided about the review, whose ref fills it, is decided, or was said anew. */
    DECIDED,
    LIST_DONE,
    NOTHING_MISSED,
    FINDING_FIXED,
    SEES_AGAIN,
    ASKED_AGAIN,
    WAIVER_OVER,
    WAIVER_DECIDED,
    CODE_OVER,
    TOLD_ELSEWHERE,
    TOLD_BY,
    COLLAPSED,
    DISCARDED,
    RESENT,
    /** The brake holds it; how many mails in an hour were too many fills it. */
    BRAKE,
    EXPIRED,
    NO_SERVER,
    /** It cannot be rendered; why fills it. */
    UNREADABLE;

    private static final String MARK = "=";
    private static final String BETWEEN = "|";
    private static final int LONGEST = 500;

    /** The reason as rows keep it, with the values that fill its sentence. */
    public String with(String... values) {
        StringBuilder stored = new StringBuilder(MARK).append(word());
        for (String value : values) {
            stored.append(BETWEEN).append(value.replace(BETWEEN, "/"));
        }
        return Cut.to(stored.toString(), LONGEST);
    }

    record Sentence(MailReason reason, List<String> values) {}

    /** Returns the reason that a row keeps; empty for a text that a server sent. */
    static Optional<Sentence> read(@Nullable String stored) {
        if (stored == null || !stored.startsWith(MARK)) {
            return Optional.empty();
        }
        List<String> parts = List.of(stored.substring(MARK.length()).split("\\|", -1));
        return Worded.find(MailReason.class, parts.get(0))
                .map(reason -> new Sentence(reason, parts.subList(1, parts.size())));
    }

    static @Nullable String sentence(@Nullable String stored, ReaderWords words) {
        return read(stored)
                .map(said -> words.text(
                        "mail.reason." + said.reason().word(), said.values().toArray()))
                .orElse(stored);
    }
}
