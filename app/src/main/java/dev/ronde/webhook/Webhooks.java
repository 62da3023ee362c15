package dev.ronde.webhook;

import dev.ronde.evidence.Actor;
import dev.ronde.evidence.Evidence;
import dev.ronde.evidence.EvidenceLog;
import dev.ronde.evidence.Subject;
import dev.ronde.platform.problem.Problem;
import dev.ronde.platform.time.Ids;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Who is told: webhooks are added, changed, given new secrets, switched off and on, and removed; each leaves a record. */
public record Webhooks(InstantSource clock, EvidenceLog log) {
    static final Duration OVERLAP = Duration.ofHours(24);

    private static final int MOST = 50;
    private static final int LONGEST_DESCRIPTION = 200;

    /**
     * What somebody asks for; null leaves a thing as it is.
     *
     * @param events kinds of records, see {@link EventFilter}
     * @param enabled whether it hears anything
     */
    record Draft(
            @Nullable String url,
            @Nullable String description,
            @Nullable List<String> events,
            @Nullable Boolean enabled) {}

    Webhook add(Handle tx, Draft draft, Actor by) {
        WebhookDao dao = tx.attach(WebhookDao.class);
        if (dao.all().size() >= MOST) {
            throw Problem.conflict("too_many", "There are " + MOST + " webhooks. Remove one that is not needed.");
        }
        URI url = WebhookAddress.of(Objects.requireNonNullElse(draft.url(), ""));
        EventFilter filter = EventFilter.of(Objects.requireNonNullElse(draft.events(), List.of()));
        Webhook webhook = new Webhook(
                Ids.next(clock),
                url.toString(),
                description(draft.description(), ""),
                filter.text(),
                Signature.freshSecret(),
                null,
                null,
                ledgerSize(dao),
                null,
                null,
                by.ref(),
                clock.instant(),
                1);
        dao.insert(webhook);
        log.append(tx, record("webhook.created", webhook, by));
        return webhook;
    }

    Webhook get(Handle handle, UUID id) {
        return handle.attach(WebhookDao.class).find(id).orElseThrow(() -> Problem.notFound("webhook", id));
    }

    List<Webhook> all(Handle handle) {
        return handle.attach(WebhookDao.class).all();
    }

    /** A webhook that is switched on again hears only of what is sealed from then on. */
    Webhook change(Handle tx, UUID id, Draft draft, Actor by) {
        Webhook before = locked(tx, id);
        String url = draft.url() == null
                ? before.url()
                : WebhookAddress.of(draft.url()).toString();
        String events = draft.events() == null
                ? before.events()
                : EventFilter.of(draft.events()).text();
        boolean on = draft.enabled() == null ? before.enabled() : draft.enabled();
        boolean woken = on && !before.enabled();
        WebhookDao dao = tx.attach(WebhookDao.class);
        Webhook after = new Webhook(
                id,
                url,
                description(draft.description(), before.description()),
                events,
                before.secret(),
                before.oldSecret(),
                before.oldUntil(),
                woken ? ledgerSize(dao) : before.nextIndex(),
                on ? null : Objects.requireNonNullElseGet(before.disabledAt(), clock::instant),
                on ? null : Objects.requireNonNullElse(before.disabledReason(), "switched off"),
                before.createdBy(),
                before.createdAt(),
                before.version() + 1);
        List<String> changed = changed(before, after);
        if (changed.isEmpty()) {
            return before;
        }
        dao.update(after);
        log.append(tx, record("webhook.changed", after, by).changed(changed));
        return after;
    }

    /** The old secret also signs for 24 hours. */
    Webhook rotate(Handle tx, UUID id, Actor by) {
        locked(tx, id);
        Instant until = clock.instant().plus(OVERLAP);
        tx.attach(WebhookDao.class).rotate(id, Signature.freshSecret(), until);
        Webhook after = get(tx, id);
        log.append(tx, record("webhook.changed", after, by).changed(List.of("secret")));
        return after;
    }

    void remove(Handle tx, UUID id, Actor by) {
        Webhook webhook = locked(tx, id);
        DeliveryDao deliveries = tx.attach(DeliveryDao.class);
        deliveries.deleteAllAttempts(id);
        deliveries.deleteAll(id);
        tx.attach(WebhookDao.class).delete(id);
        log.append(tx, record("webhook.removed", webhook, by));
    }

    /** The receiver answered 410: nothing more is sent until somebody enables the webhook again. */
    void gone(Handle tx, UUID id) {
        if (tx.attach(WebhookDao.class).disable(id, clock.instant(), "the receiver answered 410 Gone") == 1) {
            log.append(tx, record("webhook.changed", get(tx, id), Actor.SYSTEM).changed(List.of("enabled")));
        }
    }

    /** Locks the webhook until the transaction ends; 404 if there is none. */
    Webhook locked(Handle tx, UUID id) {
        return tx.attach(WebhookDao.class).lock(id).orElseThrow(() -> Problem.notFound("webhook", id));
    }

    static long ledgerSize(WebhookDao dao) {
        return dao.ledgerSize().orElse(0L);
    }

    private static String description(@Nullable String asked, String before) {
        if (asked == null) {
            return before;
        }
        String clean = asked.strip();
        if (clean.length() > LONGEST_DESCRIPTION || clean.chars().anyMatch(Character::isISOControl)) {
            throw Problem.invalid(
                    "/description",
                    "too_long",
                    "A description is one line of at most " + LONGEST_DESCRIPTION + " characters");
        }
        return clean;
    }

    private static List<String> changed(Webhook before, Webhook after) {
        List<String> changed = new ArrayList<>();
        if (!before.url().equals(after.url())) {
            changed.add("url");
        }
        if (!before.description().equals(after.description())) {
            changed.add("description");
        }
        if (!before.events().equals(after.events())) {
            changed.add("events");
        }
        if (before.enabled() != after.enabled()) {
            changed.add("enabled");
        }
        return changed;
    }

    /** A record holds the host only: the path of an address may be a secret. */
    private static Evidence record(String type, Webhook webhook, Actor by) {
        return Evidence.of(type, by, new Subject("webhook", webhook.id().toString(), webhook.version()))
                .data("host", URI.create(webhook.url()).getHost())
                .data("events", webhook.filter().patterns())
                .data("enabled", webhook.enabled());
    }
}
