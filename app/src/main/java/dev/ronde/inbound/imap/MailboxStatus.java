package dev.ronde.inbound.imap;

import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Banner;
import dev.ronde.platform.http.Principal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Whether answers arrive: a mailbox that cannot be read must not look like one to which nobody writes.
 *
 * @param server none where no mailbox is configured
 */
public record MailboxStatus(Database database, Optional<ImapServer> server, InstantSource clock)
        implements Banner.Source {
    private static final Duration SILENT = Duration.ofMinutes(10);

    /** Why the mailbox is not being read; empty where it is, where there is none, and before its first poll. */
    public Optional<String> trouble() {
        return server.flatMap(known ->
                        database.read(handle -> handle.attach(MailboxDao.class).find(known.mailbox())))
                .flatMap(this::trouble);
    }

    private Optional<String> trouble(MailboxMark mark) {
        if (mark.error() != null) {
            return Optional.of(mark.error());
        }
        return Optional.ofNullable(mark.polledAt())
                .filter(at -> at.plus(SILENT).isBefore(clock.instant()))
                .map(at -> "last read at " + at);
    }

    @Override
    public List<Banner> banners(Principal principal) {
        return principal.lead()
                ? trouble().stream()
                        .map(why -> new Banner("error", "mail.banner.inbox", List.of(why)))
                        .toList()
                : List.of();
    }
}
