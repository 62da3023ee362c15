package dev.ronde.review.handover;

import dev.ronde.account.People;
import dev.ronde.account.Person;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Who hands over: a person, and where they leave altogether also the teams of which they are the last, because nobody would answer for what
 * those have.
 *
 * @param all the person first, then those teams
 */
record Leavers(List<Person> all) {

    Leavers {
        all = List.copyOf(all);
    }

    static Leavers of(Handle handle, People people, Person leaving, boolean altogether) {
        List<Person> all = new ArrayList<>(List.of(leaving));
        if (altogether) {
            all.addAll(people.lastOf(handle, leaving));
        }
        return new Leavers(all);
    }

    List<Person> teams() {
        return all.subList(1, all.size());
    }

    boolean include(@Nullable UUID personId) {
        return all.stream().anyMatch(one -> one.id().equals(personId));
    }
}
