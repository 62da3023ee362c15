package dev.ronde.retention;

import dev.ronde.account.People;
import dev.ronde.account.Person;
import dev.ronde.evidence.Actor;
import dev.ronde.evidence.Evidence;
import dev.ronde.evidence.EvidenceLog;
import dev.ronde.evidence.Subject;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.problem.Problem;
import dev.ronde.platform.time.Ids;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Sets and releases legal holds; each is a record. */
public record Holds(Database database, InstantSource clock, EvidenceLog evidence, People people) {
    private static final int LONGEST_REASON = 400;

    /**
     * A hold as somebody wants it; what is null does not narrow it.
     *
     * @param person address or reference
     * @param from first day of what stays, in UTC
     * @param to last day of what stays, in UTC, included
     * @param until last day of the hold, in UTC, included; null where somebody must release it
     */
    public record Wanted(
            @Nullable String asset,
            @Nullable String person,
            @Nullable LocalDate from,
            @Nullable LocalDate to,
            @Nullable LocalDate until,
            @Nullable String reason) {}

    /** Newest first. */
    public List<Hold> list() {
        return database.read(handle -> handle.attach(HoldDao.class).list());
    }

    /** Sets a hold; {@link Problem} 422 without a reason, for somebody or something that does not exist, or for days that end before they begin */
    public Hold set(Wanted wanted, Actor by) {
        String reason = wanted.reason() == null ? "" : wanted.reason().strip();
        if (reason.isEmpty() || reason.length() > LONGEST_REASON) {
            throw Problem.invalid("/reason", "required", "Say why it must stay, in at most 400 characters.");
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Instant from = start(wanted.from());
        Instant until = wanted.to() == null ? null : start(wanted.to().plusDays(1));
        if (from != null && until != null && !until.isAfter(from)) {
            throw Problem.invalid("/to", "bad_value", "The last day is before the first day. Swap them.");
        }
        Instant endsAt = wanted.until() == null ? null : start(wanted.until().plusDays(1));
        if (endsAt != null && !endsAt.isAfter(now)) {
            throw Problem.invalid("/until", "bad_value", "The hold would be over. Name a later day, or none.");
        }
        return database.inTransaction(tx -> {
            String asset = blankless(wanted.asset());
            if (asset != null && !tx.attach(HoldDao.class).existsAsset(asset)) {
                throw Problem.invalid(
                        "/asset", "unknown_asset", "There is no asset " + asset + ". Check its spelling.");
            }
            String person = blankless(wanted.person());
            String ref = person == null ? null : named(tx, people, person).actorRef();
            Hold hold = new Hold(Ids.next(clock), asset, ref, from, until, reason, endsAt, by.ref(), now, null, null);
            tx.attach(HoldDao.class).insert(hold);
            evidence.append(tx, record("hold.set", hold, by).priv("reason", reason));
            return hold;
        });
    }

    /** Ends a hold; {@link Problem} 404 for an unknown one, 409 for one that is over */
    public Hold release(UUID id, Actor by) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return database.inTransaction(tx -> {
            HoldDao dao = tx.attach(HoldDao.class);
            Hold hold = dao.find(id).orElseThrow(() -> Problem.notFound("hold", id));
            if (dao.release(id, by.ref(), now) == 0) {
                throw Problem.conflict("over", "This hold is over.");
            }
            evidence.append(tx, record("hold.released", hold, by));
            return dao.find(id).orElseThrow();
        });
    }

    /** @throws Problem 422 where nobody has this address or reference */
    static Person named(Handle handle, People people, String person) {
        return people.findByRef(handle, person)
                .or(() -> people.findByEmail(handle, person))
                .orElseThrow(() -> Problem.invalid(
                        "/person", "unknown_person", "Nobody has this address or reference. See: ronde user list"));
    }

    private static @Nullable Instant start(@Nullable LocalDate day) {
        return day == null ? null : day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private static @Nullable String blankless(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }

    private static Evidence record(String type, Hold hold, Actor by) {
        Evidence record = Evidence.of(type, by, Subject.of("hold", hold.id()))
                .data("person", hold.person())
                .data("from", hold.from())
                .data("until", hold.until())
                .data("ends", hold.endsAt());
        return hold.asset() == null ? record : record.asset(hold.asset());
    }
}
