package dev.ronde.reminder;

import dev.ronde.account.People;
import dev.ronde.account.Person;
import dev.ronde.finding.NoticeLookup;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Who was told of a finding, from the notices. */
public final class ToldOfFindings implements NoticeLookup {
    private final People people;

    public ToldOfFindings(People people) {
        this.people = people;
    }

    @Override
    public List<Told> told(Handle handle, UUID findingId) {
        return handle.attach(NoticeDao.class).listOf(findingId).stream()
                .map(notice -> {
                    Instant settled = notice.settledAt();
                    return new Told(
                            people.find(handle, notice.personId())
                                    .map(Person::name)
                                    .orElse("–"),
                            notice.state(),
                            settled == null ? notice.plannedAt() : settled,
                            notice.outboxId());
                })
                .toList();
    }
}
