package dev.ronde.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ronde.platform.http.Banner;
import dev.ronde.platform.http.Principal;
import dev.ronde.platform.http.Role;
import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.OnOneDatabase;
import dev.ronde.testing.Sql;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("long")
@OnOneDatabase(DatabaseKind.POSTGRESQL)
final class RelayTest {
    @AutoClose
    private final MailBench bench;

    RelayTest(DatabaseKind kind) {
        bench = new MailBench(kind);
    }

    private static Principal reader(Role role) {
        return new Principal(
                "p:1", "Lena", role, dev.ronde.platform.http.Channel.PAGE, "session", null, null, Set.of(), null);
    }

    @Test
    void sendsWhatWaitsOnceAndKeepsTheServersAnswer() {
        UUID id = bench.enqueue("a", MailClass.REMINDER);
        assertThat(bench.send()).isEqualTo(1);
        assertThat(bench.send()).isZero();
        OutboxMail sent = bench.find(id);
        assertThat(sent.state()).isEqualTo(MailState.ACCEPTED);
        assertThat(sent.answer()).isEqualTo("250 2.0.0 Ok: queued as 4Xyz1");
        assertThat(sent.remoteId()).isEqualTo("4Xyz1");
        assertThat(sent.toAddress()).isEqualTo("alice@corp.example");
        assertThat(sent.bodyText()).isEqualTo("a\nhttps://ronde.test/r/••••••••\n");
        assertThat(bench.smtp.taken()).hasSize(1);
        assertThat(bench.smtp.taken().get(0))
                .contains("Message-ID: " + sent.messageId())
                .contains("Auto-Submitted: auto-generated")
                .contains("X-Auto-Response-Suppress: DR, RN, NRN, OOF, AutoReply")
                .contains("List-Id: Configuration reviews <reviews.ronde.test>")
                .contains("References: <ronde-r.1@ronde.test>")
                .contains("X-Ronde-Instance: " + MailBench.INSTALLATION);
        assertThat(bench.records("mail.accepted")).isEqualTo(1);
        assertThat(bench.kind.settled).containsEntry(id, MailState.ACCEPTED);
    }

    /** Case 101. */
    @Test
    void aRolledBackTransactionLeavesNoMail() {
        assertThatThrownBy(() -> bench.database.useTransaction(tx -> {
                    bench.outbox.enqueue(tx, bench.mail("a", MailClass.ASSIGNMENT));
                    throw new IllegalStateException("business failed");
                }))
                .hasMessage("business failed");
        assertThat(bench.send()).isZero();
        assertThat(bench.smtp.taken()).isEmpty();
    }

    @Test
    void oneKeyIsOneMail() {
        bench.enqueue("a", MailClass.REMINDER);
        Optional<UUID> second =
                bench.database.inTransaction(tx -> bench.outbox.enqueue(tx, bench.mail("a", MailClass.REMINDER)));
        assertThat(second).isEmpty();
    }

    @Test
    void aMailToABareAddressNeedsNoPerson() {
        NewMail mail = NewMail.toAddress(
                "checkpoint",
                "plain",
                MailClass.SERVICE,
                "checkpoint 7",
                "auditor@corp.example",
                Map.of("key", "x"),
                bench.clock.instant());
        Optional<UUID> id = bench.database.inTransaction(tx -> bench.outbox.enqueue(tx, mail));
        bench.send();
        assertThat(bench.stateOf(id.orElseThrow())).isEqualTo(MailState.ACCEPTED);
    }

    /** Case 100. */
    @Test
    void aDutyThatWasDoneWhileItsMailWaitedIsCancelled() {
        UUID id = bench.enqueue("a", MailClass.REMINDER);
        bench.kind.gone.add("a");
        bench.send();
        assertThat(bench.find(id).state()).isEqualTo(MailState.CANCELLED);
        assertThat(bench.find(id).reason()).isEqualTo(MailReason.LIST_DONE.with());
        assertThat(bench.smtp.taken()).isEmpty();
    }

