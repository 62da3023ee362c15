package dev.ronde.reminder;

import dev.ronde.account.People;
import dev.ronde.asset.inventory.Assets;
import dev.ronde.cadence.LocalTimes;
import dev.ronde.mail.health.Absence;
import dev.ronde.mail.health.AddressHealth;
import dev.ronde.platform.db.Batches;
import dev.ronde.review.Review;
import dev.ronde.review.answer.Reviews;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * What must be told about reviews now: for each open review and person the highest rung whose time has come and that was
 * not told. It follows from the present facts alone.
 */
final class ReviewItems implements Reminders.Source {
    private final Reviews reviews;
    private final Assets assets;
    private final People people;
    private final AddressHealth health;

    ReviewItems(Reviews reviews, Assets assets, People people, AddressHealth health) {
        this.reviews = reviews;
        this.assets = assets;
        this.people = people;
        this.health = health;
    }

    @Override
    public List<Item> at(Handle handle, Calendars calendars, Instant now) {
        List<UUID> undecided = handle.attach(NoticeDao.class).listMissedUndecided(now);
        return items(
                look(handle, calendars, now),
                reviews.waiting(handle),
                List.copyOf(reviews.byIds(handle, undecided).values()),
                reviews.awaitingApproval(handle));
    }

    /** @param undecided missed, with a problem that still is a decision */
    private List<Item> items(Look look, List<Review> waiting, List<Review> undecided, List<Review> pending) {
        Handle handle = look.handle();
        Map<UUID, List<Notice>> told = told(
                handle,
                Stream.of(waiting, undecided, pending).flatMap(List::stream).toList());
        List<Draft> drafts = waiting(look, told, waiting);
        EscalationItems others = new EscalationItems(look);
        undecided.forEach(review -> others.problem(review, told.getOrDefault(review.id(), List.of()), drafts));
        pending.forEach(review -> others.approvals(review, told.getOrDefault(review.id(), List.of()), drafts));
        return Draft.items(handle, assets, drafts);
    }

    List<Item> about(Handle handle, Instant at, Predicate<Review> which) {
        return items(
                look(handle, new Calendars(handle, people, at), at),
                reviews.waiting(handle).stream().filter(which).toList(),
                List.of(),
                reviews.awaitingApproval(handle).stream().filter(which).toList());
    }

    private Look look(Handle handle, Calendars calendars, Instant now) {
        LocalDate earliest = LocalTimes.dayOf(now, ZoneOffset.UTC).minusDays(1);
        Map<UUID, Absence> away = health.absent(handle, earliest, now).stream()
                .collect(Collectors.toMap(Absence::personId, absence -> absence));
        return new Look(handle, now, reviews, assets, calendars, away);
    }

    private static Map<UUID, List<Notice>> told(Handle handle, List<Review> about) {
        return handle.attach(NoticeDao.class)
                .bySubject(about.stream().map(Review::id).distinct().toList());
    }

    private List<Draft> waiting(Look look, Map<UUID, List<Notice>> told, List<Review> waiting) {
        List<Draft> drafts = new ArrayList<>();
        List<UUID> late = waiting.stream()
                .filter(review -> !look.now().isBefore(review.dates().overdueAt()))
                .map(Review::assetId)
                .distinct()
                .toList();
        Batches.of(late).forEach(some -> look.assets().putAll(assets.byIds(look.handle(), some)));
        look.calendars().read(people(look, waiting));
        NoticeDao dao = look.handle().attach(NoticeDao.class);
        Map<UUID, List<NoticeDao.Prompt>> prompts = new HashMap<>();
        for (List<UUID> some : Batches.of(waiting.stream().map(Review::id).toList())) {
            look.given().putAll(reviews.given(look.handle(), some));
            dao.listReopenings(some)
                    .forEach(again -> look.reopenings()
                            .computeIfAbsent(again.reviewId(), id -> new ArrayList<>())
                            .add(again));
            dao.listPrompts(some)
                    .forEach(prompt -> prompts.computeIfAbsent(prompt.reviewId(), id -> new ArrayList<>())
                            .add(prompt));
        }
        OwnerItems owners = new OwnerItems(look);
        EscalationItems others = new EscalationItems(look);
        for (Review review : waiting) {
            List<Notice> notices = told.getOrDefault(review.id(), List.of());
            owners.of(review, notices, prompts.getOrDefault(review.id(), List.of()), drafts);
            others.of(review, notices, drafts);
        }
        return drafts;
    }

    /** At least the owners and the people who hear next of what is late. */
    private static List<UUID> people(Look look, List<Review> waiting) {
        Stream<@Nullable UUID> owners = waiting.stream().map(Review::ownerId);
        Stream<@Nullable UUID> next =
                look.assets().values().stream().flatMap(asset -> Stream.of(asset.backupId(), asset.managerId()));
        return Stream.concat(owners, next).filter(Objects::nonNull).distinct().toList();
    }
}
