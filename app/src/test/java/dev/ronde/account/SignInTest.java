package dev.ronde.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;
import dev.ronde.asset.inventory.TokenAssets;
import dev.ronde.evidence.Actor;
import dev.ronde.evidence.EvidenceLog;
import dev.ronde.platform.config.Setting;
import dev.ronde.platform.http.Role;
import dev.ronde.platform.problem.Problem;
import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.OnOneDatabase;
import dev.ronde.testing.TestDatabase;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@OnOneDatabase(DatabaseKind.POSTGRESQL)
class SignInTest {
    private static final String PASSWORD = "correct horse battery";

    /** Of the password, in 8 KiB: what is tried against it hundreds of times here is how often one may, not how long it takes. */
    private static final String CHEAP = Password.hash(PASSWORD)
            .addRandomSalt(16)
            .with(Argon2Function.getInstance(8, 1, 1, 32, Argon2.ID))
            .getResult();

    @AutoClose
    private final TestDatabase test;

    private final TestAccounts room;

    SignInTest(DatabaseKind kind) {
        test = TestDatabase.open(kind);
        room = new TestAccounts(test.database());
    }

    @Test
    void theRightPasswordOpensASessionThatLivesInTheDatabase() {
        Person admin = account("lea@example.org");
        SignIn.SignedIn signedIn = signedIn("LEA@example.org", PASSWORD);
        Sessions afterRestart = new Sessions(room.database, room.clock);
        assertThat(afterRestart.find(signedIn.secret())).contains(admin);
        assertThat(afterRestart.find("another secret")).isEmpty();
        assertThat(columns("web_session")).doesNotContain(signedIn.secret());
        assertThat(room.recordTypes()).endsWith("session.started");
    }

    @Test
    void aSessionEndsWhenIdleAndWhenOld() {
        account("lea@example.org");
        String idle = signedIn("lea@example.org", PASSWORD).secret();
        room.clock.advance(Session.IDLE);
        assertThat(room.sessions.find(idle)).isEmpty();

        String used = signedIn("lea@example.org", PASSWORD).secret();
        for (Duration passed = Duration.ZERO;
                passed.compareTo(Session.LONGEST.minusHours(6)) < 0;
                passed = passed.plusHours(6)) {
            room.clock.advance(Duration.ofHours(6));
            assertThat(room.sessions.find(used)).as("after %s", passed).isPresent();
        }
        room.clock.advance(Duration.ofHours(6));
        assertThat(room.sessions.find(used)).isEmpty();
        assertThat(room.sessions.run(room.clock.instant())).isEqualTo(2);
    }

    @Test
    void unknownAddressWrongPasswordAndMissingAccountAreRefusedAlike() {
        account("lea@example.org");
        room.database.useTransaction(tx -> room.people.findOrCreate(tx, "owner@example.org", null, Actor.SYSTEM));
        for (String email : new String[] {"lea@example.org", "owner@example.org", "nobody@example.org", "no address"}) {
            assertThat(room.signIn.attempt(email, "wrong password", "192.0.2.1", false))
                    .isInstanceOf(SignIn.Refused.class);
        }
        assertThat(room.recordTypes()).filteredOn("session.refused"::equals).hasSize(1);
    }

    @Test
    void anAccountIsLimitedFromOneAddressAndAMinuteLaterTriedAgain() {
        account("lea@example.org");
        for (int i = 0; i < 10; i++) {
            assertThat(room.signIn.attempt("lea@example.org", "wrong", "192.0.2.1", false))
                    .isInstanceOf(SignIn.Refused.class);
        }
        assertThat(room.signIn.attempt("lea@example.org", PASSWORD, "192.0.2.1", false))
                .isInstanceOfSatisfying(
                        SignIn.TooMany.class,
                        wait -> assertThat(wait.retryAfter()).isBetween(Duration.ofSeconds(1), Duration.ofMinutes(1)));
        room.clock.advance(Duration.ofMinutes(1));
        assertThat(room.signIn.attempt("lea@example.org", PASSWORD, "192.0.2.1", false))
                .isInstanceOf(SignIn.SignedIn.class);
    }

