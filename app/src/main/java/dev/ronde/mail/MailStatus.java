package dev.ronde.mail;

import dev.ronde.mail.health.AddressHealth;
import dev.ronde.mail.health.HealthState;
import dev.ronde.mail.health.HeldDomain;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Banner;
import dev.ronde.platform.http.Principal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How mail is doing, in one sentence: silence must never reassure. */
public record MailStatus(Database database, InstantSource clock, boolean configured) implements Banner.Source {
    /** How long after expiry leads are told of mails that nobody took; sending one again takes it off the count. */
    private static final Duration EXPIRED_SHOWN = Duration.ofDays(7);

    /**
     * The present state.
     *
     * @param reason what the server said, or why the brake acts; empty where open
     * @param limit how many mails in one hour were too many; 0 where the brake does not act
     * @param expired mails that nobody took, of the last seven days
     */
    public record Now(
            boolean configured,
            String state,
            String reason,
            long limit,
            @Nullable Instant since,
            long queued,
            long retry,
            long held,
            long uncertain,
            long expired) {}

    /** Counts the mails in a state, one of the words of {@link MailState}. */
    public long count(String state) {
        return database.read(handle -> handle.attach(OutboxDao.class).count(state));
    }

    public Now now() {
        return database.read(handle -> {
            Channel channel = handle.attach(ChannelDao.class).get();
            Map<String, Long> counts =
                    handle.attach(OutboxDao.class).countWaiting(clock.instant().minus(EXPIRED_SHOWN));
            return new Now(
                    configured,
                    channel.state(),
                    channel.reason() == null ? "" : channel.reason(),
                    Brake.limit(channel.reason()),
                    channel.sinceAt(),
                    counts.getOrDefault("queued", 0L),
                    counts.getOrDefault("retry", 0L),
                    counts.getOrDefault("held", 0L),
                    counts.getOrDefault("uncertain", 0L),
                    counts.getOrDefault("expired", 0L));
        });
    }

    public long troubled(HealthState state) {
        return database.read(handle -> new AddressHealth().count(handle, state));
    }

    @Override
    public List<Banner> banners(Principal principal) {
        if (!principal.lead()) {
            return List.of();
        }
        Now now = now();
        List<Banner> banners = new ArrayList<>();
        for (HeldDomain held : database.read(handle -> new AddressHealth().held(handle, clock.instant()))) {
            banners.add(new Banner("warn", "mail.banner.domain", List.of(held.domain())));
        }
        if (!configured) {
            banners.add(new Banner("warn", "mail.banner.off", List.of(now.queued())));
        }
        if (now.state().equals("paused")) {
            banners.add(new Banner("error", "mail.banner.paused", List.of(now.reason())));
        }
        if (now.expired() > 0) {
            banners.add(new Banner("error", "mail.banner.expired", List.of(now.expired())));
        }
        if (now.held() > 0) {
            banners.add(new Banner("warn", "mail.banner.held", List.of(now.held(), now.limit())));
        }
        return banners;
    }
}
