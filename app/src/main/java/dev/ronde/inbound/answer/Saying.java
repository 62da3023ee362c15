package dev.ronde.inbound.answer;

import dev.ronde.platform.text.Worded;
import java.util.Locale;

/** What an answer to an answer says, each with its words in {@code reply.answer.*}. */
enum Saying implements Worded {
    UNCLEAR(true),
    EMPTY(true),
    CONTRADICTORY(true),
    WHICH_DATE(true),
    WHICH_PERSON(true),
    WHICH_MAIL(false),
    HELP(false),
    CHANGES(true),
    CHECKS(true),
    FAILING(true),
    PAGE(true),
    UNKNOWN_PERSON(true),
    TO_SELF(true),
    CHAIN_TOO_LONG(true),
    BAD_DAY(true),
    TOO_OFTEN(true),
    ASKED_TOO_OFTEN(true),
    REFUSED(true),
    ALREADY(true),
    OTHER(true),
    NOT_YOURS(true),
    ACCEPT_FIRST(true),
    CLOSED(true),
    EXPIRED(false),
    NO_UNDO(true),
    CONFIRM(false),
    FORGED(false),
    TOLD(false),
    UNMATCHED(false),
    NO_REVIEW(false),
    RECEIVED(false),
    UNREADABLE(false),
    ENCRYPTED(false),
    DIGEST_WHICH(false),
    DIGEST_UNKNOWN(false),
    STOPPED(false);

    private final boolean keeps;

    Saying(boolean keeps) {
        this.keeps = keeps;
    }

    /** Whether the words and files of the answer it answers are kept with its review all the same. */
    boolean keeps() {
        return keeps;
    }

    static Saying of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
