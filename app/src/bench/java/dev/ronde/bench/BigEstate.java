package dev.ronde.bench;

import dev.ronde.testing.TestApp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * A large inventory with a year of quarterly reviews, made for reading only: assets come through the import, reviews, results and
 * findings are written in bulk. One review in twelve is late, one check in twenty fails, one asset in fifty has no owner.
 */
final class BigEstate {
    private static final String ID = "cast(:prefix || lpad(cast(n.x as varchar), 12, '0') as uuid)";
    private static final String DEFINITION =
            "{\"id\":\"quarterly\",\"title\":\"Quarterly review\",\"scope\":{\"criticality\":[\"high\"]},"
                    + "\"cadence\":{\"every\":\"P3M\",\"anchor\":\"2026-01-31\"}}";
    private static final String NUMBERED = """
            (select id, owner_id, cast(substring(ref from 7) as integer) as no from asset) a
            """;

    private BigEstate() {}

    static void fill(TestApp app, int assets) {
        TestApp.Answer answer = app.call(
                "POST",
                "/api/v1/assets/import",
                csv(assets),
                Map.of("Authorization", "Bearer " + app.app().token(), "Content-Type", "text/csv"));
        if (answer.json().path("created").asInt(0) != assets) {
            throw new IllegalStateException(answer.body());
        }
        Instant now = app.app().clock().instant();
        app.app().database().useTransaction(tx -> {
            plan(tx, now);
            reviews(tx, now);
            results(tx, now);
        });
    }

    private static void plan(Handle tx, Instant now) {
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
                        + ID.replace("n.x", "a.no") + ", 'quarterly', a.id, :from, 5, :until from " + NUMBERED)
                .bind("prefix", "00000000-0000-7001-8000-")
                .bind("from", LocalDate.ofInstant(now, ZoneOffset.UTC).minusDays(365))
                .bind("until", LocalDate.ofInstant(now, ZoneOffset.UTC).plusDays(90))
                .execute();
    }

    /** Slots 1 to 3 lie behind and are attested, 4 is due about now, 5 is ahead. */
    private static void reviews(Handle tx, Instant now) {
        for (int slot = 1; slot <= 5; slot++) {
            int days = (slot - 4) * 91;
            tx.createUpdate("""
                    insert into review (id, review_number, enrolment_id, slot_no, plan_id, plan_version, asset_id, cause,
                      scheduled_on, due_on, zone, opens_at, overdue_at, missed_from, held, owner_id, opened_at, title,
                      attested_at, recorded_at, version)
                    select %s, a.no * 5 + :slot, %s, :slot, 'quarterly', 1, a.id, 'scheduled',
                      dateadd('day', a.days, a.today), dateadd('day', a.days, a.today), 'Europe/Paris',
                      dateadd('day', a.days - 14, a.now), dateadd('day', a.days + 1, a.now), dateadd('day', a.days + 30, a.now),
                      false, a.owner_id, case when a.days < 14 then dateadd('day', a.days - 14, a.now) end, 'Quarterly review',
                      case when a.days <= 0 and (:slot < 4 or mod(a.no, 12) > 6) then dateadd('day', a.days - 2, a.now) end,
                      case when a.days <= 0 and (:slot < 4 or mod(a.no, 12) > 6) then dateadd('day', a.days - 2, a.now) end, 1
                    from (select id, owner_id, no, cast(:days as integer) - mod(no, 13) + 6 as days, cast(:today as date) as today,
                            cast(:now as timestamp(6) with time zone) as now from %s) a""".formatted(
                                    ID.replace("n.x", "a.no"),
                                    "cast('00000000-0000-7001-8000-' || lpad(cast(a.no as varchar), 12, '0') as uuid)",
                                    NUMBERED))
                    .bind("prefix", "00000000-0000-7002-800" + slot + "-")
                    .bind("slot", slot)
                    .bind("days", days)
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
                  detected_at, record_id, version, open_key)
                select random_uuid(), asset_id, check_id, severity, 'The door is open', 'none', asset_id, :since, :now, :since,
                  asset_id, 1, cast(asset_id as varchar) || check_id
                  from check_state where outcome = 'fail'""")
                .bind("since", now.minusSeconds(86_400))
                .bind("now", now)
                .execute();
    }

    private static String csv(int rows) {
        StringBuilder csv = new StringBuilder(
                "ref,name,kind,owner_email,criticality,unit,address,port,tags,probe_authorised_until\n");
        for (int i = 0; i < rows; i++) {
            csv.append(
                    "asset-%d,Asset number %d,service.redis,owner%d@example.org,high,unit-%d,10.1.%d.%d,6379,bench|tag-%d,2099-12-31%n"
                            .formatted(i, i, i % 200, i % 4, i / 250 % 250, i % 250, i % 10));
        }
        return csv.toString();
    }
}
