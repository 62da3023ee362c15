package dev.ronde.reply.inbox;

import dev.ronde.mail.imap.ImapFetcher;
import dev.ronde.mail.trial.Trials;
import dev.ronde.platform.schedule.Tick;
import java.time.Duration;
import java.time.Instant;

/** Looks into the mailbox more often while somebody waits for a mail that Ronde sent to itself. */
final class TrialWatch implements Tick {
    private final Trials trials;
    private final ImapFetcher fetcher;

    TrialWatch(Trials trials, ImapFetcher fetcher) {
        this.trials = trials;
        this.fetcher = fetcher;
    }

    @Override
    public String name() {
        return "mail-trial";
    }

    @Override
    public Duration every() {
        return Duration.ofSeconds(3);
    }

    @Override
    public int run(Instant now) {
        return trials.waiting(now) ? fetcher.poll() : 0;
    }
}
