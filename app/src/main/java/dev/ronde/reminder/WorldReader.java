package dev.ronde.reminder;

import dev.ronde.account.People;
import dev.ronde.account.Person;
import dev.ronde.asset.inventory.Asset;
import dev.ronde.asset.inventory.Assets;
import dev.ronde.cadence.LocalTimes;
import dev.ronde.coverage.LastingError;
import dev.ronde.finding.waiver.DueWaivers;
import dev.ronde.finding.waiver.EndingWaiver;
import dev.ronde.finding.waiver.RequestedWaiver;
import dev.ronde.mail.health.Absence;
import dev.ronde.mail.health.AddressHealth;
import dev.ronde.mail.health.Health;
import dev.ronde.platform.db.Batches;
import dev.ronde.review.Review;
import dev.ronde.review.ReviewEvent;
import dev.ronde.review.answer.Reviews;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Reads a {@link World}: all that somebody may have to hear of, or what the notices of one mail are about. */
record WorldReader(Reviews reviews, Assets assets, People people, FindingLook findings, BlindChecks blind) {
    private static final DueWaivers WAIVERS = new DueWaivers();
    private static final AddressHealth HEALTH = new AddressHealth();
    /** To look for blind checks takes a while on a large estate. */
    private static final Duration LOOK_EVERY = Duration.ofHours(1);

    private static final Duration LOOK_AGAIN = Duration.ofMinutes(1);

    /** Longer than any mail server tries and any report takes. */
    private static final Duration UNDERWAY = Duration.ofDays(30);

    /** The checks that do not see any more, by id, as they were at most that long ago. */
    interface BlindChecks {
        Map<UUID, LastingError> byId(Handle handle, Instant now, Duration age);
    }

    /** Everything that somebody may have to hear of. */
    World all(Handle handle, Instant now) {
        NoticeDao dao = handle.attach(NoticeDao.class);
        Instant lately = now.minus(NoticeHistory.ONCE_MORE_WITHIN);
        Map<UUID, Review> about = new LinkedHashMap<>();
        Stream.concat(reviews.waiting(handle).stream(), reviews.awaitingApproval(handle).stream())
                .forEach(review -> about.put(review.id(), review));
        Set<UUID> lapsed = Set.copyOf(dao.listLapsed(lately));
        Set<UUID> others = new LinkedHashSet<>(dao.listMissedUndecided(now));
        others.addAll(dao.listUnrecorded(now));
        others.addAll(lapsed);
        others.removeAll(about.keySet());
        about.putAll(reviews.byIds(handle, others));
        Set<UUID> back = Set.copyOf(dao.listFindingsBack(lately, lately.minus(UNDERWAY)));
        Subjects subjects = new Subjects(
                List.copyOf(about.values()),
                lapsed,
                findings.untold(handle, back),
                new World.Waivers(
                        WAIVERS.ending(handle, now), WAIVERS.over(handle, now), WAIVERS.requested(handle, now)),
                List.copyOf(blind.byId(handle, now, LOOK_EVERY).values()));
        return world(handle, subjects, null, now);
    }

    /** What these notices are about, in the words of who reads them. */
    World about(Handle handle, List<NoticeRow> rows, Person reader, Instant now) {
        Map<Topic, Set<UUID>> ids = rows.stream()
                .collect(Collectors.groupingBy(
                        NoticeRow::topic, Collectors.mapping(NoticeRow::subjectId, Collectors.toSet())));
        Set<UUID> found = ids.getOrDefault(Topic.FOUND, Set.of());
        Set<UUID> ends = ids.getOrDefault(Topic.ENDING, Set.of());
        Set<UUID> asked = ids.getOrDefault(Topic.REQUESTED, Set.of());
        Set<UUID> errs = ids.getOrDefault(Topic.BLIND, Set.of());
        Set<UUID> all = rows.stream().map(NoticeRow::subjectId).collect(Collectors.toSet());
        Subjects subjects = new Subjects(
                List.copyOf(reviews.byIds(handle, all).values()),
                ids.getOrDefault(Topic.LAPSED, Set.of()),
                found.isEmpty() ? List.of() : findings.open(handle, found, reader.language()),
                new World.Waivers(
                        some(ends, () -> WAIVERS.ending(handle, now), EndingWaiver::id),
                        some(ends, () -> WAIVERS.over(handle, now), EndingWaiver::id),
                        some(asked, () -> WAIVERS.requested(handle, now), RequestedWaiver::id)),
                some(errs, () -> blind.byId(handle, now, LOOK_AGAIN).values(), LastingError::id));
        return world(handle, subjects, reader, now);
    }

