package dev.ronde.testing;

import dev.ronde.platform.db.Dialect;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jdbi.v3.core.Handle;

/**
 * A large inventory with a year of quarterly reviews, made for reading: assets come through the import, reviews, results and
 * findings are written in bulk. One review in twelve is late, one check in twenty fails. The same number makes the same estate.
 */
public final class BigEstate {
    private static final int IMPORTED_AT_ONCE = 50_000;
    private static final String ID = "cast(:prefix || lpad(cast(a.no as varchar), 12, '0') as uuid)";
    private static final String ENROLMENT =
            "cast('00000000-0000-7001-8000-' || lpad(cast(a.no as varchar), 12, '0') as uuid)";
    private static final String DEFINITION =
            "{\"id\":\"quarterly\",\"title\":\"Quarterly review\",\"scope\":{\"criticality\":[\"high\"]},"
                    + "\"cadence\":{\"every\":\"P3M\",\"anchor\":\"2026-01-31\"}}";
    private static final String NUMBERED = """
            (select id, owner_id, cast(substring(ref from 7) as integer) as no from asset) a
            """;

    private BigEstate() {}

    /** Fills an empty app, and lets PostgreSQL count its rows. */
    public static void fill(TestApp app, int assets) {
        for (int from = 0; from < assets; from += IMPORTED_AT_ONCE) {
            TestApp.Answer answer = app.call(
                    "POST",
                    "/api/v1/assets/import",
                    csv(from, Math.min(assets, from + IMPORTED_AT_ONCE)),
                    app.operator("Content-Type", "text/csv"));
            if (answer.json().path("created").asInt(0) == 0) {
                throw new IllegalStateException(answer.body());
            }
        }
        Instant now = app.app().clock().instant();
        app.app().database().useTransaction(tx -> {
            plan(tx, now);
            reviews(tx, now);
            results(tx, now);
        });
        if (app.app().database().dialect() == Dialect.POSTGRESQL) {
            app.app().database().useTransaction(tx -> tx.execute("analyze"));
        }
    }

    private static void plan(Handle tx, Instant now) {
        tx.execute("delete from import_mark");
        tx.createUpdate(
                        "insert into plan (id, plan_version, created_at, updated_at) values ('quarterly', 1, :now, :now)")
                .bind("now", now)
                .execute();
        tx.createUpdate(
                        "insert into plan_version values ('quarterly', 1, 'Quarterly review', :definition, :now, 'bench')")
                .bind("now", now)
                .bind("definition", DEFINITION)
                .execute();
        tx.createUpdate("insert into enrolment (id, plan_id, asset_id, enrolled_on, slots, last_slot_on) select "
                        + ENROLMENT + ", 'quarterly', a.id, :from, 9, :until from " + NUMBERED)
                .bind("from", LocalDate.ofInstant(now, ZoneOffset.UTC).minusDays(365))
                .bind("until", LocalDate.ofInstant(now, ZoneOffset.UTC).plusDays(400))
                .execute();
    }

    /** Slots 1 to 3 lie behind and are attested, 4 is due about now, 5 is ahead. */
    private static void reviews(Handle tx, Instant now) {
        for (int slot = 1; slot <= 5; slot++) {
            tx.createUpdate("""
                    insert into review (id, review_number, enrolment_id, slot_no, plan_id, plan_version, asset_id, cause,
                      scheduled_on, due_on, zone, opens_at, overdue_at, missed_from, held, owner_id, opened_at, title,
                      attested_at, recorded_at, version)
                    select %s, a.no * 5 + :slot, %s, :slot, 'quarterly', 1, a.id, 'scheduled',
                      cast(a.today + a.days * interval '1' day as date), cast(a.today + a.days * interval '1' day as date),
                      'Europe/Paris', a.now + (a.days - 14) * interval '1' day, a.now + (a.days + 1) * interval '1' day,
                      a.now + (a.days + 30) * interval '1' day, false, a.owner_id,
                      case when a.days < 14 then a.now + (a.days - 14) * interval '1' day end, 'Quarterly review',
                      case when a.days <= 0 and (:slot < 4 or mod(a.no, 12) > 6) then a.now + (a.days - 2) * interval '1' day end,
                      case when a.days <= 0 and (:slot < 4 or mod(a.no, 12) > 6) then a.now + (a.days - 2) * interval '1' day end, 1
                    from (select id, owner_id, no, cast(:days as integer) - mod(no, 13) + 6 as days, cast(:today as date) as today,
                            cast(:now as timestamp(6) with time zone) as now from %s) a""".formatted(ID, ENROLMENT, NUMBERED))
                    .bind("prefix", "00000000-0000-7002-800" + slot + "-")
                    .bind("slot", slot)
                    .bind("days", (slot - 4) * 91)
                    .bind("now", now)
                    .bind("today", LocalDate.ofInstant(now, ZoneOffset.UTC))
                    .execute();
        }
    }