    @Test
    void aMailThatCannotBeRenderedDoesNotStopTheNext() {
        UUID broken = bench.enqueue("broken", MailClass.REMINDER);
        UUID fine = bench.enqueue("fine", MailClass.REMINDER);
        bench.kind.broken.add("broken");
        bench.send();
        assertThat(bench.find(broken).state()).isEqualTo(MailState.REFUSED);
        assertThat(bench.find(broken).reason()).contains("broken template");
        assertThat(bench.stateOf(fine)).isEqualTo(MailState.ACCEPTED);
    }

    @Test
    void case111LaterMeansLaterWithGrowingPausesAndBlamesNobody() {
        bench.smtp.answering("RCPT", "421 4.7.0 too many, slow down");
        UUID id = bench.enqueue("a", MailClass.REMINDER);
        bench.send();
        assertThat(bench.stateOf(id)).isEqualTo(MailState.RETRY);
        assertThat(bench.find(id).enhancedCode()).isEqualTo("4.7.0");
        assertThat(bench.channel().state()).isEqualTo("open");
        assertThat(Duration.between(bench.clock.instant(), bench.find(id).notBefore()))
                .isBetween(Duration.ofSeconds(48), Duration.ofSeconds(72));
        assertThat(bench.send()).isZero();
        bench.smtp.usual();
        bench.sendAfter(Duration.ofSeconds(73));
        assertThat(bench.stateOf(id)).isEqualTo(MailState.ACCEPTED);
        assertThat(bench.find(id).attempts()).isEqualTo(2);
    }

    @Test
    void whatNobodyTookInTimeExpires() {
        bench.smtp.answering("RCPT", "450 4.2.1 later");
        UUID id = bench.enqueue("a", MailClass.REMINDER);
        bench.send();
        MailStatus status = new MailStatus(bench.database, bench.clock, true);
        assertThat(status.banners(reader(Role.ADMIN))).isEmpty();
        bench.sendAfter(Duration.ofDays(6));
        assertThat(bench.stateOf(id)).isEqualTo(MailState.EXPIRED);
        assertThat(bench.records("mail.refused"))
                .as("nobody was told: that is evidence too")
                .isEqualTo(1);
        assertThat(status.banners(reader(Role.ADMIN))).extracting(Banner::key).containsExactly("mail.banner.expired");
        assertThat(status.banners(reader(Role.OWNER))).isEmpty();
        bench.clock.advance(Duration.ofDays(8));
        assertThat(status.banners(reader(Role.ADMIN))).isEmpty();
    }

    @Test
    void anUnknownPersonIsRefusedAndRecorded() {
        bench.smtp.answering("RCPT", "550 5.1.1 no such person");
        UUID id = bench.enqueue("a", MailClass.REMINDER);
        bench.send();
        assertThat(bench.stateOf(id)).isEqualTo(MailState.REFUSED);
        assertThat(bench.find(id).enhancedCode()).isEqualTo("5.1.1");
        assertThat(bench.records("mail.refused")).isEqualTo(1);
    }

    /** Case 99: the server took it and the node died before it could write that down. */
    @Test
    void aNodeThatDiedWhileSendingLeavesUncertaintyAndOnlyAnEscalationGoesAgain() {
        UUID reminder = bench.enqueue("reminder", MailClass.REMINDER);
        UUID escalation = bench.enqueue("escalation", MailClass.ESCALATION);
        bench.database.useTransaction(tx -> {
            OutboxDao dao = tx.attach(OutboxDao.class);
            for (UUID id : List.of(reminder, escalation)) {
                dao.claim(
                        List.of(id),
                        List.of(1L),
                        UUID.randomUUID(),
                        bench.clock.instant().plus(Duration.ofMinutes(15)));
            }
        });
        assertThat(bench.send()).isZero();
        bench.sendAfter(Duration.ofMinutes(15));
        assertThat(bench.stateOf(reminder)).isEqualTo(MailState.UNCERTAIN);
        assertThat(bench.stateOf(escalation)).isEqualTo(MailState.UNCERTAIN);
        assertThat(bench.records("mail.uncertain")).isEqualTo(2);
        bench.sendAfter(Duration.ofMinutes(31));
        assertThat(bench.stateOf(reminder)).isEqualTo(MailState.UNCERTAIN);
        assertThat(bench.stateOf(escalation)).isEqualTo(MailState.ACCEPTED);
        assertThat(bench.smtp.taken()).hasSize(1);
        assertThat(bench.smtp.taken().get(0)).contains(bench.find(escalation).messageId());
    }

