package dev.ronde.reminder;

import dev.ronde.account.Person;
import dev.ronde.mail.MailReason;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What mails say about everything but a review that waits for somebody: a line for each notice, under a heading for each sort. */
record NoticeLines(Lines missed, Lines lapsed, Lines findings, Lines waivers, Lines requests, Lines blind) {
    static final String FOUND = "found";
    static final String MISSED = "missed";
    static final List<String> NAMES = List.of(MISSED, "recovery", "lapsed", FOUND, "requests", "waivers", "blind");

    interface Lines {
        /**
         * The model of one line, with an {@code order} to sort by; empty where it need not be told any more.
         *
         * @param calendars the people of the mail
         */
        Optional<Map<String, Object>> line(Handle tx, Calendars calendars, Notice notice, Person person, Instant now);

        MailReason goneReason();

        /** Called when the mail server has accepted the mail that told the notice. */
        default void told(Handle tx, Notice notice, Instant at) {}
    }

    static String name(Notice notice) {
        return switch (notice.subjectKind()) {
            case Notice.FINDING -> FOUND;
            case Notice.WAIVER -> "waivers";
            case Notice.REQUEST -> "requests";
            case Notice.CHECK -> "blind";
            default -> notice.topic().word();
        };
    }

    /** Empty for a review that waits for somebody. */
    Optional<Lines> of(Notice notice) {
        return switch (notice.subjectKind()) {
            case Notice.FINDING -> Optional.of(findings);
            case Notice.WAIVER -> Optional.of(waivers);
            case Notice.REQUEST -> Optional.of(requests);
            case Notice.CHECK -> Optional.of(blind);
            default ->
                switch (notice.topic()) {
                    case MISSED, RECOVERY -> Optional.of(missed);
                    case LAPSED -> Optional.of(lapsed);
                    default -> Optional.empty();
                };
        };
    }
}
