package dev.ronde.inbound.answer;

import java.util.Locale;

/** What an answer to an answer says, each with its words in {@code reply.answer.*}. */
enum Saying {
    /** The line is no command; with the words that are. */
    UNCLEAR(true),
    /** Nothing was written above the quote. */
    EMPTY(true),
    /** The text and the HTML part differ. */
    CONTRADICTORY(true),
    /** The date reads as two days. */
    WHICH_DATE(true),
    /** One address was expected. */
    WHICH_PERSON(true),
    /** It names several mails. */
    WHICH_MAIL(false),
    /** The words that can be used. */
    HELP(false),
    /** There are changes; only the page shows them. */
    CHANGES(true),
    /** Checks turned after the mail that was answered; only the page shows how they are now. */
    CHECKS(true),
    /** A check fails: only the page asks why it is right all the same. */
    FAILING(true),
    /** The review asks for more than an answer: a code, a sign-in, answers to questions. */
    PAGE(true),
    /** Nobody active has this address. */
    UNKNOWN_PERSON(true),
    /** It is with that person already. */
    TO_SELF(true),
    /** Passed on three times already. */
    CHAIN_TOO_LONG(true),
    /** Not a day reminders can be paused until. */
    BAD_DAY(true),
    /** Paused three times already. */
    TOO_OFTEN(true),
    /** More time was asked for three times already. */
    ASKED_TOO_OFTEN(true),
    /** Refused for another reason. */
    REFUSED(true),
    /** The same person did it already. */
    ALREADY(true),
    /** Somebody else did it. */
    OTHER(true),
    /** It is with somebody else now. */
    NOT_YOURS(true),
    /** The person was only asked to take it over. */
    ACCEPT_FIRST(true),
    /** Missed, cancelled or not open yet. */
    CLOSED(true),
    /** The handle no longer works. */
    EXPIRED(false),
    /** Nothing to take back, or too late. */
    NO_UNDO(true),
    /** Please confirm by the link. */
    CONFIRM(false),
    /** Somebody wrote in this person's name. */
    FORGED(false),
    /** Somebody else wrote about it, or wrote what changes nothing any more. */
    TOLD(false),
    /** Nobody knows what it answers. */
    UNMATCHED(false),
    /** The mail it answers is about no review. */
    NO_REVIEW(false),
    /** It is noted that they received what was found. */
    RECEIVED(false),
    /** It cannot be read, or is too large. */
    UNREADABLE(false),
    /** Only a key opens it, and we have none. */
    ENCRYPTED(false),
    /** Which of the listed ones? */
    DIGEST_WHICH(false),
    /** These are not in the list. */
    DIGEST_UNKNOWN(false),
    /** Optional mails are muted. */
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

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
