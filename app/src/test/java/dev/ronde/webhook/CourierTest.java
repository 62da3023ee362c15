package dev.ronde.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ronde.evidence.Actor;
import dev.ronde.evidence.EvidenceLog;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Query;
import dev.ronde.platform.problem.Problem;
import dev.ronde.platform.time.Ids;
import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.HookReceiver;
import dev.ronde.testing.TestClock;
import dev.ronde.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What becomes of messages that were made. */
final class CourierTest {
    private final TestClock clock = new TestClock();

    @AutoClose
    private final TestDatabase test = TestDatabase.open(DatabaseKind.H2);

    @AutoClose
    private final HookReceiver receiver = new HookReceiver();

    private final Database database = test.database();
    private final EvidenceLog log = new EvidenceLog(clock, "n1/test");
    private final Webhooks webhooks = new Webhooks(clock, log);
    private final Courier courier = new Courier(database, clock, webhooks);
    private final Deliveries deliveries = new Deliveries(database, clock, log, webhooks, courier);
    private final UUID webhook = database.inTransaction(tx -> webhooks.add(
                    tx, new Webhooks.Draft(receiver.url(), "Chat", List.of("asset.created"), null), Actor.SYSTEM))
            .id();

    private UUID message() {
        Instant now = clock.instant();
        UUID id = Ids.next(clock);
        Delivery waiting =
                new Delivery(id, webhook, id, "asset.created", "{}", Delivery.State.WAITING, 0, now, now, null);
        database.useTransaction(tx -> tx.attach(DeliveryDao.class).insert(waiting));
        return id;
    }

    private int runAfter(Duration pause) {
        clock.advance(pause);
        return courier.run(clock.instant());
    }

    private Delivery.State state(UUID id) {
        return deliveries.get(webhook, id).delivery().state();
    }

    @Test
    void whatIsNotTakenIsSentAgainUnderTheSameIdUntilThreeDaysHavePassed() {
        receiver.answer(500, 302, 404, 503, 503, 503, 503, 503, 503, 503, 204);
        UUID id = message();
        for (String pause :
                List.of("PT0S", "PT5S", "PT5M", "PT30M", "PT2H", "PT5H", "PT10H", "PT14H", "PT20H", "PT24H", "P9D")) {
            runAfter(Duration.parse(pause));
        }
        assertThat(receiver.received()).hasSize(10);
        assertThat(receiver.received().stream()
                        .map(message -> message.headers().get("webhook-id"))
                        .distinct())
                .hasSize(1);
        assertThat(state(id)).isEqualTo(Delivery.State.FAILED);
        List<Delivery.Attempt> attempts = deliveries.get(webhook, id).attempts();
        assertThat(attempts.get(0).answer()).isEqualTo("all is well");
        assertThat(attempts.get(1).status()).isEqualTo(302);
        Delivery again = deliveries.redeliver(webhook, id, Actor.SYSTEM).delivery();
        assertThat(again.state()).isEqualTo(Delivery.State.DELIVERED);
        assertThat(again.attempts()).isEqualTo(11);
    }

    @Test
    void aReceiverThatIsGoneHearsNothingUntilItIsSwitchedOnAgain() {
        receiver.answer(410);
        message();
        runAfter(Duration.ZERO);
        assertThat(database.read(handle -> webhooks.get(handle, webhook)).disabledReason())
                .contains("410");
        UUID second = message();
        assertThat(runAfter(Duration.ofMinutes(1))).isZero();
        assertThatThrownBy(() -> deliveries.test(webhook, Actor.SYSTEM))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.status()).isEqualTo(409));
        database.inTransaction(
                tx -> webhooks.change(tx, webhook, new Webhooks.Draft(null, null, null, true), Actor.SYSTEM));
        runAfter(Duration.ofMinutes(1));
        assertThat(state(second)).isEqualTo(Delivery.State.DELIVERED);
    }

    @Test
    void twoSecretsSignForADayAfterARotation() {
        database.inTransaction(tx -> webhooks.rotate(tx, webhook, Actor.SYSTEM));
        message();
        runAfter(Duration.ZERO);
        message();
        runAfter(Duration.ofHours(25));
        assertThat(receiver.received())
                .extracting(
                        message -> message.headers().get("webhook-signature").split(" ").length)
                .containsExactly(2, 1);
    }

    @Test
    void aTestSaysWhatBecameOfIt() {
        assertThat(deliveries.test(webhook, Actor.SYSTEM).delivery().state()).isEqualTo(Delivery.State.DELIVERED);
        receiver.close();
        Deliveries.Detail unreachable = deliveries.test(webhook, Actor.SYSTEM);
        assertThat(unreachable.delivery().state()).isEqualTo(Delivery.State.WAITING);
        assertThat(unreachable.attempts().get(0).answer()).contains("Connect");
        assertThat(unreachable.attempts().get(0).status()).isNull();
    }

    @Test
    void messagesAreForgottenAfterThirtyDaysAndGoWithTheirWebhook() {
        for (int i = 0; i < 12; i++) {
            message();
        }
        assertThat(runAfter(Duration.ZERO) + runAfter(Duration.ZERO)).isEqualTo(12);
        assertThat(receiver.received()).hasSize(12);
        assertThat(count()).isEqualTo(12);
        clock.advance(Duration.ofDays(31));
        new Gatherer(database, clock, new EventBody("https://ronde.example.org")).run(clock.instant());
        assertThat(count()).isZero();
        message();
        runAfter(Duration.ZERO);
        database.useTransaction(tx -> webhooks.remove(tx, webhook, Actor.SYSTEM));
        assertThat(database.read(webhooks::all)).isEmpty();
    }

    private long count() {
        return deliveries.list(webhook, Query.decoded("", List.of())).count();
    }
}