    private static <T> List<T> some(Set<UUID> ids, Supplier<Collection<T>> all, Function<T, UUID> id) {
        return ids.isEmpty()
                ? List.of()
                : all.get().stream().filter(one -> ids.contains(id.apply(one))).toList();
    }

    /** @param lapsed the reviews of which a request to take them over may have ended */
    private record Subjects(
            List<Review> reviews,
            Set<UUID> lapsed,
            List<Found> findings,
            World.Waivers waivers,
            List<LastingError> blind) {
        List<UUID> ids() {
            return Stream.of(
                            reviews.stream().map(Review::id),
                            findings.stream().map(Found::id),
                            ends().map(EndingWaiver::id),
                            waivers.requested().stream().map(RequestedWaiver::id),
                            blind.stream().map(LastingError::id))
                    .flatMap(stream -> stream)
                    .toList();
        }

        Stream<EndingWaiver> ends() {
            return Stream.concat(waivers.ending().stream(), waivers.over().stream());
        }
    }

    private World world(Handle handle, Subjects subjects, @Nullable Person reader, Instant now) {
        Map<UUID, List<NoticeRow>> rows = handle.attach(NoticeDao.class).bySubject(subjects.ids());
        Map<UUID, Health> troubled = HEALTH.troubled(handle);
        Map<UUID, Absence> away =
                HEALTH.absent(handle, LocalTimes.dayOf(now, ZoneOffset.UTC).minusDays(1), now).stream()
                        .collect(Collectors.toMap(Absence::personId, absence -> absence));
        Map<UUID, Asset> about = assets(
                handle,
                subjects,
                review -> reader != null
                        || !now.isBefore(review.dates().overdueAt())
                        || review.handling().delegatedTo() != null
                        || (review.ownerId() != null
                                && (troubled.containsKey(review.ownerId()) || away.containsKey(review.ownerId()))));
        List<World.BlindCheck> errors = blind(handle, subjects.blind());
        Map<UUID, List<Lapse>> lapses = lapses(handle, subjects);
        Set<UUID> ids = new HashSet<>(people(subjects, about.values(), errors));
        subjects.reviews().stream()
                .flatMap(review -> rows.getOrDefault(review.id(), List.of()).stream()
                        .filter(row -> row.topic() == Topic.RELINK || lapses.containsKey(review.id())))
                .forEach(row -> ids.add(row.personId()));
        ids.addAll(askers(handle, lapses.values()));
        Optional.ofNullable(reader).map(Person::id).ifPresent(ids::add);
        Directory directory = Directory.read(handle, people, ids, troubled, reader == null ? null : reader.id(), now);
        return new World(
                directory,
                facts(handle, subjects.reviews(), directory, away, lapses, now),
                subjects.findings(),
                subjects.waivers(),
                errors,
                about,
                rows);
    }

    private Map<UUID, Asset> assets(Handle handle, Subjects subjects, Predicate<Review> needed) {
        List<UUID> ids = Stream.of(
                        subjects.reviews().stream().filter(needed).map(Review::assetId),
                        subjects.findings().stream().map(Found::assetId),
                        subjects.ends().map(EndingWaiver::assetId))
                .flatMap(stream -> stream)
                .distinct()
                .toList();
        Map<UUID, Asset> found = new HashMap<>();
        Batches.of(ids).forEach(some -> found.putAll(assets.byIds(handle, some)));
        return found;
    }

