package dev.ronde.reply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.account.Person;
import dev.ronde.asset.field.AssetField;
import dev.ronde.asset.inventory.Asset;
import dev.ronde.catalogue.Severity;
import dev.ronde.evidence.Actor;
import dev.ronde.platform.http.Channel;
import dev.ronde.review.plan.PlanDefinition;
import dev.ronde.review.plan.PlanReader;
import dev.ronde.review.planning.Announcement;
import dev.ronde.review.planning.MailsAhead;
import dev.ronde.review.planning.PlanChange;
import dev.ronde.review.planning.PlanEffect;
import dev.ronde.testing.DatabaseKind;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the preview of a changed plan tells is what then happens: reviews, mails, people, and when the first mail leaves. */
final class PlanPreviewTest {
    private static final String LATER =
            MailWorld.PLAN.replace("anchor: 2026-03-12", "anchor: 2026-06-12").replace("P14D", "P30D");
    private static final String SOONER =
            LATER.replace("anchor: 2026-06-12", "anchor: 2026-03-26") + "max_gap_days: 92\n";

    @AutoClose
    private final MailWorld world = new MailWorld(DatabaseKind.H2);

    private final Actor lead = new Actor("user", "p:00000000000000aa", "password");
    private Asset paris;

    /** Owners in three zones, one on a holiday, one with many, one whose review is overdue by its new date, and nobody. */
    @BeforeEach
    void ownersInThreeZones() {
        world.lead("lead@corp.example");
        world.person("paul@corp.example", "fr", "Europe/Paris");
        world.person("tomo@corp.example", "en", "Asia/Tokyo");
        world.person("helmi@corp.example", "en", "Europe/Helsinki");
        world.person("back@corp.example");
        world.sql("insert into holiday (zone, day_on, name) values ('Europe/Helsinki', date '2026-03-04', 'Day off')");
        paris = world.asset("paris-1", "paul@corp.example");
        world.asset("paris-2", "paul@corp.example");
        for (int i = 0; i < 4; i++) {
            world.asset("tokyo-" + i, "tomo@corp.example");
        }
        world.asset("helsinki", "helmi@corp.example");
        world.asset(
                "late",
                "helmi@corp.example",
                Map.of(AssetField.LAST_REVIEW_ON, LocalDate.of(2025, 11, 20), AssetField.BACKUP, "back@corp.example"));
        Person gone = world.person("gone@corp.example");
        world.asset("nobody", "gone@corp.example");
        world.sql("update person set active = false where id = ?", gone.id());
        world.clock.set(Instant.parse("2026-03-03T20:30:00Z"));
        world.plan(LATER, Channel.API);
        world.settle();
        assertThat(queued()).isEmpty();
    }

    @Test
    void theNumbersAndTheFirstMailAreThoseOfThePreview() {
        // who backs up the late one does not work on Wednesdays
        world.sql("update person set working_days = '1245' where email = 'back@corp.example'");
        PlanEffect preview = preview();
        assertThat(preview.moved()).isGreaterThan(8);
        assertThat(preview.opened()).isEqualTo(9);
        assertThat(preview.becameOverdue()).isEqualTo(1);
        // Tokyo, Paris, Helsinki, the backup owner of the late one, the lead for what nobody owns
        assertThat(preview.mails()).isEqualTo(5);
        assertThat(preview.people()).isEqualTo(5);
        assertThat(preview.firstMail())
                .isEqualTo(new MailsAhead.First(Instant.parse("2026-03-04T00:00:00Z"), ZoneId.of("Asia/Tokyo")));
        assertThat(world.count("review where opened_at is not null")).isZero();

        assertThat(change()).isEqualTo(preview);
        // Tokyo's Wednesday, that of Paris, and the Thursday of both who are off begin; a longer step would be an
        // outage
        while (world.clock.instant().isBefore(Instant.parse("2026-03-05T08:30:00Z"))) {
            boolean thursday = world.clock.instant().isAfter(Instant.parse("2026-03-05T00:00:00Z"));
            assertThat(mailsTo("back@corp.example")).isLessThanOrEqualTo(thursday ? 1 : 0);
            world.clock.advance(Duration.ofMinutes(30));
            world.reminders.reminders().run(world.clock.instant());
        }
        assertThat(queued()).hasSize(preview.mails());
        assertThat(people(queued())).hasSize(preview.people());
        assertThat(queued().get(0).createdAt())
                .isEqualTo(
                        preview.firstMail() == null ? null : preview.firstMail().at());
        assertThat(queued().stream().filter(mail -> mail.kind().equals("digest")))
                .hasSize(3);
    }

    @Test
    void whatWasForetoldLeavesThoughTheMorningCameInOneJump() {
        PlanEffect preview = changed();
        world.clock.set(Instant.parse("2026-03-05T08:00:00Z"));
        world.settle();
        assertThat(mailsTo("paul@corp.example")).as("two reviews, one mail").isEqualTo(1);
        assertThat(queued()).hasSize(preview.mails());
    }

    @Test
    void insideWorkingHoursWhatWasSetOffIsGatheredForAMinute() {
        for (String calm : List.of("2026-03-04T12:50:00Z", "2026-03-04T12:53:00Z", "2026-03-04T13:00:00Z")) {
            world.clock.set(Instant.parse(calm));
            world.reminders.reminders().run(world.clock.instant());
        }
        PlanEffect preview = preview();
        assertThat(preview.firstMail())
                .isEqualTo(new MailsAhead.First(Instant.parse("2026-03-04T13:01:00Z"), ZoneId.of("Europe/Paris")));
        assertThat(change()).isEqualTo(preview);
        // what a person set off is gathered for a minute, to the backup owner of what is overdue too
        world.reminders.reminders().run(world.clock.instant());
        assertThat(queued()).isEmpty();
        for (int tick = 0; tick < 6 && mailsTo("paul@corp.example") == 0; tick++) {
            world.clock.advance(Duration.ofSeconds(20));
            world.reminders.reminders().run(world.clock.instant());
        }
        assertThat(world.clock.instant()).isEqualTo(Instant.parse("2026-03-04T13:01:00Z"));
        assertThat(mailsTo("paul@corp.example")).isEqualTo(1);
        assertThat(mailsTo("back@corp.example")).isEqualTo(1);
    }