    private static void results(Handle tx, Instant now) {
        tx.createUpdate("""
                update check_state set outcome = case when mod(cast(substring((select ref from asset where id = asset_id) from 7) as integer), 20) = 0
                      then 'fail' else 'pass' end, reason = null,
                    run_id = asset_id, due_at = :now, finished_at = :now, fresh_until = :fresh""")
                .bind("now", now)
                .bind("fresh", now.plusSeconds(86_400))
                .execute();
        tx.createUpdate("""
                insert into finding (id, asset_id, check_id, severity, summary, fingerprint, run_id, first_bad_at, last_bad_at,
                  detected_at, record_id, version, open_key, summary_at)
                select cast('00000000-0000-7003-8000-' || lpad(cast(a.no as varchar), 12, '0') as uuid), asset_id, check_id, severity,
                  'The door is open', 'none', asset_id, :since, :now, :since, asset_id, 1, cast(asset_id as varchar) || check_id, :now
                  from (select asset_id, check_id, severity, row_number() over (order by asset_id, check_id) as no
                          from check_state where outcome = 'fail') a""")
                .bind("since", now.minusSeconds(86_400))
                .bind("now", now)
                .execute();
    }

    /** What was told of the four reviews of each asset that opened: a mail that was accepted, its notice and its grant. */
    public static void tell(TestApp app) {
        Instant now = app.app().clock().instant();
        app.app().database().useTransaction(tx -> {
            tx.createUpdate("""
                    insert into outbox (id, dedupe_key, kind, mail_class, subject_id, about, person_id, model, message_id, state,
                      not_before, created_at, queued_at, sent_at)
                    select r.id, 'told:' || cast(r.id as varchar), 'assignment', 'assignment', r.id, 'REV-' || r.review_number,
                      r.owner_id, '{}', cast(r.id as varchar) || '@ronde.test', 'accepted', r.opened_at, r.opened_at, r.opened_at,
                      r.opened_at
                      from review r where r.opened_at < :before""").bind("before", now.minus(Duration.ofDays(2))).execute();
            tx.execute("""
                    insert into notice (id, subject_kind, subject_id, about, occasion, topic, person_id, planned_at, state, outbox_id,
                      created_at, settled_at)
                    select o.id, 'review', o.subject_id, o.about, 'assigned', 'assigned', o.person_id, o.created_at, 'accepted', o.id,
                      o.created_at, o.created_at
                      from outbox o where o.kind = 'assignment'""");
            tx.createUpdate("insert into mail_key (kid, created_at) values (1, :now) on conflict do nothing")
                    .bind("now", now)
                    .execute();
            tx.execute("""
                    insert into mail_grant (id, purpose, subject_id, person_id, generation, kid, created_at, expires_at)
                    select r.review_number + 1000000000, 'r', r.id, r.owner_id, 1, 1, r.opened_at,
                      r.missed_from
                      from review r join outbox o on o.id = r.id""");
        });
    }

    private static String csv(int from, int to) {
        StringBuilder csv = new StringBuilder(
                "ref,name,kind,owner_email,criticality,unit,address,port,tags,probe_authorised_until\n");
        for (int i = from; i < to; i++) {
            csv.append(
                    "asset-%d,Asset number %d,service.redis,owner%d@example.org,high,unit-%d,10.1.%d.%d,6379,bench|tag-%d,2099-12-31%n"
                            .formatted(i, i, i % 200, i % 100, i / 250 % 250, i % 250, i % 10));
        }
        return csv.toString();
    }
}