    private List<World.BlindCheck> blind(Handle handle, List<LastingError> lasting) {
        Map<String, Asset> about = new HashMap<>();
        Batches.of(lasting.stream().map(LastingError::asset).distinct().toList())
                .forEach(some -> assets.listByRefs(handle, some).forEach(asset -> about.put(asset.ref(), asset)));
        return lasting.stream()
                .flatMap(error -> Stream.ofNullable(about.get(error.asset()))
                        .map(asset -> new World.BlindCheck(error, asset.ownerId(), asset.backupId())))
                .toList();
    }

    private Map<UUID, List<Lapse>> lapses(Handle handle, Subjects subjects) {
        Map<UUID, List<Lapse>> lapses = new HashMap<>();
        Batches.of(List.copyOf(subjects.lapsed()))
                .forEach(some ->
                        reviews.histories(handle, some).forEach((id, history) -> lapses.put(id, Lapse.of(history))));
        return lapses;
    }

    private static List<UUID> askers(Handle handle, Collection<List<Lapse>> lapses) {
        List<String> refs = lapses.stream()
                .flatMap(List::stream)
                .map(lapse -> lapse.asked().actorRef())
                .distinct()
                .toList();
        return Batches.of(refs).stream()
                .flatMap(some -> handle.attach(NoticeDao.class).listPeople(some).stream())
                .toList();
    }

    private static Set<UUID> people(Subjects subjects, Collection<Asset> assets, List<World.BlindCheck> blind) {
        Set<@Nullable UUID> ids = new HashSet<>();
        for (Review review : subjects.reviews()) {
            ids.add(review.ownerId());
            ids.add(review.handling().delegatedTo());
        }
        for (Asset asset : assets) {
            ids.add(asset.ownerId());
            ids.add(asset.backupId());
            ids.add(asset.managerId());
        }
        subjects.findings().forEach(found -> ids.add(found.ownerId()));
        subjects.ends().forEach(waiver -> {
            ids.add(waiver.ownerId());
            ids.add(waiver.requesterId());
        });
        for (World.BlindCheck check : blind) {
            ids.add(check.ownerId());
            ids.add(check.backupId());
        }
        return ids.stream().filter(Objects::nonNull).collect(Collectors.toSet());
    }

    private List<ReviewFacts> facts(
            Handle handle,
            List<Review> about,
            Directory directory,
            Map<UUID, Absence> away,
            Map<UUID, List<Lapse>> lapses,
            Instant now) {
        NoticeDao dao = handle.attach(NoticeDao.class);
        Map<UUID, ReviewEvent> given = new HashMap<>();
        Map<UUID, List<NoticeDao.Prompt>> prompts = new HashMap<>();
        List<UUID> waiting = about.stream()
                .filter(review -> review.stateAt(now).waiting())
                .map(Review::id)
                .toList();
        Batches.of(about.stream().map(Review::id).toList()).forEach(some -> given.putAll(reviews.given(handle, some)));
        for (List<UUID> some : Batches.of(waiting)) {
            dao.listPrompts(some)
                    .forEach(prompt -> prompts.computeIfAbsent(prompt.reviewId(), id -> new ArrayList<>())
                            .add(prompt));
        }
        return about.stream()
                .map(review -> new ReviewFacts(
                        review,
                        given.get(review.id()),
                        review.ownerId() == null ? null : away.get(review.ownerId()),
                        prompts.getOrDefault(review.id(), List.of()),
                        review.approval().pending() ? signers(handle, directory, review) : List.of(),
                        lapses.getOrDefault(review.id(), List.of())))
                .toList();
    }

    /** The permitted people whom mail reaches, else the reachable administrators who had no part in the review. */
    private List<Person> signers(Handle handle, Directory directory, Review review) {
        List<Person> reached = reviews.secondPeople(handle, review).stream()
                .filter(directory::tries)
                .toList();
        return reached.isEmpty()
                ? directory.admins().stream()
                        .filter(admin -> !reviews.hadPart(handle, review, admin.actorRef()))
                        .toList()
                : reached;
    }
}