    @Test
    void severalPlansAreCountedTogetherAsTheyAreGathered() {
        PlanDefinition other = new PlanReader(ZoneId.of("Europe/Paris"))
                .read(SOONER.replace("id: quarterly", "id: other"))
                .plans()
                .get(0);
        int alone = preview().mails()
                + world.reviews
                        .plans()
                        .preview(other, Announcement.LATER, lead, Channel.PAGE)
                        .effect()
                        .mails();
        MailsAhead all =
                world.reviews.plans().mailsOfAll(List.of(sooner(), other), Announcement.LATER, lead, Channel.PAGE);
        assertThat(all.mails()).isLessThan(alone);
        assertThat(world.reviews
                        .plans()
                        .preview(other, Announcement.LATER, lead, Channel.PAGE)
                        .kind())
                .as("nothing was kept")
                .isEqualTo(PlanChange.Kind.CREATED);
        change();
        world.reviews.plans().apply(other, lead, Channel.PAGE);
        while (world.clock.instant().isBefore(Instant.parse("2026-03-05T08:30:00Z"))) {
            world.clock.advance(Duration.ofMinutes(30));
            world.reminders.reminders().run(world.clock.instant());
        }
        assertThat(queued()).hasSize(all.mails());
        assertThat(people(queued())).hasSize(all.people());
    }

    /** What would be told to somebody whom mail does not reach goes to others, and is counted where it goes. */
    @Test
    void whatGoesToOthersInPlaceOfWhomMailDoesNotReachIsCounted() {
        Person helmi = world.person("helmi@corp.example", "en", "Europe/Helsinki");
        world.unreachable(helmi);
        PlanEffect preview = changed();
        untilThursday();
        assertThat(mailsTo("helmi@corp.example")).isZero();
        assertThat(mailsTo("back@corp.example")).isPositive();
        assertThat(queued()).hasSize(preview.mails());
        assertThat(people(queued())).hasSize(preview.people());
    }

    @Test
    void whatElseWaitsForSomebodyIsGatheredWithIt() {
        Person paul = world.person("paul@corp.example", "fr", "Europe/Paris");
        world.finds(paris, paul, Severity.HIGH);
        PlanEffect preview = preview();
        assertThat(preview.mails()).as("one digest for Paul").isEqualTo(5);
        assertThat(change()).isEqualTo(preview);
        untilThursday();
        assertThat(queued()).hasSize(preview.mails());
    }

    @Test
    void whatTheBrakeWillHoldIsForetold() {
        calmUntilNoon();
        world.storm(198, world.person("storm@corp.example"));
        PlanEffect preview = preview();
        assertThat(preview.mails()).isEqualTo(5);
        assertThat(preview.heldMails()).as("two more may leave").isEqualTo(3);
        assertThat(change()).isEqualTo(preview);
        minutes(3);
        untilThursday();
        assertThat(world.count("outbox where state = 'held'")).isEqualTo(preview.heldMails());
    }

    private void calmUntilNoon() {
        for (String calm : List.of("2026-03-04T12:50:00Z", "2026-03-04T12:53:00Z", "2026-03-04T13:00:00Z")) {
            world.clock.set(Instant.parse(calm));
            world.reviews.sweep().run(world.clock.instant());
            world.reminders.reminders().run(world.clock.instant());
        }
    }

    private void minutes(int count) {
        for (int tick = 0; tick < 3 * count; tick++) {
            world.reminders.reminders().run(world.clock.instant());
            world.clock.advance(Duration.ofSeconds(20));
        }
    }

    private void untilThursday() {
        Instant end = Instant.parse("2026-03-05T08:30:00Z");
        while (world.clock.instant().isBefore(end)) {
            Instant next = world.clock.instant().plus(Duration.ofMinutes(55));
            world.clock.set(next.isBefore(end) ? next : end);
            world.reminders.reminders().run(world.clock.instant());
        }
    }

    private record Queued(UUID personId, String kind, Instant createdAt) {}

    private List<Queued> queued() {
        return world.database.read(handle -> handle.select(
                        "select person_id, kind, created_at from outbox order by created_at, id")
                .map((row, context) -> new Queued(
                        row.getObject("person_id", UUID.class),
                        row.getString("kind"),
                        row.getTimestamp("created_at").toInstant()))
                .list());
    }

    private static List<UUID> people(List<Queued> mails) {
        return mails.stream().map(Queued::personId).distinct().toList();
    }

    private long mailsTo(String email) {
        UUID id = world.person(email, "fr", "Europe/Paris").id();
        return queued().stream().filter(mail -> mail.personId().equals(id)).count();
    }

    private PlanEffect preview() {
        return world.reviews
                .plans()
                .preview(sooner(), Announcement.LATER, lead, Channel.PAGE)
                .effect();
    }

    private PlanEffect change() {
        return world.reviews.plans().apply(sooner(), lead, Channel.PAGE).effect();
    }

    /** Changes the plan as it was previewed. */
    private PlanEffect changed() {
        PlanEffect preview = preview();
        assertThat(change()).isEqualTo(preview);
        return preview;
    }

    private static PlanDefinition sooner() {
        return new PlanReader(ZoneId.of("Europe/Paris")).read(SOONER).plans().get(0);
    }
}