    @Test
    void nobodyElsewhereLocksAnAccountOut() {
        account("lea@example.org");
        for (int i = 0; i < 200; i++) {
            room.signIn.attempt("lea@example.org", "wrong", "192.0.2." + i % 4, false);
        }
        assertThat(room.signIn.attempt("lea@example.org", PASSWORD, "198.51.100.7", false))
                .isInstanceOf(SignIn.SignedIn.class);
    }

    @Test
    void fromWhereSomebodySignedInBeforeARightPasswordAlwaysWorks() {
        account("lea@example.org");
        account("other@example.org");
        assertThat(room.signIn.attempt("lea@example.org", PASSWORD, "192.0.2.1", false))
                .isInstanceOf(SignIn.SignedIn.class);
        room.clock.advance(Duration.ofDays(60));
        for (int i = 0; i < 80; i++) {
            room.signIn.attempt(i % 2 == 0 ? "lea@example.org" : "x@example.org", "wrong", "192.0.2.1", false);
        }
        assertThat(room.signIn.attempt("other@example.org", PASSWORD, "192.0.2.1", false))
                .as("has not signed in from there")
                .isInstanceOf(SignIn.TooMany.class);
        assertThat(room.signIn.attempt("lea@example.org", "wrong", "192.0.2.1", false))
                .isInstanceOf(SignIn.TooMany.class);
        Person lea = room.database.read(
                handle -> room.people.findByEmail(handle, "lea@example.org").orElseThrow());
        assertThat(room.signIn.confirms(lea, PASSWORD, "192.0.2.1", false)).isTrue();
        assertThat(room.signIn.attempt("lea@example.org", PASSWORD, "192.0.2.1", false))
                .isInstanceOf(SignIn.SignedIn.class);
    }

    @Test
    void nobodyIsKnownByTheAddressOfAProxy() {
        account("lea@example.org");
        assertThat(room.signIn.attempt("lea@example.org", PASSWORD, "192.0.2.1", true))
                .isInstanceOf(SignIn.SignedIn.class);
        for (int i = 0; i < 10; i++) {
            room.signIn.attempt("lea@example.org", "wrong", "192.0.2.1", true);
        }
        for (boolean shared : List.of(true, false)) {
            assertThat(room.signIn.attempt("lea@example.org", PASSWORD, "192.0.2.1", shared))
                    .isInstanceOf(SignIn.TooMany.class);
        }
        room.clock.advance(Duration.ofMinutes(1));
        assertThat(room.signIn.attempt("lea@example.org", PASSWORD, "192.0.2.1", false))
                .isInstanceOf(SignIn.SignedIn.class);
        for (int i = 0; i < 11; i++) {
            room.signIn.attempt("lea@example.org", "wrong", "192.0.2.1", true);
        }
        assertThat(room.signIn.attempt("lea@example.org", PASSWORD, "192.0.2.1", true))
                .as("known from before, and now behind a proxy")
                .isInstanceOf(SignIn.TooMany.class);
    }

    /** The addresses of one site are one. */
    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.7", "2001:db8:0:1::%d"})
    void aNetworkAddressIsLimitedWhateverItTries(String network) {
        for (int i = 0; i < 50; i++) {
            assertThat(room.signIn.limits().take("x" + i + "@example.org", network.formatted(i)))
                    .isEmpty();
        }
        assertThat(room.signIn.attempt("x@example.org", "wrong", network.formatted(50), false))
                .isInstanceOf(SignIn.TooMany.class);
    }

    @Test
    void aRightPasswordUsesNoAttemptUp() {
        account("lea@example.org");
        for (int i = 0; i < 12; i++) {
            assertThat(room.signIn.attempt("lea@example.org", PASSWORD, "192.0.2.1", false))
                    .isInstanceOf(SignIn.SignedIn.class);
        }
    }

