package dev.ronde;

import dev.ronde.inbound.answer.InboxRoom;
import dev.ronde.inbound.inbox.Decision;
import dev.ronde.inbound.inbox.Inbox;
import dev.ronde.mail.MailStatus;
import dev.ronde.mail.health.HealthState;
import dev.ronde.platform.db.Database;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** What Prometheus is told about mail: how much waits to leave and to be decided, and what became of what arrived. */
final class MailMetrics {
    private MailMetrics() {}

    static void register(MeterRegistry metrics, MailStatus outbox, InboxRoom arriving, InstantSource clock) {
        Asked asked = new Asked(clock);
        Inbox inbox = arriving.inbox();
        Gauge.builder(
                        "ronde.mailbox.readable",
                        arriving.mailbox(),
                        asked.of(mailbox -> mailbox.trouble().isEmpty() ? 1 : 0))
                .description("1 while the mailbox can be read, or none is configured")
                .register(metrics);
        Gauge.builder("ronde.inbox.waiting", inbox, asked.of(Inbox::waiting))
                .description("Messages that arrived and are not decided yet")
                .register(metrics);
        for (Decision decision : Decision.values()) {
            Gauge.builder("ronde.inbox.messages", inbox, asked.of(found -> found.decided(decision)))
                    .tag("decision", decision.word())
                    .description("Messages by what was decided about them")
                    .register(metrics);
        }
        for (String state : List.of("queued", "retry", "held", "uncertain")) {
            Gauge.builder("ronde.outbox.mails", outbox, asked.of(status -> status.count(state)))
                    .tag("state", state)
                    .description("Mails that have not left")
                    .register(metrics);
        }
        for (String state : List.of("refused", "bounced", "expired")) {
            Gauge.builder("ronde.outbox.undelivered", outbox, asked.of(status -> status.count(state)))
                    .tag("state", state)
                    .description("Mails that never arrived, as long as they are kept")
                    .register(metrics);
        }
        for (HealthState state : List.of(HealthState.SUSPECT, HealthState.UNREACHABLE)) {
            Gauge.builder("ronde.mail.addresses", outbox, asked.of(status -> status.troubled(state)))
                    .tag("state", state.word())
                    .description("Addresses that mail servers refuse")
                    .register(metrics);
        }
        Gauge.builder(
                        "ronde.mail.open",
                        outbox,
                        asked.of(status -> status.now().state().equals("open") ? 1 : 0))
                .description("1 while mail may leave, 0 while the channel is paused or held")
                .register(metrics);
    }

    /** Asks the database for a figure; where it does not answer, none is asked for again for a while, so that the rest is told at once. */
    private static final class Asked {
        private static final Duration SILENT = Duration.ofMinutes(2);

        private final InstantSource clock;
        private volatile Instant silentUntil = Instant.MIN;

        Asked(InstantSource clock) {
            this.clock = clock;
        }

        <T> ToDoubleFunction<T> of(ToDoubleFunction<T> figure) {
            return from -> {
                if (clock.instant().isBefore(silentUntil)) {
                    return Double.NaN;
                }
                try {
                    return figure.applyAsDouble(from);
                } catch (RuntimeException e) {
                    if (!Database.isUnavailable(e)) {
                        throw e;
                    }
                    silentUntil = clock.instant().plus(SILENT);
                    return Double.NaN;
                }
            };
        }
    }
}
