package dev.ronde.mail;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Stops a storm of mails: once more are queued in an hour than max(200, 5 × the mean of 28 days), the rest is held until
 * a lead releases, collapses or discards it. In the hour after that decision only what came since counts.
 */
final class Brake {
    private static final long LEAST = 200;
    private static final int TIMES_THE_MEAN = 5;
    static final Duration WINDOW = Duration.ofHours(1);
    private static final Duration MEMORY = Duration.ofDays(28);

    /** How many mails in one hour were too many; 0 if the channel rests for another reason. */
    static long limit(@Nullable String reason) {
        return MailReason.read(reason)
                .filter(said -> said.reason() == MailReason.BRAKE)
                .map(said -> Long.parseLong(said.values().get(0)))
                .orElse(0L);
    }

    /** How many more mails may be queued for an instant, on top of the queued ones, before one is held. */
    static long room(Handle handle, Instant at) {
        Channel channel = handle.attach(ChannelDao.class).get();
        OutboxDao dao = handle.attach(OutboxDao.class);
        long lastHour = lastHour(dao, channel, at);
        long limit =
                Math.max(LEAST, TIMES_THE_MEAN * (dao.countBraked(at.minus(MEMORY)) - lastHour) / MEMORY.toHours());
        return channel.held() ? 0 : Math.max(0, limit - lastHour);
    }

    private static long lastHour(OutboxDao dao, Channel channel, Instant at) {
        Instant quietUntil = channel.quietUntil();
        return quietUntil != null && at.isBefore(quietUntil)
                ? dao.countBraked(quietUntil.minus(WINDOW)) - channel.letThrough()
                : dao.countBraked(at.minus(WINDOW));
    }

    /** Why the next mail must be held; empty if it may go. */
    Optional<String> check(Handle tx, Instant now) {
        ChannelDao channels = tx.attach(ChannelDao.class);
        Channel channel = channels.get();
        if (channel.held()) {
            return Optional.of(String.valueOf(channel.reason()));
        }
        OutboxDao dao = tx.attach(OutboxDao.class);
        long lastHour = lastHour(dao, channel, now);
        if (lastHour < LEAST) {
            return Optional.empty();
        }
        long limit =
                Math.max(LEAST, TIMES_THE_MEAN * (dao.countBraked(now.minus(MEMORY)) - lastHour) / MEMORY.toHours());
        if (lastHour < limit) {
            return Optional.empty();
        }
        String reason = MailReason.BRAKE.with(Long.toString(limit));
        channels.hold(reason, now);
        return Optional.of(reason);
    }
}
