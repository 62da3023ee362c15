package dev.ronde.mail.trial;

import dev.ronde.mail.ReplyMode;
import dev.ronde.mail.trial.TrialFinding.Level;
import dev.ronde.mail.trial.TrialFinding.Topic;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Judges a trial: pure, from what left, what came back, and how the channel is set up. */
final class TrialReport {
    /** Servers stamp whole seconds, and a mail takes some. */
    private static final Duration SKEW = Duration.ofSeconds(90);

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("[EEE, ]d MMM yyyy HH:mm[:ss] Z", Locale.ENGLISH);
    private static final Pattern DOMAIN = Pattern.compile("(?:^|;)\\s*d\\s*=\\s*([A-Za-z0-9.-]{1,253})");
    private static final Pattern DMARC = Pattern.compile("\\bdmarc=([a-z]{1,20})", Pattern.CASE_INSENSITIVE);

    private final Trial trial;
    private final Setup setup;
    private final Instant now;
    private final List<TrialFinding> findings = new ArrayList<>();

    /**
     * How the channel is set up.
     *
     * @param domain of the address mails come from
     * @param authserv the name whose verdicts are believed; absent: nobody's are
     * @param fetched whether a mailbox is fetched; otherwise a mail server hands messages over
     * @param mailboxError why the mailbox cannot be read; absent where it can
     * @param smtpTls none, starttls or tls
     * @param imapTls the same for the mailbox; absent where none is fetched
     */
    record Setup(
            ReplyMode mode,
            String domain,
            @Nullable String authserv,
            boolean fetched,
            @Nullable String mailboxError,
            String smtpTls,
            @Nullable String imapTls) {}

    private TrialReport(Trial trial, Setup setup, Instant now) {
        this.trial = trial;
        this.setup = setup;
        this.now = now;
    }

    static List<TrialFinding> of(Trial trial, Setup setup, Instant now) {
        TrialReport report = new TrialReport(trial, setup, now);
        report.sent();
        if (trial.left()) {
            report.cameBack();
            String header = trial.headerText();
            if (Trial.ARRIVED.equals(trial.outcome()) && header != null) {
                report.seen(TrialHeaders.of(header));
            }
        }
        report.encryption();
        return List.copyOf(report.findings);
    }

    private void add(Topic topic, Level level, String what, String... words) {
        findings.add(new TrialFinding(
                topic, level, what, words.length > 0 ? words[0] : "", words.length > 1 ? words[1] : ""));
    }

    private void sent() {
        if (trial.left()) {
            add(Topic.SENT, Level.OK, "taken", trial.server(), trial.sentTo());
        } else if (trial.verdict().equals(Trial.SENDING)) {
            add(Topic.SENT, trial.pending(now) ? Level.WAIT : Level.FAIL, "unknown", trial.server());
        } else if (trial.phase().equals("rcpt")) {
            add(
                    Topic.SENT,
                    Level.FAIL,
                    "address_" + setup.mode().name().toLowerCase(Locale.ROOT),
                    trial.server(),
                    trial.answer());
        } else if (trial.phase().equals("connect")) {
            add(Topic.SENT, Level.FAIL, "unreachable", trial.server(), trial.answer());
        } else {
            add(Topic.SENT, Level.FAIL, "refused", trial.server(), trial.answer());
        }
    }

    private void cameBack() {
        Instant returned = trial.returnedAt();
        if (Trial.ARRIVED.equals(trial.outcome()) && returned != null) {
            long seconds =
                    Math.max(0, Duration.between(trial.sentAt(), returned).toSeconds());
            add(Topic.CAME_BACK, Level.OK, "arrived", String.valueOf(seconds));
        } else if (Trial.BOUNCED.equals(trial.outcome())) {
            add(Topic.CAME_BACK, Level.FAIL, "bounced_" + setup.mode().name().toLowerCase(Locale.ROOT), trial.sentTo());
        } else if (setup.mailboxError() != null) {
            add(Topic.CAME_BACK, Level.FAIL, "mailbox", setup.mailboxError());
        } else if (!trial.pending(now)) {
            add(Topic.CAME_BACK, Level.FAIL, setup.fetched() ? "lost" : "lost_pipe", trial.sentTo());
        } else {
            add(Topic.CAME_BACK, Level.WAIT, setup.fetched() ? "waiting" : "waiting_pipe", trial.sentTo());
        }
    }

    private void seen(TrialHeaders headers) {
        if (setup.mode() != ReplyMode.NONE) {
            replyTag(headers);
            replyTo(headers);
            bounceTag(headers);
        }
        messageId(headers);
        authentication(headers);
        signature(headers);
        clock(headers);
    }

    private void replyTag(TrialHeaders headers) {
        List<String> kept = headers.envelopeWith(trial.tag());
        boolean inTo = headers.holds("to", trial.tag());
        if (!kept.isEmpty()) {
            add(Topic.REPLY_TAG, Level.OK, "kept", String.join(", ", kept) + (inTo ? ", To" : ""));
        } else if (!inTo) {
            add(
                    Topic.REPLY_TAG,
                    Level.FAIL,
                    setup.mode() == ReplyMode.PLUS ? "lost_plus" : "lost_catchall",
                    trial.sentTo());
        } else if (headers.anyEnvelope()) {
            add(Topic.REPLY_TAG, Level.WARN, "dropped", envelope(headers));
        } else {
            add(Topic.REPLY_TAG, Level.OK, "to_only");
        }
    }

    private static String envelope(TrialHeaders headers) {
        return TrialHeaders.ENVELOPE.stream()
                .flatMap(name -> headers.first(name).stream())
                .findFirst()
                .orElse("");
    }

