package dev.ronde.mail;

import dev.ronde.evidence.Evidence;
import dev.ronde.evidence.EvidenceLog;
import dev.ronde.mail.Claims.Claimed;
import dev.ronde.mail.health.AddressHealth;
import dev.ronde.mail.smtp.SmtpAnswer;
import dev.ronde.mail.smtp.SmtpPhase;
import dev.ronde.mail.smtp.SmtpVerdict;
import dev.ronde.platform.text.Cut;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes what became of mails: rows, attempts, evidence, the state of the channel and what their kinds do then; many in one transaction. */
record Outcomes(EvidenceLog evidence, Claims claims) {
    private static final AddressHealth HEALTH = new AddressHealth();
    private static final Logger log = LoggerFactory.getLogger(Outcomes.class);
    private static final Duration PAUSE = Duration.ofMinutes(15);
    private static final Duration SHORT_PAUSE = Duration.ofMinutes(1);
    private static final int FAILURES_BEFORE_PAUSE = 3;
    private static final List<Duration> BACKOFF = List.of(
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            Duration.ofMinutes(15),
            Duration.ofHours(1),
            Duration.ofHours(3),
            Duration.ofHours(6),
            Duration.ofHours(12),
            Duration.ofDays(1));

    /** What became of a marked mail.
     *
     * @param answer absent where it was not handed over
     * @param dropped whether its connection is used no more in this run
     * @param excused whether the channel works all the same, as others were served in this run */
    record Handover(
            Claimed claimed,
            @Nullable SmtpAnswer answer,
            Instant startedAt,
            Instant endedAt,
            boolean dropped,
            boolean excused) {

        /** Whether the channel must pause: not if only this connection or recipient is refused and others work. */
        boolean blames() {
            SmtpAnswer said = answer;
            return said != null && !excused && ofChannel(said);
        }
    }

    private record Outcome(Handover handover, SmtpAnswer answer, MailState state) {
        Claimed claimed() {
            return handover.claimed();
        }

        OutboxMail mail() {
            return handover.claimed().mail();
        }

        Instant endedAt() {
            return handover.endedAt();
        }

        Attempt.Outcome row() {
            Instant again = state == MailState.RETRY
                    ? endedAt().plus(backoff(mail().attempts(), mail().id()))
                    : mail().notBefore();
            boolean sent = answer.verdict() == SmtpVerdict.ACCEPTED || answer.verdict() == SmtpVerdict.UNCERTAIN;
            MailContent content = claimed().content();
            return new Attempt.Outcome(
                    mail().id(),
                    claimed().token(),
                    state.word(),
                    reason(state, answer),
                    again,
                    answer.phase().word(),
                    answer.code(),
                    answer.enhancedCode(),
                    answer.text(),
                    answer.remoteId(),
                    content.toAddress(),
                    content.subject(),
                    sent ? content.maskedText() : null,
                    sent ? endedAt() : null);
        }

        Attempt attempt() {
            return new Attempt(
                    mail().id(),
                    mail().attempts(),
                    handover.startedAt(),
                    endedAt(),
                    answer.verdict().word(),
                    answer.phase().word(),
                    answer.code(),
                    answer.text());
        }
    }

    /** Spreads the step by ±20 %, derived from the mail's id. */
    private static Duration backoff(int attempts, UUID id) {
        Duration step = BACKOFF.get(Math.min(attempts, BACKOFF.size()) - 1);
        long percent = 80L + Math.floorMod(id.hashCode() + attempts * 31L, 41);
        return step.multipliedBy(percent).dividedBy(100);
    }

    /** Whether an answer is about us or the server, not about the mail. */
    static boolean ofChannel(SmtpAnswer answer) {
        return answer.verdict() == SmtpVerdict.CHANNEL || answer.phase() == SmtpPhase.CONNECT;
    }

