package dev.ronde.reply.inbox;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

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
    /** It was written to the addresses of several mails. */
    WHICH_MAIL(true),
    /** The words that can be used. */
    HELP(true),
    /** There are changes; only the page shows them. */
    CHANGES(false),
    /** Checks turned after the mail that was answered; this one shows how they are now, and can be answered. */
    CHECKS(false),
    /** The same where the answer does not say which mail it is of: one to this mail would not either, so only the page is offered. */
    CHECKS_BY_LINK(false),
    /** A check fails: only the page asks why it is right all the same. */
    FAILING(false),
    /** The review asks for more than an answer: a code, a sign-in, answers to questions. */
    PAGE(false),
    /** Nobody active has this address. */
    UNKNOWN_PERSON(false),
    /** It is with that person already. */
    TO_SELF(false),
    /** Passed on three times already. */
    CHAIN_TOO_LONG(false),
    /** Not a day reminders can be paused until. */
    BAD_DAY(true),
    /** Paused three times already. */
    TOO_OFTEN(false),
    /** More time was asked for three times already. */
    ASKED_TOO_OFTEN(false),
    /** Refused for another reason. */
    REFUSED(false),
    /** The same person did it already. */
    ALREADY(false),
    /** Somebody else did it. */
    OTHER(false),
    /** It is with somebody else now. */
    NOT_YOURS(false),
    /** The person was only asked to take it over. */
    ACCEPT_FIRST(false),
    /** Missed, cancelled or not open yet. */
    CLOSED(false),
    /** The handle no longer works. */
    EXPIRED(true),
    /** Nothing to take back, or too late. */
    NO_UNDO(false),
    /** Please confirm by the link. */
    CONFIRM(false),
    /** Somebody wrote in this person's name. */
    FORGED(false),
    /** Somebody else asks this person to do it. */
    APPROVAL(false),
    /** Somebody else reported a problem or commented. */
    TOLD(false),
    /** Somebody answered a mail that was sent to a person who has left. */
    TO_GONE(false),
    /** Somebody whose review it was answered about it. */
    FORMER_OWNER(false),
    /** Somebody reported a problem with a review that is over. */
    LATE_PROBLEM(false),
    /** Nobody knows what it answers. */
    UNMATCHED(true),
    /** The mail it answers is about no review. */
    NO_REVIEW(true),
    /** It is noted that they received what was found. */
    RECEIVED(true),
    /** It cannot be read, or is too large. */
    UNREADABLE(true),
    /** Only a key opens it, and we have none. */
    ENCRYPTED(true),
    /** Which of the listed ones? */
    DIGEST_WHICH(true),
    /** All at once only on the page. */
    DIGEST_ALL(true),
    /** These are not in the list. */
    DIGEST_UNKNOWN(true),
    /** Optional mails are muted. */
    STOPPED(true),
    /** A comment was kept. */
    KEPT(true);

    private static final Set<Saying> KEPT_WITH = EnumSet.of(
            UNCLEAR,
            EMPTY,
            CONTRADICTORY,
            WHICH_DATE,
            WHICH_PERSON,
            CHANGES,
            CHECKS,
            CHECKS_BY_LINK,
            FAILING,
            PAGE,
            UNKNOWN_PERSON,
            TO_SELF,
            CHAIN_TOO_LONG,
            BAD_DAY,
            TOO_OFTEN,
            ASKED_TOO_OFTEN,
            REFUSED,
            ALREADY,
            OTHER,
            NOT_YOURS,
            ACCEPT_FIRST,
            CLOSED,
            NO_UNDO,
            KEPT);
    private static final Set<Saying> ASKING =
            EnumSet.of(UNCLEAR, CONTRADICTORY, WHICH_DATE, WHICH_PERSON, BAD_DAY, DIGEST_WHICH, DIGEST_UNKNOWN);

    private final boolean onceADay;

    Saying(boolean onceADay) {
        this.onceADay = onceADay;
    }

    /** Whether it asks for a day, so that another day is another answer. */
    boolean asksForADay() {
        return this == WHICH_DATE || this == BAD_DAY;
    }

    /** Whether the words and files of the answer it answers are kept with its review all the same. */
    boolean keeps() {
        return KEPT_WITH.contains(this);
    }

    /** Whether one person hears it once a day at most about one review, whatever the words were; the others once a day in the same words. */
    boolean onceADay() {
        return onceADay;
    }

    /** Whether the person is asked to say it otherwise: who does, and is not understood again, must hear of it. */
    boolean asks() {
        return ASKING.contains(this);
    }

    static Saying of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