    private void replyTo(TrialHeaders headers) {
        boolean kept = headers.holds("reply-to", trial.tag());
        String found = headers.first("reply-to").orElse("–");
        add(Topic.REPLY_TO, kept ? Level.OK : Level.FAIL, kept ? "kept" : "changed", kept ? trial.sentTo() : found);
    }

    private void bounceTag(TrialHeaders headers) {
        Optional<String> path = headers.first("return-path");
        if (path.isEmpty()) {
            add(Topic.BOUNCE_TAG, Level.WARN, "unseen");
        } else if (headers.holds("return-path", trial.bounceTag())) {
            add(Topic.BOUNCE_TAG, Level.OK, "kept");
        } else {
            add(Topic.BOUNCE_TAG, Level.WARN, "changed", path.get());
        }
    }

    private void messageId(TrialHeaders headers) {
        String found = headers.first("message-id").orElse("–").strip();
        boolean kept = found.equalsIgnoreCase(trial.messageId());
        add(Topic.MESSAGE_ID, kept ? Level.OK : Level.WARN, kept ? "kept" : "changed", found);
    }

    private void authentication(TrialHeaders headers) {
        List<String> fields = headers.all("authentication-results");
        String believed = setup.authserv();
        if (fields.isEmpty()) {
            add(
                    Topic.AUTHENTICATION,
                    Level.WARN,
                    believed == null ? "none" : "none_believed",
                    String.valueOf(believed));
            return;
        }
        String top = name(fields.get(0));
        if (believed == null) {
            add(Topic.AUTHENTICATION, Level.WARN, "unset", top, verdict(fields.get(0)));
            return;
        }
        Optional<String> ours = fields.stream()
                .filter(field -> name(field).equalsIgnoreCase(believed.strip()))
                .findFirst();
        if (ours.isEmpty()) {
            add(Topic.AUTHENTICATION, Level.WARN, "other", believed, top);
        } else {
            String verdict = verdict(ours.get());
            Level level = verdict.equals("fail") ? Level.FAIL : Level.OK;
            add(Topic.AUTHENTICATION, level, verdict.equals("fail") ? "fail" : "seen", believed, verdict);
        }
    }

    /** The authserv-id stands before the first semicolon, a version may follow it (RFC 8601 2.2). */
    private static String name(String field) {
        return field.split(";", 2)[0].strip().split("\\s", 2)[0];
    }

    private static String verdict(String field) {
        Matcher matcher = DMARC.matcher(field);
        return matcher.find() ? matcher.group(1).toLowerCase(Locale.ROOT) : "none";
    }

    private void signature(TrialHeaders headers) {
        List<String> domains = headers.all("dkim-signature").stream()
                .map(DOMAIN::matcher)
                .filter(Matcher::find)
                .map(found -> found.group(1).toLowerCase(Locale.ROOT))
                .toList();
        if (domains.isEmpty()) {
            add(Topic.SIGNATURE, Level.WARN, "none", setup.domain());
        } else if (domains.stream().anyMatch(this::aligned)) {
            add(Topic.SIGNATURE, Level.OK, "aligned", String.join(", ", domains));
        } else {
            add(Topic.SIGNATURE, Level.WARN, "foreign", String.join(", ", domains), setup.domain());
        }
    }

    /** RFC 7489 3.1.1, relaxed: one is the other or lies below it; no list of public suffixes is asked. */
    private boolean aligned(String domain) {
        String from = setup.domain().toLowerCase(Locale.ROOT);
        return from.equals(domain) || from.endsWith("." + domain) || domain.endsWith("." + from);
    }

    /** The stamp of the last server lies between our sending and our reading, where the clocks agree. */
    private void clock(TrialHeaders headers) {
        Instant returned = trial.returnedAt();
        Optional<Instant> stamp = headers.first("received").flatMap(TrialReport::stamp);
        if (stamp.isEmpty() || returned == null) {
            add(Topic.CLOCK, Level.WARN, "unseen");
            return;
        }
        Duration early = Duration.between(stamp.get(), trial.sentAt());
        Duration late = Duration.between(returned, stamp.get());
        if (early.compareTo(SKEW) > 0) {
            add(Topic.CLOCK, Level.WARN, "behind", String.valueOf(early.toSeconds()));
        } else if (late.compareTo(SKEW) > 0) {
            add(Topic.CLOCK, Level.WARN, "ahead", String.valueOf(late.toSeconds()));
        } else {
            add(Topic.CLOCK, Level.OK, "agree");
        }
    }

    private static Optional<Instant> stamp(String received) {
        String text = received.substring(received.lastIndexOf(';') + 1)
                .replaceAll("\\([^()]{0,100}\\)", " ")
                .replaceAll("\\s+", " ")
                .replaceAll("\\b(GMT|UTC|UT)\\b", "+0000")
                .strip();
        try {
            return Optional.of(ZonedDateTime.parse(text, STAMP).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private void encryption() {
        boolean sending = !setup.smtpTls().equals("none");
        boolean fetching = setup.imapTls() == null || !setup.imapTls().equals("none");
        boolean connected = trial.left()
                || !(trial.phase().equals("connect") || trial.verdict().equals(Trial.SENDING));
        if (sending && fetching && connected && setup.mailboxError() == null) {
            add(Topic.ENCRYPTION, Level.OK, setup.fetched() ? "both" : "smtp");
        } else if (sending && fetching) {
            add(Topic.ENCRYPTION, Level.WARN, "unproven");
        } else {
            add(Topic.ENCRYPTION, Level.WARN, sending ? "smtp_only" : fetching ? "imap_only" : "neither");
        }
    }
}
