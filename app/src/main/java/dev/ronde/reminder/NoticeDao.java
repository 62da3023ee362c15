package dev.ronde.reminder;

import dev.ronde.finding.NoticeLookup;
import dev.ronde.platform.db.Batches;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.sqlobject.customizer.BindList;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

interface NoticeDao {
    String COLUMNS = """
            n.id, n.subject_kind, n.subject_id, n.about, n.occasion as word, n.again, n.topic, n.person_id, n.planned_at, n.state, n.reason,
            n.outbox_id, n.created_at, n.settled_at
            """;

    /** Returns 0 if this person already has a notice of this occasion, else 1. */
    @SqlUpdate("""
            insert into notice (id, subject_kind, subject_id, about, occasion, again, topic, person_id, planned_at, state,
                                reason, outbox_id, created_at, settled_at)
            values (:id, :subjectKind, :subjectId, :about, :occasion.word, :occasion.again, :topic, :personId, :plannedAt, :state, :reason,
                    cast(:outboxId as uuid), :createdAt, :settledAt)
            on conflict do nothing
            """)
    int insert(@BindMethods NoticeRow notice);

    @SqlUpdate("""
            update notice set state = 'queued', outbox_id = :outboxId, reason = null
             where subject_id = :subjectId and occasion = :occasion.word and again = :occasion.again and person_id = :personId
               and state = 'planned'
            """)
    int queuePlanned(UUID subjectId, @BindMethods("occasion") Occasion occasion, UUID personId, UUID outboxId);

    /** Pass some hundred at a time, so that each one is looked up. */
    @SqlQuery("select " + COLUMNS + " from notice n where n.subject_id in (<subjects>) order by n.created_at, n.id")
    List<NoticeRow> listOfAll(@BindList Collection<UUID> subjects);

    @SqlQuery("select " + COLUMNS + " from notice n where n.subject_id = :subjectId order by n.created_at, n.id")
    List<NoticeRow> listOf(UUID subjectId);

    @SqlQuery("""
            select p.name as person, n.state, coalesce(n.settled_at, n.planned_at) as at, n.outbox_id as mail
              from notice n join person p on p.id = n.person_id
             where n.subject_id = :subjectId
             order by n.created_at, n.id
            """)
    List<NoticeLookup.Told> listTold(UUID subjectId);

    default Map<UUID, List<NoticeRow>> bySubject(List<UUID> subjectIds) {
        return Batches.of(subjectIds).stream()
                .flatMap(some -> listOfAll(some).stream())
                .collect(Collectors.groupingBy(NoticeRow::subjectId));
    }

    /** A notice with its recipient's name and when its mail was accepted or queued. */
    record OnAsset(
            UUID id,
            String subjectKind,
            String about,
            Topic topic,
            String state,
            UUID outboxId,
            String person,
            Instant happenedAt) {}

    @SqlQuery("""
            select n.id, n.subject_kind, n.about, n.topic, n.state, n.outbox_id, p.name as person,
                   coalesce(n.settled_at, n.created_at) as happened_at
              from notice n join person p on p.id = n.person_id
             where n.subject_id in (select f.id from finding f where f.asset_id = :assetId
                                    union select w.id from waiver w where w.asset_id = :assetId
                                    union select r.id from review r where r.asset_id = :assetId)
               and n.outbox_id is not null and coalesce(n.settled_at, n.created_at) <= :at
             order by happened_at desc, n.id desc limit :limit
            """)
    List<OnAsset> listOnAsset(UUID assetId, Instant at, int limit);

    @SqlQuery("select " + COLUMNS + " from notice n where n.outbox_id = :outboxId order by n.planned_at, n.id")
    List<NoticeRow> listByMail(UUID outboxId);

    @SqlUpdate("""
            update notice set state = :state, reason = :reason, settled_at = :now
             where outbox_id = :outboxId and state <> 'accepted'
            """)
    int settle(UUID outboxId, String state, @Nullable String reason, Instant now);

    @SqlQuery("select model from outbox where id = :id")
    String findModel(UUID id);

