package dev.ronde.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ronde.evidence.Actor;
import dev.ronde.platform.problem.FieldError;
import dev.ronde.platform.problem.Problem;
import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.OnOneDatabase;
import dev.ronde.testing.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** People whose address several others read. */
@OnOneDatabase(DatabaseKind.POSTGRESQL)
class TeamsTest {
    @AutoClose
    private final TestDatabase test;

    private final TestAccounts room;
    private final Teams teams;

    TeamsTest(DatabaseKind kind) {
        test = TestDatabase.open(kind);
        room = new TestAccounts(test.database());
        teams = new Teams(room.people, room.accounts, room.records, room.clock);
    }

    @Test
    void membersAreNamedByAddressAndMadeWhereNobodyKnowsThem() {
        Person team = person("platform@corp.example");
        Person after = change(team, "nadia@corp.example", "Omar@corp.example");
        assertThat(members(after)).containsExactlyInAnyOrder("nadia@corp.example", "Omar@corp.example");
        assertThat(after.version()).isEqualTo(team.version() + 1);
        assertThat(room.recordTypes()).endsWith("person.added", "person.added", "person.changed");
        assertThat(change(after, "omar@corp.example", "nadia@corp.example").version())
                .as("said again")
                .isEqualTo(after.version());
        Person smaller = change(after, "nadia@corp.example");
        assertThat(members(smaller)).containsExactly("nadia@corp.example");
        assertThat(members(change(smaller))).isEmpty();
    }

    @Test
    void whatATeamHoldsEndsWithTheMembershipOfAnybody() {
        List<String> ended = new ArrayList<>();
        room.accounts.addRevocation((tx, person, by) -> ended.add(person.email()));
        Person team = change(person("platform@corp.example"), "nadia@corp.example", "omar@corp.example");
        assertThat(ended).isEmpty();
        Person smaller = change(team, "omar@corp.example");
        assertThat(ended).containsExactly("platform@corp.example");
        change(smaller, "omar@corp.example", "nadia@corp.example");
        assertThat(ended).hasSize(1);
        Person omar = person("omar@corp.example");
        room.database.useTransaction(tx -> room.accounts.change(
                tx,
                omar,
                omar.with(omar.name(), omar.role(), omar.zone(), omar.language(), omar.week(), false),
                Actor.SYSTEM));
        assertThat(ended).containsExactly("platform@corp.example", "omar@corp.example", "platform@corp.example");
    }

    @Test
    void countsMembersAsTheTeamAndTheTeamAsEachOfThem() {
        Person team = change(person("platform@corp.example"), "nadia@corp.example", "omar@corp.example");
        Person nadia = person("nadia@corp.example");
        Person omar = person("omar@corp.example");
        Person other = person("other@corp.example");
        assertThat(standingFor(team)).containsExactlyInAnyOrder(team.actorRef(), nadia.actorRef(), omar.actorRef());
        assertThat(standingFor(nadia))
                .as("a colleague is somebody else")
                .containsExactlyInAnyOrder(nadia.actorRef(), team.actorRef());
        assertThat(standingFor(other)).containsExactly(other.actorRef());
    }

    @Test
    void countsWhoLeftMeanwhileAsTheTeamStill() {
        Person team = change(person("platform@corp.example"), "nadia@corp.example", "omar@corp.example");
        Person nadia = person("nadia@corp.example");
        change(team, "omar@corp.example");
        assertThat(standingFor(team)).as("at the instant itself").contains(nadia.actorRef());
        assertThat(standingFor(nadia)).contains(team.actorRef());
        room.clock.advance(java.time.Duration.ofSeconds(1));
        assertThat(standingFor(team)).as("after she had left").doesNotContain(nadia.actorRef());
        assertThat(standingFor(nadia)).containsExactly(nadia.actorRef());
    }

    @Test
    void refusesWhatIsNoTeamAndKeepsWhatWas() {
        Person team = change(person("platform@corp.example"), "nadia@corp.example");
        refused(team, "not_an_email", "nobody");
        refused(team, "itself", "platform@corp.example");
        refused(person("wide@corp.example"), "team", "platform@corp.example");
        refused(person("nadia@corp.example"), "member", "other@corp.example");
        assertThat(members(team)).containsExactly("nadia@corp.example");
        change(team, "omar@corp.example");
        assertThatThrownBy(() -> change(team))
                .as("as it was known before")
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.status()).isEqualTo(412));
    }

    private void refused(Person team, String code, String... emails) {
        assertThatThrownBy(() -> change(team, emails))
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem -> assertThat(problem.errors())
                                .extracting(FieldError::code)
                                .containsExactly(code));
    }

    private Person person(String email) {
        return room.database.inTransaction(tx -> room.people.findOrCreate(tx, email, null, Actor.SYSTEM));
    }

    private Person change(Person team, String... emails) {
        return room.database.inTransaction(tx -> teams.change(tx, team, List.of(emails), Actor.SYSTEM));
    }

    private List<String> members(Person team) {
        return room.database.read(handle -> teams.members(handle, team.id())).stream()
                .map(Person::email)
                .toList();
    }

    private Set<String> standingFor(Person person) {
        return room.database.read(
                handle -> room.people.standingFor(handle, Set.of(person.actorRef()), room.clock.instant()));
    }
}