    /** Writes the answers; what was not handed over goes back as it was.
     *
     * @param telling whether the answers tell how the channel is: after its first failure in a run the others fail as one with it, and
     *     what was accepted was on its way before */
    void write(Handle tx, List<Handover> all, boolean telling) {
        if (all.isEmpty()) {
            return;
        }
        claims.release(
                tx,
                all.stream()
                        .filter(one -> one.answer() == null)
                        .map(Handover::claimed)
                        .toList());
        List<Outcome> told = all.stream()
                .filter(one -> one.answer() != null)
                .map(one -> {
                    SmtpAnswer answer = Objects.requireNonNull(one.answer());
                    return new Outcome(one, answer, stateAfter(one.claimed().mail(), answer, one.endedAt()));
                })
                .sorted(Comparator.comparing(one -> one.mail().id()))
                .toList();
        OutboxDao dao = tx.attach(OutboxDao.class);
        int[] held = dao.finish(told.stream().map(Outcome::row).toList());
        List<Outcome> ours = new ArrayList<>();
        for (int i = 0; i < held.length; i++) {
            if (held[i] > 0) {
                ours.add(told.get(i));
            } else {
                log.warn(
                        "mail {} was given to another node while it was being sent",
                        told.get(i).mail().id());
            }
        }
        dao.insertAttempts(ours.stream().map(Outcome::attempt).toList());
        if (telling) {
            noteChannel(tx, ours);
        }
        settle(tx, ours);
    }

    private void settle(Handle tx, List<Outcome> ours) {
        List<Evidence> records = new ArrayList<>();
        ours.stream()
                .filter(one -> unknownAddress(one.answer()))
                .sorted(Comparator.comparing(one -> one.claimed().content().toAddress(), AddressHealth.ORDER))
                .forEach(one -> HEALTH.hard(
                        tx,
                        one.claimed().content().toAddress(),
                        one.mail().personId(),
                        one.answer().text(),
                        one.endedAt()));
        ours.stream()
                .map(one -> one.endedAt())
                .max(Comparator.naturalOrder())
                .ifPresent(endedAt -> HEALTH.tried(
                        tx,
                        ours.stream()
                                .filter(one -> one.answer().verdict() == SmtpVerdict.ACCEPTED)
                                .map(one -> one.claimed().content().toAddress())
                                .toList(),
                        endedAt));
        for (Outcome one : ours) {
            if (one.state().settled()) {
                records.add(Claims.record(
                        one.mail(), one.claimed().content().personRef(), one.state(), one.answer(), one.endedAt()));
            }
        }
        evidence.appendAll(tx, records);
        for (Outcome one : ours) {
            if (one.state().settled()) {
                claims.kind(one.mail()).settled(tx, one.mail(), one.state(), one.endedAt());
            }
        }
    }

    void noteUncertain(Handle tx, OutboxMail mail, Instant now) {
        evidence.append(tx, Claims.record(mail, null, MailState.UNCERTAIN, null, now));
        claims.kind(mail).settled(tx, mail, MailState.UNCERTAIN, now);
    }

    private static void noteChannel(Handle tx, List<Outcome> ours) {
        ChannelDao channels = tx.attach(ChannelDao.class);
        ours.stream()
                .filter(one -> !ofChannel(one.answer()))
                .findFirst()
                .ifPresent(one -> channels.countSuccess(one.endedAt()));
        ours.stream()
                .filter(one -> one.handover().blames())
                .findFirst()
                .ifPresent(one -> channels.countFailure(
                        one.answer().text(),
                        FAILURES_BEFORE_PAUSE,
                        one.endedAt().plus(pauseAfter(one.answer())),
                        one.endedAt()));
    }

    /** The server says at once what a report would say later: nobody has this address. */
    private static boolean unknownAddress(SmtpAnswer answer) {
        String enhanced = answer.enhancedCode();
        return answer.verdict() == SmtpVerdict.REFUSED
                && answer.phase() == SmtpPhase.RCPT
                && enhanced != null
                && enhanced.startsWith("5.1.");
    }

    /** A server that is away comes back soon; one that refuses us waits for a person. */
    private static Duration pauseAfter(SmtpAnswer answer) {
        return answer.verdict() == SmtpVerdict.CHANNEL ? PAUSE : SHORT_PAUSE;
    }

    private static MailState stateAfter(OutboxMail mail, SmtpAnswer answer, Instant now) {
        return switch (answer.verdict()) {
            case ACCEPTED -> MailState.ACCEPTED;
            case REFUSED -> MailState.REFUSED;
            case UNCERTAIN -> MailState.UNCERTAIN;
            case RETRY, CHANNEL ->
                mail.validUntil() != null && now.isAfter(mail.validUntil()) ? MailState.EXPIRED : MailState.RETRY;
        };
    }

    private static @Nullable String reason(MailState state, SmtpAnswer answer) {
        return switch (state) {
            case ACCEPTED -> null;
            case EXPIRED -> MailReason.NO_SERVER.with();
            default -> Cut.to(answer.text(), 500);
        };
    }
}
