package dev.ronde.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ronde.evidence.Actor;
import dev.ronde.platform.http.Role;
import dev.ronde.platform.problem.Problem;
import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.OnBothDatabases;
import dev.ronde.testing.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

@OnBothDatabases
class PeopleTest {
    @AutoClose
    private final TestDatabase test;

    private final TestAccounts room;

    PeopleTest(DatabaseKind kind) {
        test = TestDatabase.open(kind);
        room = new TestAccounts(test.database());
    }

    @Test
    void createsOnePersonForAnAddressHoweverItIsWritten() {
        Person first = create("Nadia.Cherif@Example.ORG", "Nadia Cherif");
        assertThat(create(" nadia.cherif@example.org ", "Somebody Else")).isEqualTo(first);
        assertThat(first.email()).isEqualTo("Nadia.Cherif@example.org");
        assertThat(first.name()).isEqualTo("Nadia Cherif");
        assertThat(first.role()).isNull();
        assertThat(first.zone()).isEqualTo(ZoneId.of("Europe/Paris"));
        assertThat(first.actorRef()).matches("p:[0-9a-f]{16}");
        assertThat(room.recordTypes()).containsExactly("person.added");
    }

    @Test
    void namesAPersonByTheAddressUntilANameIsGiven() {
        assertThat(create("ops@example.org", null).name()).isEqualTo("ops@example.org");
    }

    @Test
    void refusesNamesThatLieInsteadOfChangingThem() {
        Map.of(
                        "Eve\r\nBcc: all", "line_break",
                        "Eve \u202Etxt", "bidi_control",
                        "E\u200Bve", "invisible_character",
                        "Eve\u0007", "control_character")
                .forEach((name, code) -> assertThatThrownBy(() -> create("x@example.org", name))
                        .isInstanceOfSatisfying(Problem.class, refused -> {
                            assertThat(refused.status()).isEqualTo(422);
                            assertThat(refused.errors()).singleElement().satisfies(error -> {
                                assertThat(error.pointer()).isEqualTo("/name");
                                assertThat(error.code()).isEqualTo(code);
                            });
                        }));
        assertThat(create("x@example.org", "  Eve \u00A0 Zoé\u200Cx ").name()).isEqualTo("Eve Zoé\u200Cx");
    }

    @Test
    void neverShortensANameBehindSomebodysBack() {
        String longest = "😀".repeat(199) + "é";
        assertThat(create("long@example.org", longest).name()).isEqualTo(longest);
        for (String name : List.of("x".repeat(201), "😀".repeat(201))) {
            assertThatThrownBy(() -> create("longer@example.org", name))
                    .isInstanceOfSatisfying(Problem.class, refused -> {
                        assertThat(refused.status()).isEqualTo(422);
                        assertThat(refused.errors()).singleElement().satisfies(error -> {
                            assertThat(error.pointer()).isEqualTo("/name");
                            assertThat(error.code()).isEqualTo("too_long");
                            assertThat(error.message()).contains("200 characters, this one 201");
                        });
                    });
        }
        assertThat(room.database.<Boolean>read(handle ->
                        room.people.findByEmail(handle, "longer@example.org").isPresent()))
                .isFalse();
    }

    @Test
    void aPersonWithAVeryLongAddressAndNoNameIsNamedByAllOfIt() {
        String address =
                "a".repeat(60) + "@" + (".b" + "c".repeat(60)).repeat(3).substring(1) + ".example";
        assertThat(address.length()).isBetween(201, 254);
        assertThat(create(address, null).name()).isEqualTo(address);
    }

    @Test
    void refusesWhatIsNoAddress() {
        for (String text : List.of("", "nadia", "a@", "@b.org", "a b@c.org", "a@b..org", "a\r\n@b.org", "a@-b.org")) {
            assertThatThrownBy(() -> create(text, null))
                    .isInstanceOfSatisfying(
                            Problem.class,
                            problem -> assertThat(problem.status()).isEqualTo(422));
        }
    }

