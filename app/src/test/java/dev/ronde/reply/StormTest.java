package dev.ronde.reply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.account.Person;
import dev.ronde.evidence.Actor;
import dev.ronde.platform.http.Channel;
import dev.ronde.platform.http.Role;
import dev.ronde.testing.DatabaseKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What would be a storm of mails in a careless program: days without a running process, and an import of thousands. */
@Tag("long")
final class StormTest {
    private static final String ONCE = """
            id: log4j
            title: Look for the vulnerable library
            scope: {criticality: [high, critical]}
            cadence: {once: 2026-03-12}
            zone: Europe/Paris
            lead_time: P20D
            missed_after: P10D
            """;

    private static final boolean FULL = "full".equals(System.getProperty("ronde.scale"));
    private static final int OWNERS = FULL ? 40 : 8;
    private static final int ASSETS = FULL ? 150 : 30;
    /** Mails of the hour before those of the plan. */
    private static final int BEFORE = FULL ? 0 : 190;

    private static final int ANNOUNCED = FULL ? 10 : 2;

    @AutoClose
    private final MailWorld world = new MailWorld(DatabaseKind.H2);

    /** Case 103: 72 hours off, at full scale 300 open reviews of 40 owners, half of them with two rungs missed. */
    @Test
    void threeDaysOffAreOneDigestPerPerson() {
        for (int i = 0; i < ASSETS; i++) {
            world.asset("a-" + i, "owner" + i % OWNERS + "@corp.example");
        }
        world.plan(MailWorld.PLAN.replace("2026-03-12", "2026-03-03"), Channel.SYSTEM);
        world.plan(
                MailWorld.PLAN.replace("2026-03-12", "2026-03-16").replace("id: quarterly", "id: later"),
                Channel.SYSTEM);
        world.at("2026-02-26T09:00:00Z");
        assertThat(world.mails()).hasSize(OWNERS);
        world.at("2026-03-01T10:00:00Z");
        world.forgetMails();
        world.after(Duration.ofHours(72));
        List<ReceivedMail> mails = world.mails();
        assertThat(mails).hasSize(OWNERS);
        assertThat(mails.stream().map(ReceivedMail::to).collect(Collectors.toSet()))
                .hasSize(OWNERS);
        assertThat(mails).allSatisfy(mail -> assertThat(mail.subject()).contains("reviews for you"));
        assertThat(links(mails)).hasSize(2 * ASSETS);
        assertThat(world.count("notice where state = 'superseded' and occasion = 'd-1'"))
                .isEqualTo(ASSETS);
        world.after(Duration.ofMinutes(10));
        assertThat(world.mails()).hasSize(OWNERS);
    }

    /** Case 105: a thousand assets, at full scale, arrive in a plan whose lead time has begun. */
    @Test
    void anImportMailsNobodyBeforeItIsAnnounced() {
        world.plan(MailWorld.PLAN, Channel.SYSTEM);
        world.at("2026-02-27T09:00:00Z");
        String rows = IntStream.range(0, 100 * ANNOUNCED)
                .mapToObj(
                        i -> "bulk-" + i + ",Bulk " + i + ",service.redis,owner" + i % ANNOUNCED + "@corp.example,high")
                .collect(Collectors.joining("\n"));
        world.inventory.importCsv("ref,name,kind,owner_email,criticality\n" + rows + "\n");
        world.at("2026-02-27T10:00:00Z");
        world.at("2026-03-05T10:00:00Z");
        assertThat(world.mails()).isEmpty();
        int foreseen = world.reviews
                .plans()
                .announce("quarterly", Actor.SYSTEM, Channel.API)
                .effect()
                .mails();
        assertThat(foreseen).isEqualTo(ANNOUNCED);
        world.after(Duration.ofMinutes(2));
        assertThat(world.mails()).hasSize(ANNOUNCED);
        assertThat(world.mails().get(0).links()).hasSize(50);
        assertThat(world.mails().get(0).text()).contains("And 50 more; the list shows them all.");
    }

    /** A plan for one date asks more people at once than an hour allows; nothing is lost, and a lead lets the rest go. */
    @Test
    void theBrakeHoldsWhatAOneOffPlanAsksTooManyAtOnce() {
        Person lead = world.lead("lena@corp.example");
        for (int i = 0; i < 206 - BEFORE; i++) {
            world.asset("a-" + i, "owner" + i + "@corp.example");
        }
        world.plan(ONCE, Channel.API);
        world.settle();
        assertThat(world.mails()).as("nothing before it is announced").isEmpty();
        int foreseen = world.reviews
                .plans()
                .announce("log4j", Actor.SYSTEM, Channel.API)
                .effect()
                .mails();
        assertThat(foreseen).isEqualTo(206 - BEFORE);
        world.clock.set(Instant.parse("2026-02-26T09:00:00Z"));
        world.storm(BEFORE, lead);
        world.settle();
        assertThat(world.mails()).hasSize(200 - BEFORE);
        assertThat(in("held")).isEqualTo(6);
        world.after(Duration.ofDays(6));
        assertThat(world.mails()).as("held until somebody decides").hasSize(200 - BEFORE);
        assertThat(world.post("/mails/brake", Map.of("action", "release"), Role.COMPLIANCE, lead)
                        .status())
                .isEqualTo(303);
        world.settle();
        assertThat(world.mails().stream().map(ReceivedMail::to).collect(Collectors.toSet()))
                .as("each owner")
                .hasSize(206 - BEFORE);
        assertThat(in("held")).isZero();
        world.clock.advance(Duration.ofMinutes(1));
        world.storm(203, lead);
        assertThat(in("held")).as("the brake holds the next storm too").isPositive();
        assertThat(in("expired")).as("however long it was held").isZero();
    }

    private long in(String state) {
        return world.count("outbox where state = '" + state + "'");
    }

    private static List<String> links(List<ReceivedMail> mails) {
        return mails.stream().flatMap(mail -> mail.links().stream()).distinct().toList();
    }
}
