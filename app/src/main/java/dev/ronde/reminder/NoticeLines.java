package dev.ronde.reminder;

import dev.ronde.account.Person;
import dev.ronde.cadence.LocalTimes;
import dev.ronde.catalogue.Judgement;
import dev.ronde.catalogue.Severity;
import dev.ronde.coverage.LastingError;
import dev.ronde.finding.waiver.EndingWaiver;
import dev.ronde.finding.waiver.RequestedWaiver;
import dev.ronde.mail.MailAddresses;
import dev.ronde.mail.MailDates;
import dev.ronde.mail.MailReason;
import dev.ronde.mail.smtp.CleanText;
import dev.ronde.review.Review;
import dev.ronde.review.ReviewEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What mails say about everything but a review that waits for somebody: a line for each notice, with an {@code order} to sort by, under a
 * heading for each sort.
 *
 * @param words what the reason of a run without a result means; empty for one that only the organisation's own check files know
 */
record NoticeLines(MailAddresses addresses, BiFunction<String, Locale, Optional<String>> words) {
    static final String FOUND = "found";
    static final String MISSED = "missed";
    static final List<String> SECTIONS = List.of(MISSED, "recovery", "lapsed", FOUND, "requests", "waivers", "blind");

    /** Long enough for three openings with their rules. */
    private static final int LONGEST_FOUND = 500;

    private static final int LONGEST_SUBJECT = 150;

    /** Empty for what is told of a review that waits for somebody. */
    static String section(Topic topic) {
        return switch (topic) {
            case MISSED -> MISSED;
            case RECOVERY -> "recovery";
            case LAPSED -> "lapsed";
            case FOUND -> FOUND;
            case REQUESTED -> "requests";
            case ENDING -> "waivers";
            case BLIND -> "blind";
            default -> "";
        };
    }

    static MailReason goneReason(Topic topic) {
        return switch (topic) {
            case MISSED, RECOVERY -> MailReason.NOTHING_MISSED;
            case LAPSED -> MailReason.ASKED_AGAIN;
            case FOUND -> MailReason.FINDING_FIXED;
            case REQUESTED -> MailReason.WAIVER_DECIDED;
            case ENDING -> MailReason.WAIVER_OVER;
            case BLIND -> MailReason.SEES_AGAIN;
            default -> MailReason.LIST_DONE;
        };
    }

    /** Adds what a line about a review says beside the model of the review. */
    Map<String, Object> ofReview(ReviewFacts facts, NoticeRow row, Person person, Map<String, Object> line) {
        Review review = facts.review();
        if (row.topic() == Topic.LAPSED) {
            facts.lapses().stream()
                    .filter(lapse -> lapse.occasion().same(row.occasion()))
                    .findFirst()
                    .ifPresent(lapse -> lapsed(lapse, person, line));
        } else {
            line.put("undecided", review.undecided());
            line.put("page", addresses.base() + "/reviews/" + review.ref());
        }
        return line;
    }

    private static void lapsed(Lapse lapse, Person person, Map<String, Object> line) {
        ReviewEvent ended = lapse.ended();
        boolean own = lapse.askedBy(person);
        line.put("own", own);
        line.put("other", name(own ? lapse.asked().detail() : lapse.asked().actorName()));
        line.put("ended", lapse.refused() ? "refused" : ended.eventType());
        line.put(
                "now",
                switch (ended.eventType()) {
                    case "attested" -> name(ended.actorName());
                    case "delegated" -> name(ended.detail());
                    default -> line.getOrDefault("owner", "–");
                });
    }

    private static String name(@Nullable String name) {
        return CleanText.line(Objects.requireNonNullElse(name, "–"));
    }

    /** The line of a notice that is not about a review. */
    Map<String, Object> of(World world, NoticeRow row, Person person) {
        return switch (row.topic()) {
            case FOUND ->
                found(
                        world,
                        one(world.findings().stream().filter(one -> one.id().equals(row.subjectId()))),
                        person);
            case REQUESTED ->
                requested(
                        one(world.waivers().requested().stream()
                                .filter(one -> one.id().equals(row.subjectId()))),
                        person);
            case BLIND ->
                blind(
                        world,
                        one(world.blind().stream()
                                .filter(one -> one.error().id().equals(row.subjectId()))),
                        person);
            default -> {
                boolean over =
                        world.waivers().over().stream().anyMatch(one -> one.id().equals(row.subjectId()));
                Stream<EndingWaiver> all =
                        Stream.concat(world.waivers().ending().stream(), world.waivers().over().stream());
                yield ending(world, one(all.filter(one -> one.id().equals(row.subjectId()))), over, person);
            }
        };
    }

