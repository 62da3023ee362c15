package dev.ronde.platform.schedule;

import dev.ronde.platform.db.Database;
import dev.ronde.platform.db.Installation;
import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.Principal;
import dev.ronde.platform.http.Requests;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import dev.ronde.platform.problem.Problem;
import dev.ronde.platform.time.ProductClock;
import io.javalin.http.Context;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Moves the test clock as an outage of that length would, and answers once everything that became due has happened. As a tick it takes over
 * what another node or command moved.
 */
public final class TestClockApi implements Routes, Tick {
    /** The body: an ISO 8601 duration such as P1D, P1M or PT90M. */
    public record Advance(@Nullable String advance) {}

    private static final Duration FARTHEST = Duration.ofDays(36_525);

    private final Database database;
    private final ProductClock clock;
    private final TickRunner runner;
    private final ZoneId zone;
    private final Moved moved;
    private final ReentrantLock moving = new ReentrantLock();

    /** Runs on every move, before the work that became due. */
    @FunctionalInterface
    public interface Moved {
        void moved(Instant from, Instant to, Principal by);
    }

    public TestClockApi(Database database, ProductClock clock, TickRunner runner, ZoneId zone, Moved moved) {
        this.moved = moved;
        this.database = database;
        this.clock = clock;
        this.runner = runner;
        this.zone = zone;
    }

    @Override
    public void register(Router router) {
        router.post("/api/v1/test/clock", Access.ADMINS, this::advance);
    }

    @Override
    public String name() {
        return "follow-clock";
    }

    @Override
    public Duration every() {
        return Duration.ofSeconds(1);
    }

    @Override
    public int run(Instant now) {
        Installation.followOffset(database, clock);
        return 0;
    }

    private void advance(Context context) {
        String text = Requests.body(context, Advance.class).advance();
        if (text == null) {
            throw Problem.invalid("/advance", "required", "Send how far to move, such as {\"advance\":\"P1D\"}.");
        }
        moving.lock();
        try {
            Installation.followOffset(database, clock);
            Instant from = clock.instant();
            Duration step = Duration.between(from, target(from, text));
            if (step.isNegative()) {
                throw Problem.invalid("/advance", "backwards", "Time moves forward only: write a positive duration.");
            }
            if (step.compareTo(FARTHEST) > 0) {
                throw Problem.invalid(
                        "/advance", "too_far", "One move is at most 100 years: write a shorter duration.");
            }
            Installation.advance(database, clock, step);
            moved.moved(from, clock.instant(), Requests.principal(context));
            runner.settle();
        } finally {
            moving.unlock();
        }
        context.json(Map.of("now", clock.instant()));
    }

    /** The date part counts calendar days in the installation's zone. */
    private Instant target(Instant now, String text) {
        try {
            int time = text.indexOf('T');
            String datePart = time < 0 ? text : text.substring(0, time);
            ZonedDateTime moved = now.atZone(zone);
            if (time < 0 || !datePart.equals("P")) {
                moved = moved.plus(Period.parse(datePart));
            }
            return time < 0 ? moved.toInstant() : moved.toInstant().plus(Duration.parse("P" + text.substring(time)));
        } catch (ArithmeticException e) {
            throw Problem.invalid(
                    "/advance", "too_far", "That is further than time reaches: write a shorter duration.");
        } catch (DateTimeException e) {
            throw Problem.invalid(
                    "/advance", "bad_duration", "\"" + text + "\" is no ISO 8601 duration: write P1D, P1M or PT90M.");
        }
    }
}