    @Test
    void silenceAfterTheDotIsSentAgainOnceWithTheSameMessageId() {
        bench.smtp.answering("DOT", "silence");
        UUID id = bench.enqueue("a", MailClass.ASSIGNMENT);
        bench.send();
        assertThat(bench.stateOf(id)).isEqualTo(MailState.UNCERTAIN);
        bench.sendAfter(Duration.ofMinutes(30));
        bench.sendAfter(Duration.ofDays(1));
        assertThat(bench.stateOf(id)).isEqualTo(MailState.UNCERTAIN);
        assertThat(bench.smtp.taken()).hasSize(2);
        assertThat(messageIds()).hasSize(2).containsOnly(bench.find(id).messageId());
    }

    /** Case 110. */
    @Test
    void aServerThatRefusesUsPausesTheChannelAfterThree() {
        bench.smtp.answering("MAIL", "550 5.7.1 not you");
        for (int i = 0; i < 6; i++) {
            bench.enqueue("m" + i, MailClass.REMINDER);
        }
        for (int i = 0; i < 6; i++) {
            bench.send();
        }
        Channel channel = bench.channel();
        assertThat(channel.state()).isEqualTo("paused");
        assertThat(channel.reason()).contains("550 5.7.1 not you");
        assertThat(channel.failures()).isEqualTo(3);
        bench.smtp.usual();
        bench.sendAfter(Duration.ofMinutes(16));
        assertThat(bench.channel().state()).isEqualTo("open");
        assertThat(bench.smtp.taken()).hasSize(6);
    }

    /** What is refused for policy, at whatever step, is refused to us: nobody is blamed, and everything leaves once that is put right. */
    @Test
    void aRefusalForPolicyPausesTheChannelAndLosesNothing() {
        for (String[] step :
                new String[][] {{"RCPT", "554 5.7.1 Relay access denied"}, {"DOT", "550 5.7.26 no DMARC"}}) {
            bench.smtp.answering(step[0], step[1]);
            List<UUID> ids = List.of(
                    bench.enqueue(step[0] + 1, MailClass.ASSIGNMENT),
                    bench.enqueue(step[0] + 2, MailClass.REMINDER),
                    bench.enqueue(step[0] + 3, MailClass.REMINDER));
            for (int i = 0; i < 4; i++) {
                bench.send();
            }
            Channel channel = bench.channel();
            assertThat(channel.state()).as(step[1]).isEqualTo("paused");
            assertThat(channel.reason()).contains(step[1]);
            assertThat(ids).allMatch(id -> bench.stateOf(id) == MailState.RETRY);
            assertThat(bench.records("mail.refused")).isZero();
            assertThat(bench.count("address_health")).isZero();
            bench.smtp.usual();
            bench.sendAfter(Duration.ofMinutes(16));
            assertThat(ids).allMatch(id -> bench.stateOf(id) == MailState.ACCEPTED);
        }
    }

    /** A group that takes no mail from outside is no reason to keep mail from everybody else: the one is tried again, the others leave. */
    @Test
    void aRecipientRefusedForPolicyWhileOthersAreServedStopsNobody() {
        List<UUID> ids = IntStream.range(0, 6)
                .mapToObj(i -> bench.enqueue("p" + i, MailClass.REMINDER))
                .toList();
        bench.smtp.afterEach(taken -> {
            if (taken == 2) {
                bench.smtp.answering("RCPT", "550 5.7.1 no mail from outside");
            }
        });
        drain(bench.relay);
        assertThat(ids.stream().filter(id -> bench.stateOf(id) == MailState.ACCEPTED))
                .hasSizeGreaterThanOrEqualTo(2);
        assertThat(ids.stream().filter(id -> bench.stateOf(id) == MailState.RETRY))
                .isNotEmpty();
        Channel channel = bench.channel();
        assertThat(channel.state()).isEqualTo("open");
        assertThat(channel.failures()).isZero();
        bench.smtp.usual().afterEach(taken -> {});
        bench.sendAfter(Duration.ofMinutes(2));
        assertThat(ids).allMatch(id -> bench.stateOf(id) == MailState.ACCEPTED);
    }

