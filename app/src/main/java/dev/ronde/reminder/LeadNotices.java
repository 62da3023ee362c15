package dev.ronde.reminder;

import dev.ronde.account.Person;
import dev.ronde.asset.inventory.Asset;
import dev.ronde.cadence.NoticeTimes;
import dev.ronde.mail.health.Health;
import dev.ronde.mail.health.HealthState;
import dev.ronde.review.Review;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What is told of a review to others than its owner: who steps in, one level up, and the leads who must decide. */
record LeadNotices(World world, ReviewFacts facts, Instant now) {

    List<Notice> whileWaiting() {
        List<Notice> all = new ArrayList<>(unreached());
        all.addAll(unasked());
        all.addAll(afterwards());
        all.addAll(decision(Topic.NOT_MINE, review().handling().notMineAt()));
        all.addAll(decision(Topic.TIME_ASKED, review().handling().timeAskedAt()));
        all.addAll(noOwner());
        if (!now.isBefore(review().dates().overdueAt())) {
            all.addAll(escalations());
        }
        return all;
    }

    /** A problem is to be decided, also on a review that is missed. */
    List<Notice> afterwards() {
        return review().undecided()
                ? decision(Topic.PROBLEM, review().handling().problemAt())
                : List.of();
    }

    /** Asks those who may be the second person of a review, and again every week while it waits. */
    List<Notice> approvals() {
        Instant at = review().attestation().recordedAt();
        return at == null || !review().approval().pending()
                ? List.of()
                : told(facts.signers(), times -> Ladder.weekly(Topic.APPROVAL, at, times, now));
    }

    private List<Notice> told(List<Person> people, Function<NoticeTimes, List<Step>> ladder) {
        return people.stream()
                .flatMap(
                        person -> ladder.apply(people().times(person)).stream().map(step -> facts.notice(step, person)))
                .toList();
    }

    /** A bounce goes to the backup owner at once, else to the leads; the leads also hear once mailing stops. */
    private List<Notice> unreached() {
        Health trouble = people().trouble(review().ownerId()).orElse(null);
        if (trouble == null) {
            return List.of();
        }
        Instant since = Optional.ofNullable(trouble.firstHardAt())
                .orElseGet(() -> Objects.requireNonNull(trouble.lastSoftAt()));
        Optional<Person> backup = people().reached(asset().backupId())
                .filter(person -> !person.id().equals(review().ownerId()));
        boolean unreachable = trouble.state() == HealthState.UNREACHABLE;
        List<Person> told = backup.map(List::of).orElse(unreachable ? List.of() : people().leads());
        Topic topic = backup.isPresent() ? Topic.UNREACHED : Topic.UNREACHED_LEAD;
        List<Notice> notices = new ArrayList<>(comesBack(told, topic, since));
        if (unreachable) {
            notices.addAll(comesBack(people().leadsBut(review().ownerId()), Topic.UNREACHABLE, since));
        }
        return notices;
    }

    /** Mail to the person asked to take over was not sent or bounced, so the duty stays where it was. */
    private List<Notice> unasked() {
        Instant at = review().handling().delegatedAt();
        Person asked = people().active(review().handling().delegatedTo()).orElse(null);
        if (at == null || asked == null) {
            return List.of();
        }
        Occasion request = Occasion.since(Topic.ASKED, at);
        List<NoticeRow> requests = world.rows(review().id()).stream()
                .filter(row -> row.occasion().same(request))
                .toList();
        List<Person> others = people().readers(asked.id(), asset().backupId(), requests).stream()
                .filter(person -> !person.id().equals(asked.id()))
                .toList();
        return comesBack(others, Topic.UNASKED, at);
    }

    private List<Notice> comesBack(List<Person> told, Topic topic, Instant since) {
        return told(told, times -> List.of(Step.since(topic, since, Ladder.morning(since, times))));
    }

    /** Leads hear at once what they must decide, and again every week while it is undecided. */
    private List<Notice> decision(Topic topic, @Nullable Instant at) {
        return at == null ? List.of() : told(people().leads(), times -> Ladder.weekly(topic, at, times, now));
    }

    private List<Notice> noOwner() {
        Instant openedAt = review().opening().openedAt();
        return openedAt == null || people().active(review().ownerId()).isPresent()
                ? List.of()
                : told(people().leads(), times -> Ladder.unowned(review(), openedAt, times, now));
    }

    /** What mail cannot bring to a person goes to the leads the same day. */
    List<Notice> escalations() {
        List<Person> leads = people().leadsBut(review().ownerId());
        List<Notice> notices = new ArrayList<>(escalation(Topic.BACKUP, asset().backupId(), leads));
        notices.addAll(escalation(Topic.MANAGER, asset().managerId(), leads));
        notices.addAll(told(leads, times -> steps(Topic.LEAD, times)));
        return notices;
    }

    private List<Notice> escalation(Topic topic, @Nullable UUID personId, List<Person> leads) {
        Person person = people().active(personId)
                .filter(one -> !one.id().equals(review().ownerId()))
                .orElse(null);
        if (person == null) {
            return List.of();
        }
        return people().tries(person)
                ? told(List.of(person), times -> steps(topic, times))
                : told(
                        leads,
                        times -> steps(topic, times).stream().map(Step::toLead).toList());
    }

    private List<Step> steps(Topic topic, NoticeTimes times) {
        return OwnerNotices.counted(
                review(), Ladder.ofEscalation(topic, review().dates().dueOn(), times, now));
    }

    private Review review() {
        return facts.review();
    }

    private Asset asset() {
        return world.asset(review().assetId());
    }

    private Directory people() {
        return world.people();
    }
}