    @Test
    void aNewPasswordAndADeactivationEndAllSessions() {
        Person lea = account("lea@example.org");
        account("other@example.org");
        String secret = signedIn("lea@example.org", PASSWORD).secret();
        room.database.useTransaction(tx -> room.accounts.setPassword(tx, lea, "another password", Actor.SYSTEM));
        assertThat(room.sessions.find(secret)).isEmpty();

        String second = signedIn("lea@example.org", "another password").secret();
        Person now = room.database.read(handle -> room.people.get(handle, lea.id()));
        room.database.useTransaction(tx -> room.accounts.change(
                tx,
                now,
                now.with(now.name(), now.role(), now.zone(), now.language(), now.week(), false),
                Actor.SYSTEM));
        assertThat(room.sessions.find(second)).isEmpty();
        assertThat(room.signIn.attempt("lea@example.org", "another password", "192.0.2.1", false))
                .isInstanceOf(SignIn.Refused.class);
    }

    @Test
    void passwordsAreStoredAsArgon2idWithTheirParameters() {
        Person lea = account("lea@example.org");
        room.database.useTransaction(tx -> room.accounts.setPassword(tx, lea, PASSWORD, Actor.SYSTEM));
        Optional<String> stored =
                room.database.read(handle -> handle.attach(PersonDao.class).findPasswordHash(lea.id()));
        assertThat(stored).get().asString().startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
        assertThatThrownBy(() ->
                        room.database.useTransaction(tx -> room.accounts.setPassword(tx, lea, "short", Actor.SYSTEM)))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.status()).isEqualTo(422));
    }

    @Test
    void aSetupLinkWorksOnceAndForSevenDays() {
        String code = code(room.links.first().orElseThrow());
        assertThat(columns("setup_code")).doesNotContain(code);
        SetupLinks.SetupCode found = find(code).orElseThrow();
        assertThat(use(found)).isTrue();
        assertThat(use(found)).isFalse();
        assertThat(find(code)).isEmpty();

        String late = code(room.links.first().orElseThrow());
        room.clock.advance(SetupLinks.LIFETIME);
        assertThat(find(late)).isEmpty();

        Person lea = account("lea@example.org");
        assertThat(room.links.first()).isEmpty();
        room.database.inTransaction(tx -> room.accounts.reset(tx, lea, Actor.SYSTEM));
        assertThat(room.links.first())
                .as("who is to choose a password is there")
                .isEmpty();
    }

    @Test
    void theSettingsMakeAnAdministratorOnceAndNeverResetAPassword() {
        TestAccounts start = new TestAccounts(
                room.database, Map.of(Setting.ADMIN_EMAIL, "Root@Example.org", Setting.ADMIN_PASSWORD, PASSWORD));
        FirstAdministrator first =
                new FirstAdministrator(start.database, start.settings, start.accounts, start.people, start.links);
        assertThat(first.atStart()).isEmpty();
        Person root = start.database
                .read(handle -> start.people.findByEmail(handle, "root@example.org"))
                .orElseThrow();
        assertThat(root.role()).isEqualTo(Role.ADMIN);
        start.database.useTransaction(tx -> start.accounts.setPassword(tx, root, "changed by hand", Actor.SYSTEM));
        assertThat(first.atStart()).isEmpty();
        assertThat(start.signIn.attempt("root@example.org", "changed by hand", "192.0.2.1", false))
                .isInstanceOf(SignIn.SignedIn.class);
    }

    @Test
    void theSettingsBringNoRoleBackAndAreNotLookedAtWhereThereIsAnAdministrator() {
        account("other@example.org");
        Person lea = account("lea@example.org");
        room.database.useTransaction(tx -> room.accounts.reset(tx, lea, Actor.SYSTEM));
        role("'OWNER'");
        TestAccounts start = new TestAccounts(
                room.database, Map.of(Setting.ADMIN_EMAIL, "lea@example.org", Setting.ADMIN_PASSWORD, "short"));
        FirstAdministrator first =
                new FirstAdministrator(start.database, start.settings, start.accounts, start.people, start.links);
        assertThat(first.atStart()).isEmpty();
        Person now = room.database.read(handle -> room.people.get(handle, lea.id()));
        assertThat(now.role()).isEqualTo(Role.OWNER);
        Optional<String> password =
                room.database.read(handle -> handle.attach(PersonDao.class).findPasswordHash(lea.id()));
        assertThat(password).isEmpty();
    }

    @Test
    void aTokenEndsWithTheTokenThatMadeIt() {
        Tokens.Made first = token(Actor.SYSTEM, 10);
        Tokens.Made second = token(by(first), null);
        Tokens.Made third = token(by(second), 5);
        assertThat(second.token().expiresAt()).isEqualTo(first.token().expiresAt());
        assertThat(third.token().expiresAt()).isEqualTo(room.clock.instant().plus(Duration.ofDays(5)));
        Tokens.Made other = token(Actor.SYSTEM, 10);
        room.database.useTransaction(tx -> room.tokens.revoke(tx, first.token().id(), Actor.SYSTEM));
        for (Tokens.Made gone : List.of(first, second, third)) {
            assertThat(room.tokens.find(gone.secret())).isEmpty();
        }
        assertThat(room.tokens.find(other.secret())).isPresent();
        assertThat(room.recordTypes()).filteredOn("token.revoked"::equals).hasSize(3);
    }

    private Tokens.Made token(Actor by, Integer days) {
        return room.database.inTransaction(tx -> room.tokens.add(tx, new Tokens.Wanted("one", Role.ADMIN, days), by));
    }

    private static Actor by(Tokens.Made token) {
        return new Actor("token", token.token().actorRef(), "token");
    }

    @Test
    void tokensWorkUntilRevokedOrExpiredAndAreStoredHashed() {
        Tokens.Made made = room.database.inTransaction(
                tx -> room.tokens.add(tx, new Tokens.Wanted("nightly agent", Role.AGENT, 30), Actor.SYSTEM));
        assertThat(made.secret()).startsWith("ronde_").endsWith(made.token().hint());
        assertThat(columns("api_token")).doesNotContain(made.secret());
        assertThat(room.tokens.find(made.secret())).isPresent();
        assertThat(room.tokens.find("ronde_" + "A".repeat(43))).isEmpty();
        room.clock.advance(Duration.ofDays(30));
        assertThat(room.tokens.find(made.secret())).isEmpty();

        Tokens.Made second = room.database.inTransaction(
                tx -> room.tokens.add(tx, new Tokens.Wanted("ci", Role.AUDITOR, 365), Actor.SYSTEM));
        room.database.useTransaction(tx -> room.tokens.revoke(tx, second.token().id(), Actor.SYSTEM));
        assertThat(room.tokens.find(second.secret())).isEmpty();
        assertThat(room.recordTypes()).containsExactly("token.created", "token.created", "token.revoked");
    }

    @Test
    void aTokenWorksNoLongerThanTheSettingsAllowAndNoLongerThanItsMakerHasTheRole() {
        Person lea = account("lea@example.org");
        account("other@example.org");
        Actor hers = new Actor("user", lea.actorRef(), "password");
        Tokens longer =
                new Tokens(room.database, room.clock, new EvidenceLog(room.clock, "n1/test"), new TokenAssets(), 3_650);
        Tokens.Made old = room.database.inTransaction(
                tx -> longer.add(tx, new Tokens.Wanted("old", Role.AUDITOR, 3_650), Actor.SYSTEM));
        assertThatThrownBy(() -> room.database.inTransaction(
                        tx -> room.tokens.add(tx, new Tokens.Wanted("long", Role.AUDITOR, 366), hers)))
                .hasMessageContaining("between 1 and 365");
        Tokens.Made admin = room.database.inTransaction(
                tx -> room.tokens.add(tx, new Tokens.Wanted("admin", Role.ADMIN, null), hers));
        Tokens.Made auditor = room.database.inTransaction(
                tx -> room.tokens.add(tx, new Tokens.Wanted("auditor", Role.AUDITOR, null), hers));
        assertThat(room.tokens.find(admin.secret())).isPresent();
        role("'AUDITOR'");
        assertThat(room.tokens.find(admin.secret())).isEmpty();
        assertThat(room.tokens.find(auditor.secret())).isPresent();
        role("null");
        assertThat(room.tokens.find(auditor.secret())).isEmpty();
        role("'ADMIN', active = false");
        assertThat(room.tokens.find(auditor.secret())).isEmpty();
        assertThat(room.tokens.find(old.secret())).isPresent();
        room.clock.advance(Duration.ofDays(365));
        assertThat(room.tokens.find(old.secret())).isEmpty();
    }

    private void role(String role) {
        room.database.useTransaction(
                tx -> tx.execute("update person set role = " + role + " where email_key = 'lea@example.org'"));
    }

    @Test
    void whoeverHandsOverOrLosesARoleLosesSessionsLinksAndTokens() {
        account("other@example.org");
        for (String act : List.of("handover", "role", "deactivate")) {
            Person lea = account(act + "@example.org");
            Actor hers = new Actor("user", lea.actorRef(), "password");
            String session = signedIn(lea.email(), PASSWORD).secret();
            String link = code(room.database.inTransaction(tx -> room.accounts.invite(tx, lea, Actor.SYSTEM)));
            Tokens.Made first = room.database.inTransaction(
                    tx -> room.tokens.add(tx, new Tokens.Wanted("one", Role.ADMIN, null), hers));
            Tokens.Made second = room.database.inTransaction(tx -> room.tokens.add(
                    tx,
                    new Tokens.Wanted("two", Role.AGENT, null),
                    new Actor("token", first.token().actorRef(), "token")));
            assertThat(find(link)).isPresent();
            room.database.useTransaction(tx -> {
                Person now = room.people.get(tx, lea.id());
                if (act.equals("handover")) {
                    room.accounts.handedOver(tx, List.of(now), Map.of(), false, Actor.SYSTEM);
                } else {
                    Role role = act.equals("role") ? Role.OWNER : now.role();
                    room.accounts.change(
                            tx,
                            now,
                            now.with(now.name(), role, now.zone(), now.language(), now.week(), act.equals("role")),
                            Actor.SYSTEM);
                }
            });
            assertThat(room.sessions.find(session)).as(act).isEmpty();
            assertThat(find(link)).as(act).isEmpty();
            for (Tokens.Made token : List.of(first, second)) {
                assertThat(room.tokens.find(token.secret())).as(act).isEmpty();
                assertThat(room.database
                                .read(handle ->
                                        room.tokens.get(handle, token.token().id()))
                                .revokedAt())
                        .as(act)
                        .isNotNull();
            }
        }
        assertThat(room.recordTypes()).filteredOn("token.revoked"::equals).hasSize(6);
    }

    @Test
    void aLinkFromBeforeADeactivationLeadsNowhere() {
        account("other@example.org");
        Person lea = account("lea@example.org");
        String link = code(room.database.inTransaction(tx -> room.accounts.invite(tx, lea, Actor.SYSTEM)));
        role("role, active = false");
        assertThat(find(link)).isEmpty();
        Person gone = room.database.read(handle -> room.people.get(handle, lea.id()));
        assertThatThrownBy(() -> room.database.inTransaction(tx -> room.accounts.reset(tx, gone, Actor.SYSTEM)))
                .hasMessageContaining("no account");
    }

    private Person account(String email) {
        return room.database.inTransaction(tx -> {
            Person person = room.accounts.add(tx, email, "Somebody", Role.ADMIN, null, Actor.SYSTEM);
            tx.execute("update person set password_hash = ? where id = ?", CHEAP, person.id());
            return person;
        });
    }

    private SignIn.SignedIn signedIn(String email, String password) {
        return (SignIn.SignedIn) room.signIn.attempt(email, password, "192.0.2.1", false);
    }

    private Optional<SetupLinks.SetupCode> find(String code) {
        return room.database.read(handle -> room.links.find(handle, code));
    }

    private boolean use(SetupLinks.SetupCode code) {
        return room.database.inTransaction(tx -> room.links.use(tx, code));
    }

    private static String code(URI link) {
        return link.toString().replaceFirst(".*/setup\\?code=", "");
    }

    private String columns(String table) {
        return room.database
                .read(handle ->
                        handle.createQuery("select * from " + table).mapToMap().list())
                .toString();
    }
}
