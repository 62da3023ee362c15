package dev.ronde.webhook;

import dev.ronde.evidence.EvidenceLog;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.PageRenderer;
import dev.ronde.platform.http.Routes;
import dev.ronde.platform.schedule.Tick;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;

/** Who outside is told of what is sealed; the ticks come after the one that seals. */
public final class WebhookRoom {
    private final Database database;
    private final InstantSource clock;
    private final Webhooks webhooks;
    private final Deliveries deliveries;
    private final List<Tick> ticks;

    public WebhookRoom(Database database, InstantSource clock, EvidenceLog evidence, URI baseUrl) {
        this.database = database;
        this.clock = clock;
        this.webhooks = new Webhooks(clock, evidence);
        Courier courier = new Courier(database, clock, webhooks);
        this.deliveries = new Deliveries(database, clock, evidence, webhooks, courier);
        EventBody body = new EventBody(baseUrl.toString().replaceAll("/+$", ""));
        this.ticks = List.of(new Gatherer(database, clock, body), courier);
    }

    public List<Tick> ticks() {
        return ticks;
    }

    public List<Routes> routes(PageRenderer pages) {
        return List.of(new WebhookPages(database, clock, webhooks, deliveries, pages));
    }
}
