package dev.ronde.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.account.Person;
import dev.ronde.coverage.OrphanPages.Orphan;
import dev.ronde.coverage.OrphanPages.Orphans;
import dev.ronde.platform.http.Channel;
import dev.ronde.platform.http.Cursor;
import dev.ronde.platform.http.PageOf;
import dev.ronde.reply.MailWorld;
import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.OnOneDatabase;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The queue of what nobody can answer for, and what the next step is. */
@OnOneDatabase(DatabaseKind.POSTGRESQL)
final class OrphansTest {
    @AutoClose
    private final MailWorld world;

    private final Orphans orphans;

    OrphansTest(DatabaseKind kind) {
        world = new MailWorld(kind);
        orphans = new Orphans(world.database, world.clock);
    }

    @BeforeEach
    void threeOwners() {
        world.asset("web-01", "ada@corp.example");
        world.asset("web-02", "ben@corp.example");
        world.asset("web-03", "cleo@corp.example");
        world.asset("web-04", "dora@corp.example");
        world.plan(MailWorld.PLAN, Channel.SYSTEM);
        world.at("2026-02-27T09:00:00Z");
    }

    @Test
    void whoLeftWhoIsUnreachableAndWhatNobodyHasIsListedWithItsNextStep() {
        assertThat(rows(Orphans.Filter.ALL)).isEmpty();
        Person ada = world.person("ada@corp.example", "en", "Europe/Paris");
        Person ben = world.person("ben@corp.example", "en", "Europe/Paris");
        execute("update person set active = false where email = 'ada@corp.example'");
        execute("insert into address_health (address, person_id, state, score, first_hard_at) values"
                + " ('ben@corp.example', '" + ben.id()
                + "', 'unreachable', 4, timestamp with time zone '2026-02-26 08:00:00+00')");
        execute("update asset set owner_id = null where ref = 'web-03'");

        assertThat(rows(Orphans.Filter.ALL).stream()
                        .map(orphan ->
                                orphan.kind() + " " + orphan.name() + " " + orphan.reason() + " " + orphan.next()))
                .containsExactlyInAnyOrder(
                        "REVIEW Asset web-01 LEFT HAND_OVER",
                        "REVIEW Asset web-02 UNREACHABLE HAND_OVER",
                        "ASSET Asset web-01 LEFT HAND_OVER",
                        "ASSET Asset web-02 UNREACHABLE HAND_OVER",
                        "ASSET Asset web-03 NO_OWNER ASSIGN",
                        "PLAN Quarterly review LEFT LOOK");
        assertThat(orphans.counts(Orphans.Filter.ALL))
                .isEqualTo(Map.of(
                        Orphan.Kind.REVIEW, 2L, Orphan.Kind.FINDING, 0L, Orphan.Kind.ASSET, 3L, Orphan.Kind.PLAN, 1L));
        assertThat(rows(new Orphans.Filter(Orphan.Kind.PLAN, null)).get(0).assets())
                .isEqualTo(3);
        Orphan asset =
                rows(new Orphans.Filter(Orphan.Kind.ASSET, Orphan.Reason.LEFT)).get(0);
        assertThat(asset.nextHref()).isEqualTo("/people/" + ada.id() + "/handover");
        assertThat(asset.owner()).isEqualTo("ada@corp.example");
        Orphan unreachable = rows(new Orphans.Filter(Orphan.Kind.ASSET, Orphan.Reason.UNREACHABLE))
                .get(0);
        assertThat(unreachable.since()).isEqualTo("2026-02-26T08:00:00Z");
        assertThat(rows(new Orphans.Filter(Orphan.Kind.ASSET, Orphan.Reason.NO_OWNER))
                        .get(0)
                        .nextHref())
                .isEqualTo("/assets/web-03/edit");
    }

    @Test
    void aFindingOfSuchAnAssetIsOneOfThemUntilItIsFixed() {
        execute("update asset set owner_id = null where ref = 'web-04'");
        UUID finding = UUID.randomUUID();
        execute(
                "insert into finding (id, asset_id, check_id, severity, summary, fingerprint, run_id, first_bad_at, last_bad_at,"
                        + " detected_at, record_id, version, open_key, summary_at) select '" + finding
                        + "', id, 'redis-anonymous-access', 'critical',"
                        + " 'open', 'sha256:1', id, created_at, created_at, created_at, id, 1, 'k', created_at from asset where ref = 'web-04'");
        Orphan found = rows(new Orphans.Filter(Orphan.Kind.FINDING, null)).get(0);
        assertThat(found.href()).isEqualTo("/findings/" + finding);
        assertThat(found.nextHref()).isEqualTo("/assets/web-04/edit");
        execute("update finding set fixed_at = last_bad_at, open_key = null");
        assertThat(rows(new Orphans.Filter(Orphan.Kind.FINDING, null))).isEmpty();
    }

    @Test
    void pagesByKindAndSubject() {
        execute("update asset set owner_id = null");
        execute("update review set owner_id = null where opened_at is not null");
        PageOf<Orphan> first = orphans.page(Orphans.Filter.ALL, Optional.empty(), 5);
        assertThat(first.items()).hasSize(5);
        assertThat(first.count()).isEqualTo(9);
        PageOf<Orphan> second =
                orphans.page(Orphans.Filter.ALL, Optional.of(Cursor.decode(String.valueOf(first.nextCursor()), 2)), 5);
        assertThat(second.items()).hasSize(4).doesNotContainAnyElementsOf(first.items());
        assertThat(second.nextCursor()).isNull();
    }

    private List<Orphan> rows(Orphans.Filter filter) {
        return orphans.page(filter, Optional.empty(), 50).items();
    }

    private void execute(String sql) {
        world.database.useTransaction(tx -> tx.execute(sql));
    }
}
