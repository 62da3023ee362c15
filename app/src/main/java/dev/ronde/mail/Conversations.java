package dev.ronde.mail;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The mails that left before to the same people about the same things, read once for many mails. */
final class Conversations {
    private final Map<About, Ends> ends = new HashMap<>();

    private Conversations() {}

    private record About(@Nullable UUID subjectId, @Nullable UUID personId) {}

    private record Ends(String first, String last) {}

    static Conversations of(Handle handle, List<OutboxMail> mails) {
        Conversations all = new Conversations();
        List<UUID> people = mails.stream()
                .filter(mail -> mail.subjectId() != null)
                .map(OutboxMail::personId)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        if (!people.isEmpty()) {
            List<UUID> subjects = mails.stream()
                    .map(OutboxMail::subjectId)
                    .filter(Objects::nonNull)
                    .distinct()
                    .toList();
            for (OutboxDao.SentMail left : handle.attach(OutboxDao.class).listLeft(people, subjects)) {
                all.ends.merge(
                        new About(left.subjectId(), left.personId()),
                        new Ends(left.messageId(), left.messageId()),
                        (before, now) -> new Ends(before.first(), now.last()));
            }
        }
        return all;
    }

    /** The root, the first and the last mail that left: at most three ids. */
    String references(OutboxMail mail, String root) {
        Ends found = ends.get(new About(mail.subjectId(), mail.personId()));
        if (found == null) {
            return root;
        }
        return found.first().equals(found.last())
                ? root + " " + found.first()
                : root + " " + found.first() + " " + found.last();
    }
}
