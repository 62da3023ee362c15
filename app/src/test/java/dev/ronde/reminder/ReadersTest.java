package dev.ronde.reminder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.account.Person;
import dev.ronde.cadence.NoticeTimes;
import dev.ronde.finding.waiver.EndingWaiver;
import dev.ronde.mail.MailState;
import dev.ronde.platform.http.Role;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who hears in place of whom. */
class ReadersTest {
    private static final Instant NOW = Instant.parse("2026-03-02T08:00:00Z");
    private static final UUID ASSET = UUID.randomUUID();

    private final Person olga = person("olga@corp.example", Role.OWNER);
    private final Person bob = person("bob@partner.example", Role.OWNER);
    private final Person rita = person("rita@corp.example", Role.OWNER);
    private final Person lena = person("lena@corp.example", Role.COMPLIANCE);

    private static Person person(String email, Role role) {
        return new Person(
                UUID.randomUUID(), "p:" + email, email, email, role, ZoneOffset.UTC, Locale.ENGLISH, "12345", true, 1);
    }

    private Directory directory(Person... unreachable) {
        Map<UUID, Person> known = Stream.of(olga, bob, rita, lena).collect(Collectors.toMap(Person::id, one -> one));
        return new Directory(
                known,
                Set.of(),
                Stream.of(unreachable).map(Person::id).collect(Collectors.toSet()),
                new HashMap<>(),
                List.of(lena),
                List.of(),
                Map.of(new Directory.Place(ZoneOffset.UTC, olga.week()), NoticeTimes.of(ZoneOffset.UTC)));
    }

    private static NoticeRow row(Person person, boolean again, MailState state, int day) {
        Instant at = NOW.minus(Duration.ofDays(10 - day));
        return new NoticeRow(
                UUID.randomUUID(),
                NoticeSubject.CHECK,
                ASSET,
                "db-1 telnet-open",
                new Occasion("blind", again),
                Topic.BLIND,
                person.id(),
                at,
                state.word(),
                null,
                null,
                at,
                at);
    }

    @Test
    void nobodyHearsAnewWhatWasToldWhileMailArrived() {
        Directory people = directory(olga);
        NoticeRow bounced = row(olga, false, MailState.BOUNCED, 1);
        assertThat(people.readers(olga.id(), bob.id(), List.of())).containsExactly(bob);
        assertThat(people.readers(olga.id(), bob.id(), List.of(row(olga, false, MailState.ACCEPTED, 1))))
                .isEmpty();
        assertThat(people.readers(olga.id(), bob.id(), List.of(bounced))).containsExactly(bob);
        assertThat(people.readers(olga.id(), bob.id(), List.of(row(olga, false, MailState.REFUSED, 1))))
                .containsExactly(bob);
        assertThat(people.readers(olga.id(), bob.id(), List.of(bounced, row(olga, true, MailState.ACCEPTED, 2))))
                .isEmpty();
    }

    /** A backup owner backs up the owner, not who asked for a waiver; leads hear where mail reaches neither. */
    @Test
    void theBackupOwnerStandsInForTheOwnerAlone() {
        EndingWaiver waiver = new EndingWaiver(
                UUID.randomUUID(),
                1,
                ASSET,
                "db-1",
                "Database",
                olga.id(),
                "telnet-open",
                rita.id(),
                LocalDate.of(2026, 4, 1),
                NOW,
                1);
        assertThat(WaiverNotices.readers(waiver, bob.id(), directory(), List.of()))
                .containsExactly(olga, rita);
        assertThat(WaiverNotices.readers(waiver, bob.id(), directory(rita), List.of()))
                .containsExactly(olga);
        assertThat(WaiverNotices.readers(waiver, bob.id(), directory(rita, olga), List.of()))
                .containsExactly(bob);
        assertThat(WaiverNotices.readers(waiver, bob.id(), directory(rita, olga, bob), List.of()))
                .containsExactly(lena);
    }
}