    /** Case 102, with two nodes and 300 mails. */
    @Test
    void twoNodesSendEachMailOnce() throws Exception {
        for (int i = 0; i < 300; i++) {
            bench.enqueue("m" + i, MailClass.SERVICE);
        }
        try (Relay other = bench.relay()) {
            ExecutorService nodes = Executors.newFixedThreadPool(2);
            Callable<Integer> first = () -> drain(bench.relay);
            Callable<Integer> second = () -> drain(other);
            for (var result : nodes.invokeAll(List.of(first, second))) {
                result.get();
            }
            nodes.shutdown();
        }
        drain(bench.relay);
        assertThat(messageIds()).hasSize(300).doesNotHaveDuplicates();
    }

    @Test
    void aServerThatTakesFewerConnectionsStillGetsEveryMailOnce() {
        bench.smtp.serving(1);
        for (int i = 0; i < 14; i++) {
            bench.enqueue("m" + i, MailClass.SERVICE);
        }
        drain(bench.relay);
        bench.clock.advance(Duration.ofMinutes(2));
        drain(bench.relay);
        assertThat(messageIds()).hasSize(14).doesNotHaveDuplicates();
        Channel channel = bench.channel();
        assertThat(channel.state()).isEqualTo("open");
        assertThat(channel.failures()).isZero();
    }

    /** What was marked and not handed over when the channel failed is as it was; several connections fail as one. */
    @Test
    void aServerThatBeginsToRefuseUsLeavesTheOthersUntouched() {
        bench.smtp.afterEach(taken -> {
            if (taken == 5) {
                bench.smtp.answering("MAIL", "550 5.7.1 not you");
            }
        });
        for (int i = 0; i < 14; i++) {
            bench.enqueue("m" + i, MailClass.SERVICE);
        }
        bench.send();
        Map<String, Integer> states = bench.states();
        assertThat(states).doesNotContainKeys("sending", "uncertain");
        assertThat(states.get("accepted")).isEqualTo(bench.smtp.taken().size()).isBetween(5, 7);
        assertThat(states.get("retry")).isBetween(1, 3);
        assertThat(states.get("queued")).isEqualTo(14 - states.get("accepted") - states.get("retry"));
        long attempts = Sql.number(bench.database, "select sum(attempts) from outbox");
        assertThat(attempts).isEqualTo(states.get("accepted") + states.get("retry"));
        assertThat(bench.channel().failures()).isEqualTo(1);
    }

    @Test
    void aMailThatChangedSinceItWasRenderedIsNotSent() {
        UUID id = bench.enqueue("a", MailClass.REMINDER);
        Instant now = bench.clock.instant();
        bench.database.useTransaction(tx -> bench.outbox.postpone(tx, id, now.plusSeconds(60)));
        int[] claimed = bench.database.inTransaction(tx ->
                tx.attach(OutboxDao.class).claim(List.of(id), List.of(1L), UUID.randomUUID(), now.plusSeconds(900)));
        assertThat(claimed).containsExactly(0);
        assertThat(bench.stateOf(id)).isEqualTo(MailState.QUEUED);
    }

    private int drain(Relay relay) {
        int sum = 0;
        for (int done = 1; done > 0; sum += done) {
            done = relay.run(bench.clock.instant());
        }
        return sum;
    }

    private List<String> messageIds() {
        Pattern header = Pattern.compile("(?m)^Message-ID: (\\S+)$");
        return bench.smtp.taken().stream()
                .map(header::matcher)
                .filter(Matcher::find)
                .map(matcher -> matcher.group(1))
                .toList();
    }
}
