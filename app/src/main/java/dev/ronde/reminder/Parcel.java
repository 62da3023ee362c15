package dev.ronde.reminder;

import dev.ronde.account.Person;
import dev.ronde.mail.MailState;
import dev.ronde.mail.Outbox;
import dev.ronde.mail.OutboxMail;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * What one mail tells one person: one mail a day with all there is, and beside it at once what {@link Topic#atOnce}, critical
 * findings and missed reviews. What comes up after the mail of the day waits for that of the next working day.
 *
 * @param key of the mail of the day; empty for a mail beside it
 */
record Parcel(List<Candidate> candidates, Optional<String> key) {
    private static final Set<MailState> GONE = Set.of(MailState.SUPERSEDED, MailState.CANCELLED, MailState.EXPIRED);

    /**
     * What leaves to this person now; what is in no parcel waits.
     *
     * @param collapsed whether a lead collapsed held mails to this person: everything is one mail now
     */
    static List<Parcel> of(
            Handle handle,
            Outbox outbox,
            Person person,
            List<Candidate> candidates,
            boolean collapsed,
            boolean morning,
            Instant now) {
        Optional<String> ofTheDay = keyOfTheDay(handle, outbox, person, collapsed, now);
        return collapsed ? List.of(new Parcel(candidates, ofTheDay)) : of(candidates, morning, ofTheDay);
    }

    private static List<Parcel> of(List<Candidate> candidates, boolean morning, Optional<String> ofTheDay) {
        List<Candidate> others = candidates.stream()
                .filter(candidate -> morning && !candidate.notice().urgent())
                .filter(candidate -> ofTheDay.isPresent() || candidate.topic().atOnce())
                .toList();
        boolean waits = others.stream().anyMatch(candidate -> !candidate.topic().atOnce());
        return Stream.of(
                        new Parcel(urgent(candidates, Topic.MISSED), Optional.empty()),
                        new Parcel(urgent(candidates, Topic.FOUND), Optional.empty()),
                        new Parcel(others, waits ? ofTheDay : Optional.empty()))
                .filter(parcel -> !parcel.candidates().isEmpty())
                .toList();
    }

    private static List<Candidate> urgent(List<Candidate> candidates, Topic topic) {
        return candidates.stream()
                .filter(candidate -> candidate.notice().urgent() && candidate.topic() == topic)
                .toList();
    }

    /** Empty if the mail of the day exists and was not withdrawn. */
    private static Optional<String> keyOfTheDay(
            Handle handle, Outbox outbox, Person person, boolean again, Instant now) {
        String day = "digest:" + person.id() + ":" + LocalDate.ofInstant(now, person.zone());
        for (int n = 1; ; n++) {
            String key = day + (n == 1 ? "" : ":" + n);
            Optional<OutboxMail> earlier = outbox.findByKey(handle, key);
            if (earlier.isEmpty()) {
                return Optional.of(key);
            }
            if (!again && !GONE.contains(earlier.get().state())) {
                return Optional.empty();
            }
        }
    }

    boolean list() {
        return candidates.size() > 1 && key.isPresent();
    }
}
