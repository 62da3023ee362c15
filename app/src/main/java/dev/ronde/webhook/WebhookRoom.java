package dev.ronde.webhook;

import dev.ronde.evidence.EvidenceLog;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.PageRenderer;
import dev.ronde.platform.http.Routes;
import dev.ronde.platform.schedule.Tick;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;

/** The services around webhooks, wired once. */
public record WebhookRoom(
        Database database, InstantSource clock, Webhooks webhooks, Deliveries deliveries, List<Tick> ticks) {
    public WebhookRoom {
        ticks = List.copyOf(ticks);
    }

    /** Wires them; the ticks come after the one that seals. */
    public static WebhookRoom open(Database database, InstantSource clock, EvidenceLog evidence, URI baseUrl) {
        Webhooks webhooks = new Webhooks(clock, evidence);
        Courier courier = new Courier(database, clock, webhooks);
        Gatherer gatherer =
                new Gatherer(database, clock, new EventBody(baseUrl.toString().replaceAll("/+$", "")));
        return new WebhookRoom(
                database,
                clock,
                webhooks,
                new Deliveries(database, clock, evidence, webhooks, courier),
                List.of(gatherer, courier));
    }

    /** Every route of webhooks. */
    public List<Routes> routes(PageRenderer pages) {
        return List.of(new WebhookApi(this), new WebhookPages(this, pages));
    }
}
