package dev.ronde;

import dev.ronde.mail.MailStatus;
import dev.ronde.mail.health.HealthState;
import dev.ronde.mail.inbox.Decision;
import dev.ronde.mail.inbox.Inbox;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;

/** What Prometheus is told about mail: how much waits to leave and to be decided, and what became of what arrived. */
final class MailMetrics {
    private MailMetrics() {}

    static void register(MeterRegistry metrics, MailStatus outbox, Inbox inbox) {
        Gauge.builder("ronde.inbox.waiting", inbox, Inbox::waiting)
                .description("Messages that arrived and are not decided yet")
                .register(metrics);
        for (Decision decision : Decision.values()) {
            Gauge.builder("ronde.inbox.messages", inbox, found -> found.decided(decision))
                    .tag("decision", decision.word())
                    .description("Messages by what was decided about them")
                    .register(metrics);
        }
        Gauge.builder("ronde.outbox.mails", outbox, status -> status.now().queued())
                .tag("state", "queued")
                .description("Mails that have not left")
                .register(metrics);
        Gauge.builder("ronde.outbox.mails", outbox, status -> status.now().retry())
                .tag("state", "retry")
                .description("Mails that have not left")
                .register(metrics);
        Gauge.builder("ronde.outbox.mails", outbox, status -> status.now().held())
                .tag("state", "held")
                .description("Mails that have not left")
                .register(metrics);
        Gauge.builder("ronde.outbox.mails", outbox, status -> status.now().uncertain())
                .tag("state", "uncertain")
                .description("Mails that have not left")
                .register(metrics);
        for (HealthState state : List.of(HealthState.SUSPECT, HealthState.UNREACHABLE)) {
            Gauge.builder("ronde.mail.addresses", outbox, status -> status.troubled(state))
                    .tag("state", state.word())
                    .description("Addresses that mail servers refuse")
                    .register(metrics);
        }
        Gauge.builder("ronde.mail.open", outbox, status -> status.now().state().equals("open") ? 1 : 0)
                .description("1 while mail may leave, 0 while the channel is paused or held")
                .register(metrics);
    }
}