    private static <T> T one(Stream<T> those) {
        return those.findFirst().orElseThrow();
    }

    private Map<String, Object> found(World world, Found found, Person person) {
        Map<String, Object> model = new HashMap<>();
        model.put("instead", world.people().insteadOf(person, world.rows(found.id()), found.ownerId()));
        model.put("asset", found.asset());
        model.put("title", phrase(found.title(), LONGEST_FOUND));
        model.put("heading", phrase(found.title(), LONGEST_SUBJECT));
        model.put("severity", found.severity().name().toLowerCase(Locale.ROOT));
        model.put("owned", person.id().equals(found.ownerId()));
        model.put("order", Severity.CRITICAL.compareTo(found.severity()) + " " + found.firstBadAt());
        model.put("first_bad", MailDates.moment(found.firstBadAt(), person.zone(), person.language()));
        model.put("thing", ReviewModels.thing(found.asset(), found.assetName()));
        model.put("since", MailDates.day(LocalTimes.dayOf(found.firstBadAt(), person.zone()), person.language()));
        model.put("remedy", phrase(found.remedy(), LONGEST_FOUND));
        model.put("page", addresses.base() + "/assets/" + found.asset());
        return model;
    }

    /** Drops the full stop, so that the finding can stand inside a longer line. */
    private static String phrase(String sentence, int longest) {
        return CleanText.line(sentence, longest).strip().replaceFirst("(?<!\\.)\\.$", "");
    }

    private Map<String, Object> ending(World world, EndingWaiver waiver, boolean over, Person person) {
        boolean own = person.id().equals(waiver.ownerId()) || person.id().equals(waiver.requesterId());
        Map<String, Object> model = new HashMap<>();
        model.put("ref", waiver.ref());
        model.put("asset", waiver.asset());
        model.put("check", waiver.checkId());
        model.put(
                "instead",
                own
                        ? ""
                        : world.people()
                                .insteadOf(person, world.rows(waiver.id()), waiver.ownerId(), waiver.requesterId()));
        model.put("until", MailDates.day(waiver.untilOn(), person.language()));
        model.put("order", waiver.untilOn() + " %015d".formatted(waiver.waiverNumber()));
        model.put("over", over);
        model.put("page", addresses.base() + "/waivers/" + waiver.ref());
        return model;
    }

    private Map<String, Object> requested(RequestedWaiver waiver, Person person) {
        Map<String, Object> model = new HashMap<>();
        model.put("ref", waiver.ref());
        model.put("asset", waiver.asset());
        model.put("check", waiver.checkId());
        model.put("severity", waiver.severity());
        model.put("until", MailDates.day(waiver.untilOn(), person.language()));
        model.put("order", waiver.requestedAt() + " %015d".formatted(waiver.waiverNumber()));
        model.put("page", addresses.base() + "/waivers/" + waiver.ref());
        return model;
    }

    private Map<String, Object> blind(World world, World.BlindCheck blind, Person person) {
        LastingError error = blind.error();
        boolean operates = BlindNotices.operators(world.people()).contains(person);
        boolean stated = Judgement.ATTESTATION_OVERDUE.equals(error.reason())
                || Judgement.ATTESTATION_OUTDATED.equals(error.reason());
        String page = addresses.base() + "/assets/" + error.asset();
        Map<String, Object> model = new HashMap<>();
        model.put("instead", operates ? "" : world.people().insteadOf(person, world.rows(error.id()), blind.ownerId()));
        model.put("asset", error.asset());
        model.put("thing", ReviewModels.thing(error.asset(), error.assetName()));
        model.put("check", error.check());
        model.put("reason", reason(error, person));
        model.put("erring", error.erring());
        model.put("stated", stated);
        model.put("since", MailDates.moment(error.since(), person.zone(), person.language()));
        model.put("order", error.about());
        model.put("page", stated ? page + "/checks/" + error.check() + "/attestation" : page);
        return model;
    }

    /** In the reader's language; the bare code of a reason that only the operator's own check file knows. */
    private String reason(LastingError error, Person person) {
        String code = error.reason();
        return code == null ? "–" : words.apply(code, person.language()).orElse(code);
    }
}
