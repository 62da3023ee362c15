package dev.ronde.check.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.check.probe.TargetLimits.Admission;
import dev.ronde.check.probe.TargetLimits.Permit;
import dev.ronde.testing.TestClock;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TargetLimitsTest {
    private final TestClock clock = new TestClock();
    private final TargetLimits limits = new TargetLimits(clock, 50);

    @Test
    void oneProbeAtATimeAndASecondApart() {
        Permit first = admit("10.0.0.7");
        assertThat(limits.enter("10.0.0.7", 6379, true, Instant.MAX)).isInstanceOf(Admission.Later.class);
        assertThat(limits.enter("10.0.0.7", 6380, true, Instant.MAX)).isInstanceOf(Admission.Admitted.class);
        first.end(false);
        assertThat(later("10.0.0.7")).isEqualTo(clock.instant().plusSeconds(1));
        clock.advance(Duration.ofSeconds(1));
        admit("10.0.0.7");
    }

    @Test
    void atMostSixtyAnHour() {
        Instant start = clock.instant();
        for (int i = 0; i < 60; i++) {
            admit("10.0.0.7").end(false);
            clock.advance(Duration.ofSeconds(2));
        }
        assertThat(later("10.0.0.7")).isEqualTo(start.plus(Duration.ofHours(1)));
        clock.set(start.plus(Duration.ofHours(1)));
        admit("10.0.0.7");
    }

    @Test
    void atMostFiveInOneNetwork() {
        List<Permit> permits = new ArrayList<>();
        for (int i = 1; i <= 5; i++) {
            permits.add(admit("10.0.0." + i));
        }
        assertThat(limits.enter("10.0.0.6", 6379, true, Instant.MAX)).isInstanceOf(Admission.Later.class);
        admit("10.0.1.6");
        permits.get(0).end(false);
        permits.get(0).end(false);
        admit("10.0.0.6");
        assertThat(limits.enter("10.0.0.8", 6379, true, Instant.MAX)).isInstanceOf(Admission.Later.class);
    }

    @Test
    void oneMoreAddressOfANameTakesNoPlaceInItsOwnNetwork() throws UnknownHostException {
        List<Permit> permits = new ArrayList<>();
        for (int i = 1; i <= 5; i++) {
            permits.add(admit("10.0.0." + i));
        }
        InetAddress same = InetAddress.getByName("10.0.0.9");
        Admission beside = permits.get(0).beside(same, 6379).orElseThrow();
        assertThat(beside).isInstanceOf(Admission.Admitted.class);
        assertThat(permits.get(1).beside(same, 6379).orElseThrow())
                .as("that address is busy")
                .isInstanceOf(Admission.Later.class);
        ((Admission.Admitted) beside).permit().end(false);
        assertThat(limits.enter("10.0.0.6", 6379, true, Instant.MAX)).isInstanceOf(Admission.Later.class);
        permits.get(4).end(false);
        admit("10.0.0.6");
        for (int i = 1; i <= 4; i++) {
            admit("10.0.1." + i);
        }
        assertThat(permits.get(0)
                        .beside(InetAddress.getByName("10.0.1.8"), 6379)
                        .orElseThrow())
                .isInstanceOf(Admission.Admitted.class);
        assertThat(limits.enter("10.0.1.9", 6379, true, Instant.MAX))
                .as("in another network it counts")
                .isInstanceOf(Admission.Later.class);
    }

    @Test
    void namesCountByTheNetworkTheyLeadTo() throws UnknownHostException {
        Map<String, InetAddress> leads = new HashMap<>();
        for (int i = 1; i <= 6; i++) {
            leads.put("shop-" + i + ".example.org", InetAddress.getByName("10.0.0." + i));
        }
        leads.put("alias.example.org", InetAddress.getByName("10.0.0.1"));
        leads.put("elsewhere.example.org", InetAddress.getByName("10.0.1.1"));
        Deque<Runnable> lookups = new ArrayDeque<>();
        TargetLimits named = new TargetLimits(
                clock, 50, TargetLimits.SPACING, new NameBook(clock, resolver(leads), lookups::addLast));
        assertThat(later(named, "shop-1.example.org"))
                .as("nobody waits for a name server")
                .isEqualTo(clock.instant().plusMillis(20));
        assertThat(later(named, "shop-1.example.org")).isAfter(clock.instant());
        assertThat(lookups).as("asked once").hasSize(1);
        leads.keySet().forEach(name -> named.enter(name, 6379, true, Instant.MAX));
        lookups.forEach(Runnable::run);
        for (int i = 1; i <= 5; i++) {
            admit(named, "shop-" + i + ".example.org");
        }
        assertThat(named.enter("shop-6.example.org", 6379, true, Instant.MAX)).isInstanceOf(Admission.Later.class);
        assertThat(named.enter("10.0.0.9", 6379, true, Instant.MAX)).isInstanceOf(Admission.Later.class);
        admit(named, "elsewhere.example.org");
        assertThat(named.enter("alias.example.org", 6379, true, Instant.MAX))
                .as("one target, whatever name leads to it")
                .isInstanceOf(Admission.Later.class);
    }

    @Test
    void aNameThatLeadsNowhereCountsAloneAndOneThatIsNotProbedIsNotLookedUp() {
        List<Runnable> lookups = new ArrayList<>();
        TargetLimits named = new TargetLimits(
                clock, 50, TargetLimits.SPACING, new NameBook(clock, resolver(Map.of()), lookups::add));
        assertThat(named.enter("gone.example.org", 6379, false, Instant.MAX)).isInstanceOf(Admission.Admitted.class);
        assertThat(lookups).isEmpty();
        named.enter("lost.example.org", 6379, true, Instant.MAX);
        lookups.forEach(Runnable::run);
        admit(named, "lost.example.org");
    }

    @Test
    void anAssetMayBeProbedUntilItsOwnLastDayIsOver() {
        ProbeTarget target = new ProbeTarget(
                "web-01",
                "web.example.org",
                443,
                null,
                null,
                LocalDate.of(2026, 3, 1),
                ZoneId.of("America/New_York"),
                Map.of());
        assertThat(target.authorised(Instant.parse("2026-03-02T04:59:59Z"))).isTrue();
        assertThat(target.authorised(Instant.parse("2026-03-02T05:00:00Z"))).isFalse();
        assertThat(new ProbeTarget("web-01", "web.example.org", 443, null, null, null, ZoneOffset.UTC, Map.of())
                        .authorised(Instant.EPOCH))
                .isFalse();
    }

    @Test
    void addressesOfVersionSixCountByTheirSixtyFourBits() {
        for (int i = 1; i <= 5; i++) {
            admit("2001:db8:0:1::" + i);
        }
        assertThat(limits.enter("2001:db8:0:1:ffff::6", 6379, true, Instant.MAX))
                .isInstanceOf(Admission.Later.class);
        admit("2001:db8:0:2::1");
    }

    @Test
    void oneSweepOfAHostAtATimeAndFourAnHour() {
        for (int i = 0; i < 4; i++) {
            Permit sweep = sweep("10.0.0.7");
            assertThat(limits.enterSweep("10.0.0.7", Duration.ofMinutes(15), true, Instant.MAX))
                    .isInstanceOf(Admission.Later.class);
            sweep.end(false);
            clock.advance(Duration.ofSeconds(1));
        }
        assertThat(((Admission.Later) limits.enterSweep("10.0.0.7", Duration.ofMinutes(15), true, Instant.MAX))
                        .notBefore())
                .isEqualTo(clock.instant().minusSeconds(4).plus(Duration.ofHours(1)));
        sweep("10.0.0.8");
    }

    /** Who waits for it is told how long it may take, not only when to ask again. */
    @Test
    void saysWhenASweepUnderWayHasEndedAtTheLatest() {
        Permit sweep = sweep("10.0.0.7");
        Instant begun = clock.instant();
        clock.advance(Duration.ofMinutes(5));
        Admission.Later later =
                (Admission.Later) limits.enterSweep("10.0.0.7", Duration.ofSeconds(30), true, Instant.MAX);
        assertThat(later.notBefore()).isEqualTo(clock.instant().plusSeconds(30));
        assertThat(later.free()).isEqualTo(begun.plus(Duration.ofMinutes(15)));
        sweep.end(false);
        Admission.Later spaced =
                (Admission.Later) limits.enterSweep("10.0.0.7", Duration.ofSeconds(30), true, Instant.MAX);
        assertThat(spaced.free()).isEqualTo(clock.instant().plusSeconds(1));
    }

    @Test
    void sweepsHoldAQuarterOfThePlacesAndNoneBetweenLooks() {
        TargetLimits eight = new TargetLimits(clock, 8);
        eight.enterSweep("10.0.1.1", Duration.ofMinutes(15), true, Instant.MAX);
        eight.enterSweep("10.0.2.1", Duration.ofMinutes(15), true, Instant.MAX);
        assertThat(eight.enterSweep("10.0.3.1", Duration.ofMinutes(15), true, Instant.MAX))
                .isInstanceOf(Admission.Later.class);
        for (int i = 1; i <= 8; i++) {
            admit(eight, "10.1." + i + ".1");
        }
    }

    @Test
    void aLookCountsAsAProbeOfItsPort() {
        Permit sweep = sweep("10.0.0.7");
        Permit look = ((Admission.Admitted) sweep.look(6379)).permit();
        assertThat(limits.enter("10.0.0.7", 6379, true, Instant.MAX))
                .as("one connection at a time")
                .isInstanceOf(Admission.Later.class);
        look.end(true);
        assertThat(later("10.0.0.7"))
                .as("a second after it")
                .isEqualTo(clock.instant().plusSeconds(1));
        assertThat(((Admission.Later) sweep.look(22)).notBefore())
                .as("a second between looks, whatever the port")
                .isEqualTo(clock.instant().plusSeconds(1));
        for (int i = 0; i < 4; i++) {
            admit("10.0.0." + (i + 20));
        }
        clock.advance(Duration.ofSeconds(1));
        ((Admission.Admitted) sweep.look(22)).permit();
        assertThat(limits.enter("10.0.0.30", 6379, true, Instant.MAX))
                .as("five in one /24")
                .isInstanceOf(Admission.Later.class);
    }

    @Test
    void aSilentLookIsNoTimeoutAndAPortLeftAloneIsLookedAt() {
        Permit sweep = sweep("10.0.0.7");
        for (int i = 0; i < 5; i++) {
            ((Admission.Admitted) sweep.look(6379)).permit().end(true);
            clock.advance(Duration.ofSeconds(1));
        }
        for (int i = 0; i < 3; i++) {
            admit("10.0.0.7").end(true);
            clock.advance(Duration.ofSeconds(1));
        }
        Instant leftAlone = later("10.0.0.7");
        assertThat(leftAlone).isAfter(clock.instant().plusSeconds(30));
        ((Admission.Admitted) sweep.look(6379)).permit().end(false);
        assertThat(later("10.0.0.7")).as("others still leave it alone").isEqualTo(leftAlone);
    }

    @Test
    void aHostThatIsSilentThroughoutIsLeftAlone() {
        for (int i = 0; i < 3; i++) {
            sweep("10.0.0.7").end(true);
            clock.advance(Duration.ofSeconds(1));
        }
        assertThat(((Admission.Later) limits.enterSweep("10.0.0.7", Duration.ofMinutes(15), true, Instant.MAX))
                        .notBefore())
                .isEqualTo(clock.instant().plusSeconds(59));
    }

    /** Whoever has to know is let in at the latest when they have to; for everybody else it stays left alone, and longer than before. */
    @Test
    void nobodyIsHeldBackLongerThanTheyCanDoWithoutALook() {
        for (int i = 0; i < 12; i++) {
            clock.advance(Duration.ofDays(2));
            admit("10.0.0.7").end(true);
            sweep("10.0.0.8").end(true);
        }
        Instant now = clock.instant();
        Instant soon = now.plus(Duration.ofMinutes(90));
        assertThat(later("10.0.0.7")).isEqualTo(now.plus(Duration.ofMinutes(512)));
        assertThat(((Admission.Later) limits.enter("10.0.0.7", 6379, true, soon)).notBefore())
                .isEqualTo(soon);
        assertThat(((Admission.Later) limits.enterSweep("10.0.0.8", Duration.ofMinutes(15), true, soon)).notBefore())
                .isEqualTo(soon);
        assertThat(((Admission.Later) limits.enter("10.0.0.7", 6379, true, Instant.MIN)).notBefore())
                .as("the other limits hold")
                .isEqualTo(now.plusSeconds(1));
        clock.set(soon);
        ((Admission.Admitted) limits.enter("10.0.0.7", 6379, true, soon))
                .permit()
                .end(true);
        assertThat(later("10.0.0.7")).isEqualTo(soon.plus(Duration.ofMinutes(1024)));
    }

    private Permit sweep(String host) {
        return ((Admission.Admitted) limits.enterSweep(host, Duration.ofMinutes(15), true, Instant.MAX)).permit();
    }

    private static Resolver resolver(Map<String, InetAddress> leads) {
        return name -> {
            if (!leads.containsKey(name)) {
                throw new UnknownHostException(name);
            }
            return List.of(leads.get(name));
        };
    }

    @Test
    void atMostSoManyAtOnce() {
        TargetLimits two = new TargetLimits(clock, 2);
        two.enter("10.0.0.1", 1, true, Instant.MAX);
        two.enter("127.0.0.1", 1, true, Instant.MAX);
        assertThat(two.enter("127.0.0.1", 2, true, Instant.MAX)).isInstanceOf(Admission.Later.class);
    }

    @Test
    void aSilentTargetIsLeftAloneForLongerAndLonger() {
        List<Duration> pauses = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            admit("10.0.0.7").end(true);
            Duration pause = Duration.between(clock.instant(), later("10.0.0.7"));
            pauses.add(pause);
            clock.advance(pause);
        }
        assertThat(pauses.subList(0, 5))
                .containsExactly(
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1),
                        Duration.ofMinutes(1),
                        Duration.ofMinutes(2),
                        Duration.ofMinutes(4));
        assertThat(pauses.get(15)).isEqualTo(Duration.ofHours(24));
        admit("10.0.0.7").end(false);
        assertThat(later("10.0.0.7")).isEqualTo(clock.instant().plusSeconds(1));
    }

    @Test
    void thoseThatWereSilentDoNotHoldUpTheOthers() {
        TargetLimits eight = new TargetLimits(clock, 8);
        for (int i = 1; i <= 8; i++) {
            admit(eight, "10.0." + i + ".1").end(true);
        }
        clock.advance(Duration.ofSeconds(1));
        Permit first = admit(eight, "10.0.1.1");
        admit(eight, "10.0.2.1");
        assertThat(eight.enter("10.0.3.1", 6379, true, Instant.MAX)).isInstanceOf(Admission.Later.class);
        for (int i = 1; i <= 6; i++) {
            admit(eight, "10.1." + i + ".1");
        }
        assertThat(eight.enter("10.1.7.1", 6379, true, Instant.MAX)).isInstanceOf(Admission.Later.class);
        first.end(false);
        admit(eight, "10.0.3.1");
    }

    @Test
    void loopbackNeedsNoDistance() {
        for (int i = 0; i < 200; i++) {
            ((Admission.Admitted) limits.enter("127.0.0.1", 6379, true, Instant.MAX))
                    .permit()
                    .end(false);
        }
    }

    @Test
    void forgetsWhatIsOver() {
        for (int i = 0; i < 100; i++) {
            admit("10.0." + i + ".1").end(false);
        }
        limits.tidy();
        assertThat(limits.size()).isEqualTo(100);
        clock.advance(Duration.ofHours(1));
        limits.tidy();
        assertThat(limits.size()).isZero();
    }

    private Permit admit(String host) {
        return admit(limits, host);
    }

    private static Instant later(TargetLimits limits, String host) {
        return ((Admission.Later) limits.enter(host, 6379, true, Instant.MAX)).notBefore();
    }

    private static Permit admit(TargetLimits limits, String host) {
        return ((Admission.Admitted) limits.enter(host, 6379, true, Instant.MAX)).permit();
    }

    private Instant later(String host) {
        return ((Admission.Later) limits.enter(host, 6379, true, Instant.MAX)).notBefore();
    }
}
