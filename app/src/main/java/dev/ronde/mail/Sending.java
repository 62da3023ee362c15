package dev.ronde.mail;

import dev.ronde.mail.Claims.Claimed;
import dev.ronde.mail.Claims.Prepared;
import dev.ronde.mail.Outcomes.Handover;
import dev.ronde.mail.smtp.SmtpAnswer;
import dev.ronde.mail.smtp.SmtpPhase;
import dev.ronde.mail.smtp.SmtpSender;
import dev.ronde.mail.smtp.SmtpVerdict;
import dev.ronde.platform.db.Database;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of the relay. This thread renders, marks mails as being sent and writes what became of them, a handful in each transaction;
 * threads with a connection each hand the marked ones over. At most {@link #AHEAD} mails wait at each connection beside the one it has:
 * they are all a kill leaves in doubt.
 */
final class Sending implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Sending.class);
    private static final int AHEAD = 3;
    private static final int RENDERED_AT_ONCE = 100;
    private static final int MAILS_A_RUN = 20_000;
    private static final long PATIENCE_MILLIS = 200;
    private static final long LINGER_NANOS = 5_000_000;

    private final Database database;
    private final Claims claims;
    private final Outcomes outcomes;
    private final Pace pace;
    private final InstantSource clock;
    private final BooleanSupplier closing;

    private final LinkedBlockingDeque<SmtpSender> free;
    private final BlockingQueue<Handover> answers = new LinkedBlockingQueue<>();
    private final Deque<Prepared> rendered = new ArrayDeque<>();
    private final Set<UUID> looked = new HashSet<>();
    private @Nullable ExecutorService hands;
    private int connections;
    private int underWay;
    private int done;
    private boolean drained;
    private boolean starved;
    private boolean blamed;
    /** Once the server took a mail in this run, a connection it refuses is only one too many. */
    private volatile boolean served;

    private volatile boolean stopped;

    Sending(
            Database database,
            Claims claims,
            Outcomes outcomes,
            Pace pace,
            List<SmtpSender> senders,
            InstantSource clock,
            BooleanSupplier closing) {
        this.database = database;
        this.claims = claims;
        this.outcomes = outcomes;
        this.pace = pace;
        this.clock = clock;
        this.closing = closing;
        this.free = new LinkedBlockingDeque<>(senders);
        this.connections = senders.size();
    }

    /** Sends until nothing waits, the channel must rest, or enough was done. */
    int run() throws InterruptedException {
        while (true) {
            List<Handover> answered = answered();
            List<Prepared> next = stopped || closing.getAsBoolean() ? List.of() : next();
            if (answered.isEmpty() && next.isEmpty()) {
                if (underWay == 0) {
                    return done;
                }
                continue;
            }
            List<Claimed> claimed = write(answered, next);
            underWay += claimed.size() - answered.size();
            claimed.forEach(one -> hands().execute(() -> handOver(one)));
        }
    }

    @Override
    public void close() {
        if (hands != null) {
            hands.shutdown();
        }
    }

    private List<Handover> answered() throws InterruptedException {
        List<Handover> all = new ArrayList<>();
        boolean idle = stopped || starved || underWay >= window() || (rendered.isEmpty() && drained);
        if (underWay > 0 && idle) {
            Handover first = answers.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
            if (first != null) {
                all.add(first);
                linger(all);
            }
        }
        answers.drainTo(all);
        for (Handover one : all) {
            look(one);
        }
        return all;
    }

    /** Waits briefly for half of what is under way: a transaction costs more than what it writes. */
    private void linger(List<Handover> all) throws InterruptedException {
        long end = System.nanoTime() + LINGER_NANOS;
        int half = (underWay + 1) / 2;
        while (all.size() < half) {
            Handover next = answers.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (next == null) {
                return;
            }
            all.add(next);
        }
    }

    private void look(Handover one) {
        SmtpAnswer answer = one.answer();
        if (answer == null) {
            return;
        }
        String enhanced = answer.enhancedCode();
        if (answer.code() == 421 || (enhanced != null && enhanced.startsWith("4.7."))) {
            pace.slowDown();
        }
        if (one.dropped()) {
            connections--;
        }
    }

    /** How many mails may be marked: one until the server has taken one. */
    private int window() {
        return served ? connections * (1 + AHEAD) : 1;
    }

    private List<Prepared> next() throws InterruptedException {
        int room = window() - underWay;
        if (room <= 0) {
            return List.of();
        }
        while (rendered.isEmpty() && !drained) {
            render();
        }
        int wanted = Math.min(room, rendered.size());
        int granted = wanted == 0 ? 0 : pace.take(wanted);
        starved = granted < wanted;
        if (granted == 0 && wanted > 0 && underWay == 0) {
            pace.await();
            granted = 1;
        }
        List<Prepared> next = new ArrayList<>();
        for (int i = 0; i < granted; i++) {
            next.add(rendered.remove());
        }
        return next;
    }

    /** Renders no more than can leave within a second, so that the texts are still true. */
    private void render() {
        int limit = Math.min(RENDERED_AT_ONCE, pace.perSecond());
        Claims.Batch batch = claims.prepare(clock.instant(), looked, limit);
        looked.addAll(batch.looked());
        rendered.addAll(batch.ready());
        done += batch.looked().size();
        drained = batch.looked().isEmpty() || done >= MAILS_A_RUN;
    }

    private List<Claimed> write(List<Handover> answered, List<Prepared> next) {
        try {
            List<Claimed> claimed = database.inTransaction(tx -> {
                outcomes.write(tx, answered, !blamed);
                return claims.claim(tx, next, clock.instant());
            });
            blamed |= answered.stream().anyMatch(Handover::blames);
            return claimed;
        } catch (RuntimeException e) {
            if (answered.isEmpty()) {
                throw e;
            }
            // what cannot be written of one mail must not be lost of the others
            log.error("{} outcomes could not be written together", answered.size(), e);
            answered.forEach(this::writeAlone);
            return List.of();
        }
    }

    private void writeAlone(Handover one) {
        try {
            database.useTransaction(tx -> outcomes.write(tx, List.of(one), !blamed));
        } catch (RuntimeException e) {
            log.error(
                    "mail {}: what became of it could not be written",
                    one.claimed().mail().id(),
                    e);
        }
    }

    private ExecutorService hands() {
        ExecutorService there = hands;
        if (there == null) {
            there = Executors.newFixedThreadPool(free.size(), work -> {
                Thread thread = new Thread(work, "mail-sender");
                thread.setDaemon(true);
                return thread;
            });
            hands = there;
        }
        return there;
    }

    /** Runs on a sender's thread; whatever happens, the run learns that the mail is no longer under way. */
    private void handOver(Claimed claimed) {
        Instant startedAt = clock.instant();
        SmtpAnswer answer = null;
        boolean dropped = false;
        boolean excused = false;
        try {
            if (!stopped) {
                SmtpSender sender = free.takeFirst();
                answer = sender.send(claimed.letter());
                dropped = served && unreachable(answer) && !free.isEmpty();
                if (!dropped) {
                    free.addFirst(sender);
                }
                excused = dropped || (served && answer.phase().mayConcernOneMail());
                if (!Outcomes.ofChannel(answer)) {
                    served = true;
                } else if (!excused) {
                    stopped = true;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            answers.add(new Handover(claimed, answer, startedAt, clock.instant(), dropped, excused));
        }
        if (answer != null && answer.verdict() != SmtpVerdict.ACCEPTED) {
            log.info("mail {} {} {} {}", claimed.mail().id(), answer.verdict(), answer.phase(), answer.code());
        }
    }

    private static boolean unreachable(SmtpAnswer answer) {
        return answer.verdict() == SmtpVerdict.RETRY && answer.phase() == SmtpPhase.CONNECT;
    }
}