    @Test
    void listsNewestFirstPageByPageAndFindsTextLiterally() {
        for (int i = 0; i < 5; i++) {
            create("p" + i + "@example.org", i == 3 ? "100% sure" : "Person " + i);
            room.clock.advance(java.time.Duration.ofSeconds(1));
        }
        room.database.useTransaction(tx -> {
            PersonDao dao = tx.attach(PersonDao.class);
            List<Person> first = dao.list(null, null, null, null, null, 2);
            assertThat(first).extracting(Person::email).containsExactly("p4@example.org", "p3@example.org");
            Person last = first.get(1);
            assertThat(dao.list(null, null, true, dao.getCreatedAt(last.id()), last.id(), 9))
                    .extracting(Person::email)
                    .containsExactly("p2@example.org", "p1@example.org", "p0@example.org");
            assertThat(dao.count("%0\\%%", null, null)).isEqualTo(1);
        });
    }

    @Test
    void administratorsLeadWhereNobodyHasTheRoleCompliance() {
        Person admin = account("admin@example.org", Role.ADMIN);
        assertThat(room.database.read(room.people::leads)).containsExactly(admin);
        Person lead = account("lead@example.org", Role.COMPLIANCE);
        assertThat(room.database.read(room.people::leads)).containsExactly(lead);
    }

    @Test
    void evidenceHoldsReferencesAndKeepsNamesErasable() {
        Person person = create("nadia@example.org", "Nadia Cherif");
        byte[] payload = room.database.read(handle -> handle.createQuery("select payload from evidence_record")
                .mapTo(byte[].class)
                .one());
        assertThat(new String(payload, StandardCharsets.UTF_8))
                .contains(person.actorRef())
                .doesNotContain("nadia")
                .doesNotContain("Cherif");
        assertThat(room.people.nameOf(person.actorRef())).contains("Nadia Cherif");
        assertThat(room.people.nameOf("p:0000000000000000")).isEmpty();
    }

    @Test
    void aChangeFromAnOldVersionIsRefused() {
        Person person = create("nadia@example.org", "Nadia");
        Person change = person.with("N", Role.OWNER, person.zone(), Locale.FRENCH, person.week(), true);
        room.database.useTransaction(tx -> room.accounts.change(tx, person, change, Actor.SYSTEM));
        Person late = person.with("M", null, person.zone(), Locale.FRENCH, person.week(), true);
        assertThatThrownBy(
                        () -> room.database.useTransaction(tx -> room.accounts.change(tx, person, late, Actor.SYSTEM)))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.status()).isEqualTo(412));
        assertThat(room.recordTypes()).containsExactly("person.added", "person.changed", "role.granted");
    }

    @Test
    void whoHasLeftIsGoneSinceThenWhateverIsCorrectedAfterwards() {
        Person person = create("nadia@example.org", "Nadia");
        Instant left = room.clock.instant();
        Person gone = change(person, "Nadia", false);
        room.clock.advance(Duration.ofDays(3));
        Person corrected = change(gone, "Nadia Cherif", false);
        assertThat(goneSince(person)).contains(left);
        Person back = change(corrected, "Nadia Cherif", true);
        assertThat(goneSince(person)).isEmpty();
        room.clock.advance(Duration.ofDays(3));
        change(back, "Nadia Cherif", false);
        assertThat(goneSince(person)).contains(room.clock.instant());
    }

    private Person change(Person person, String name, boolean active) {
        Person change = person.with(name, null, person.zone(), Locale.FRENCH, person.week(), active);
        return room.database.inTransaction(tx -> room.accounts.change(tx, person, change, Actor.SYSTEM));
    }

    private Optional<Instant> goneSince(Person person) {
        return room.database.read(handle -> handle.createQuery("select since from gone_person where person_id = :id")
                .bind("id", person.id())
                .mapTo(Instant.class)
                .findOne());
    }

    @Test
    void theLastAdministratorCannotStepDown() {
        Person admin = account("admin@example.org", Role.ADMIN);
        Person change = admin.with("A", Role.OWNER, admin.zone(), admin.language(), admin.week(), true);
        assertThatThrownBy(
                        () -> room.database.useTransaction(tx -> room.accounts.change(tx, admin, change, Actor.SYSTEM)))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo("last_administrator"));
    }

    private Person create(String email, @Nullable String name) {
        return room.database.inTransaction(tx -> room.people.findOrCreate(tx, email, name, Actor.SYSTEM));
    }

    private Person account(String email, Role role) {
        return room.database.inTransaction(tx -> room.accounts.add(tx, email, "Somebody", role, null, Actor.SYSTEM));
    }
}