    /** A mail that had left bounced, so it told nobody. */
    @SqlUpdate("""
            update notice set state = 'bounced', reason = :reason, settled_at = :now
             where outbox_id = :outboxId and state in ('accepted', 'uncertain')
            """)
    int comeBack(UUID outboxId, String reason, Instant now);

    /**
     * Findings of which a mail came back, or was refused, since then.
     *
     * @param tried when the mail was tried last, at the earliest: the index reads no older ones
     */
    @SqlQuery("""
            select distinct n.subject_id
              from outbox o join notice n on n.outbox_id = o.id
             where o.state in ('bounced', 'refused') and o.not_before > :tried and n.subject_kind = 'finding'
               and n.state in ('bounced', 'refused') and n.settled_at > :since
            """)
    List<UUID> listFindingsBack(Instant since, Instant tried);

    @SqlUpdate("update notice set state = :state, reason = :reason, settled_at = :now where id = :id")
    int settleOne(UUID id, String state, String reason, Instant now);

    @SqlUpdate("update notice set state = 'planned', outbox_id = null, settled_at = null where outbox_id = :outboxId")
    int planAgain(UUID outboxId);

    @SqlQuery("select distinct review_id from review_event where review_id in (<subjects>) and happened_at > :since")
    Set<UUID> listChanged(@BindList Collection<UUID> subjects, Instant since);

    default Set<UUID> changedSince(List<UUID> subjects, Instant since) {
        return Batches.of(subjects).stream()
                .flatMap(some -> listChanged(some, since).stream())
                .collect(Collectors.toSet());
    }

    /** The newest refusal of a second person, or the newest time that a lead asked again. */
    record Prompt(UUID reviewId, String eventType, Instant happenedAt) {
        boolean refusal() {
            return eventType.equals("rejected");
        }
    }

    /** What the owners of these reviews must hear at once; ask for some hundred, so that each is looked up. */
    @SqlQuery("""
            select e.review_id, e.event_type, max(e.happened_at) as happened_at
              from review_event e
             where e.review_id in (<reviews>) and e.event_type in ('rejected', 'reminded')
             group by e.review_id, e.event_type
            """)
    List<Prompt> listPrompts(@BindList Collection<UUID> reviews);

    @SqlQuery("""
            select distinct e.review_id from review_event e
             where e.event_type = 'delegated'
               and exists (select 1 from review_event x
                            where x.review_id = e.review_id and x.happened_at > :since and x.happened_at >= e.happened_at
                              and x.id <> e.id
                              and x.event_type in ('delegated', 'delegation-ended', 'assigned', 'attested', 'missed', 'cancelled'))
            """)
    List<UUID> listLapsed(Instant since);

    @SqlQuery("select id from person where actor_ref in (<actorRefs>)")
    List<UUID> listPeople(@BindList Collection<String> actorRefs);

    @SqlQuery("""
            select r.id from review r
             where r.problem_at <= :now and r.missed_from <= :now and r.attested_at is null
               and r.cancelled_at is null
            """)
    List<UUID> listMissedUndecided(Instant now);

    @SqlQuery("""
            select r.id from review r
             where r.missed_at <= :now and r.recovery is null and r.cancelled_at is null
             order by r.missed_at, r.id
            """)
    List<UUID> listUnrecorded(Instant now);

    record First(UUID subjectId, Instant settledAt) {}

    /**
     * Counts mails that ask a lead to decide, but not those that leads get once the review is missed; pass some hundred at a time, so that each one
     * is looked up.
     */
    @SqlQuery("""
            select subject_id, min(settled_at) as settled_at from notice
             where subject_id in (<subjects>) and state = 'accepted' and topic not in ('MISSED', 'RECOVERY')
               and settled_at is not null
             group by subject_id
            """)
    List<First> listFirstAccepted(@BindList Collection<UUID> subjects);

    @SqlQuery("select looked_at from reminder_clock where id = 1")
    Optional<Instant> findLookedAt();

    @SqlUpdate("update reminder_clock set looked_at = :now where id = 1")
    void look(Instant now);
}
