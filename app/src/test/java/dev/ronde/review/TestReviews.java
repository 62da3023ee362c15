package dev.ronde.review;

import static dev.ronde.review.TestVisitors.visitor;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.account.People;
import dev.ronde.account.Person;
import dev.ronde.account.PersonRecords;
import dev.ronde.evidence.Actor;
import dev.ronde.evidence.EvidenceLog;
import dev.ronde.platform.config.Setting;
import dev.ronde.platform.config.SettingsReader;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.file.WorkFolder;
import dev.ronde.platform.http.Channel;
import dev.ronde.platform.problem.Problem;
import dev.ronde.review.answer.AttestRequest;
import dev.ronde.review.answer.ReviewAct;
import dev.ronde.review.answer.Reviews;
import dev.ronde.review.estate.Covered;
import dev.ronde.review.plan.PlanDefinition;
import dev.ronde.review.plan.PlanReader;
import dev.ronde.review.planning.MailsAhead;
import dev.ronde.review.planning.PlanChange;
import dev.ronde.review.room.ReviewRoom;
import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.Sql;
import dev.ronde.testing.TestClock;
import dev.ronde.testing.TestDatabase;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiFunction;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jdbi.v3.core.Handle;

/** The review room wired for a test on a real database, with an inventory and configurations in memory. */
public final class TestReviews implements AutoCloseable {

    public static final String QUARTERLY = """
            id: quarterly
            title: Quarterly review
            scope: {criticality: [high, critical]}
            cadence: {every: P3M, anchor: 2026-03-12}
            zone: Europe/Paris
            max_gap_days: 92
            lead_time: P14D
            grace: P5D
            missed_after: P30D
            frameworks: ["iso27001:A.8.9"]
            """;

    public final TestClock clock = TestClock.at("2026-03-02T08:00:00Z");
    public final FakeEstate estate = new FakeEstate();
    public final FakeLooks looks = new FakeLooks();
    public final TestDatabase test;
    public final Database database;
    public final EvidenceLog log = new EvidenceLog(clock, "n1/test");
    public final People people;
    public ReviewRoom room;
    public final Person alice;
    public final Person bob;

    public TestReviews(DatabaseKind kind) {
        test = TestDatabase.open(kind);
        database = test.database();
        Map<Setting, String> flags = new EnumMap<>(Setting.class);
        flags.put(Setting.ZONE, "Europe/Paris");
        people = new People(database, SettingsReader.read(flags, Map.of()), clock, new PersonRecords(log));
        room = wired();
        alice = person("alice@corp.example");
        bob = person("bob@corp.example");
    }

    private ReviewRoom wired() {
        return ReviewRoom.of(
                database,
                clock,
                log,
                people,
                estate,
                looks,
                TestReviews::oneMailAPerson,
                (handle, review) -> null,
                new WorkFolder(Path.of("target", "downloads")));
    }

    public static MailsAhead oneMailAPerson(Handle tx, Reviews reviews, List<Review> opened, Instant now) {
        int people = (int) opened.stream().map(Review::ownerId).distinct().count();
        return new MailsAhead(people, people, 0, null);
    }

    public Person person(String email) {
        return database.inTransaction(
                tx -> people.findOrCreate(tx, email, email.substring(0, email.indexOf('@')), Actor.SYSTEM));
    }

    public static Actor link(Person person) {
        return new Actor("link", person.actorRef(), "link");
    }

    public static Actor signedIn(Person person) {
        return new Actor("user", person.actorRef(), "password");
    }

    public static PlanDefinition plan(String yaml) {
        PlanReader.Result result = new PlanReader(ZoneId.of("Europe/Paris")).read(yaml);
        assertThat(result.faults()).isEmpty();
        return result.plans().get(0);
    }

    public PlanChange apply(String yaml) {
        return room.plans().apply(plan(yaml), Actor.SYSTEM, Channel.COMMAND);
    }

    public int sweep() {
        int done = 0;
        int last;
        do {
            last = room.sweep().run(clock.instant());
            done += last;
        } while (last > 0);
        return done;
    }

    public TestReviews at(String instant) {
        clock.set(Instant.parse(instant));
        return this;
    }

    /** All rows of the asset, earliest first. */
    public List<Review> of(Covered asset) {
        return database.read(handle -> room.reviews().ofAsset(handle, asset.id()));
    }

    public Review first(Covered asset) {
        return of(asset).get(0);
    }

    public Review reload(Review review) {
        return database.read(handle -> room.reviews().get(handle, review.ref()));
    }

    public ReviewState state(Review review) {
        return reload(review).stateAt(clock.instant());
    }

    public Review does(BiFunction<Handle, Reviews, Review> action) {
        return database.inTransaction(tx -> action.apply(tx, room.reviews()));
    }

    public Review attest(Review review, Person person) {
        String digest = looks.digests.get(review.assetId());
        return byLink(person, reload(review), new ReviewAct.Attest(AttestRequest.of("no_change", null, digest)));
    }

    public Review acts(Actor by, Channel channel, Review seen, ReviewAct act) {
        return does((tx, reviews) -> reviews.act(tx, seen, act, visitor(tx, by, channel)));
    }

    public Review byLink(Person person, Review seen, ReviewAct act) {
        return acts(link(person), Channel.LINK, seen, act);
    }

    /** As a lead, who is signed in. */
    public Review onPage(Person person, Review seen, ReviewAct act) {
        return acts(signedIn(person), Channel.PAGE, seen, act);
    }

    public static Problem refused(int status, String code, ThrowingCallable action) {
        Throwable thrown = org.assertj.core.api.Assertions.catchThrowable(action);
        assertThat(thrown).isInstanceOfSatisfying(Problem.class, problem -> {
            String first = problem.errors().isEmpty()
                    ? problem.code()
                    : problem.errors().get(0).code();
            assertThat(problem.status() + " " + first).isEqualTo(status + " " + code);
            assertThat(problem.text()).isNotBlank();
        });
        return (Problem) thrown;
    }

    public List<String> records(Review review) {
        return Sql.texts(
                database,
                "select rec_type from evidence_record where subject_id = :ref order by rec_id",
                "ref",
                review.ref());
    }

    public long count(String table) {
        return Sql.number(database, "select count(*) from " + table);
    }

    public List<String> history(Review review) {
        return database.read(handle -> room.reviews().history(handle, review.id()).stream()
                .map(ReviewEvent::eventType)
                .toList());
    }

    public static UUID id(Person person) {
        return person.id();
    }

    @Override
    public void close() {
        test.close();
    }
}
