package dev.ronde.finding;

import dev.ronde.account.People;
import dev.ronde.account.Person;
import dev.ronde.asset.inventory.Asset;
import dev.ronde.asset.inventory.AssetAccess;
import dev.ronde.asset.inventory.Assets;
import dev.ronde.catalogue.Severity;
import dev.ronde.check.WaiverLookup;
import dev.ronde.evidence.Actor;
import dev.ronde.platform.http.Cursor;
import dev.ronde.platform.http.PageOf;
import dev.ronde.platform.http.PathIds;
import dev.ronde.platform.http.Principal;
import dev.ronde.platform.http.Query;
import dev.ronde.platform.problem.Problem;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What the API and the pages of findings do alike: read them, and note who received one. */
public record FindingReader(
        Findings findings,
        FindingTexts texts,
        Assets assets,
        People people,
        WaiverLookup waivers,
        InstantSource clock) {
    static final String[] PARAMETERS = {"state", "asset", "check", "severity", "owner", "sort", "limit", "cursor"};
    private static final UUID NOBODY = new UUID(0, 0);

    enum State {
        OPEN,
        FIXED,
        ALL
    }

    /**
     * One page.
     *
     * @param standard the state if the query names none
     * @param language see {@link #views}
     */
    PageOf<FindingJson> list(
            Handle handle, Query query, Principal principal, State standard, @Nullable Locale language) {
        return page(handle, query, principal, standard).together(rows -> views(handle, rows, language));
    }

    private PageOf<Finding> page(Handle handle, Query query, Principal principal, State standard) {
        State state = query.oneOf("state", State.class).orElse(standard);
        FindingSearch search = new FindingSearch(new FindingSearch.Filter(
                state == State.ALL ? null : state == State.OPEN,
                query.text("asset")
                        .map(ref -> assets.find(handle, ref).map(Asset::id).orElse(NOBODY))
                        .orElse(null),
                query.text("check").orElse(null),
                query.oneOf("severity", Severity.class).map(Severity::code).orElse(null),
                query.text("owner")
                        .map(email -> people.findByEmail(handle, email)
                                .map(Person::id)
                                .orElse(NOBODY))
                        .orElse(null),
                principal.confinedTo()));
        UUID before = query.cursor(1).map(cursor -> cursor.uuid(0)).orElse(null);
        List<Finding> rows = search.list(handle, before, query.limit() + 1);
        return PageOf.counted(
                rows, query.limit(), search.count(handle), FindingSearch.COUNTED, finding -> Cursor.of(finding.id()));
    }

    FindingJson get(Handle handle, String id, Principal principal, @Nullable Locale language) {
        return views(handle, List.of(finding(handle, id, principal)), language).get(0);
    }

    /**
     * Returns a finding that this reader may see, as nobody but whoever answers for its asset, and those who see everything, does.
     *
     * @throws Problem 404 for all others
     */
    public Finding finding(Handle handle, String id, Principal principal) {
        Finding finding = findings.get(handle, PathIds.of("finding", id));
        if (!AssetAccess.sees(handle, principal, assets.byId(handle, finding.assetId()))) {
            throw Problem.notFound("finding", id);
        }
        return finding;
    }

    /**
     * Somebody says that they received it: once is enough, and saying it again changes nothing.
     *
     * @throws Problem 404 where they may not see it, 409 {@code finding_over} where it was fixed before anybody did
     */
    Finding acknowledge(Handle tx, String id, Principal who) {
        Finding finding = finding(tx, id, who);
        return findings.acknowledge(tx, finding, assets.byId(tx, finding.assetId()), Actor.of(who));
    }

    /**
     * The findings in the same order.
     *
     * @param language in which it is told what was found; null for the checks' own, as the API has it
     */
    public List<FindingJson> views(Handle handle, List<Finding> rows, @Nullable Locale language) {
        if (rows.isEmpty()) {
            return List.of();
        }
        Map<UUID, String> told = language == null ? Map.of() : texts.summaries(handle, rows, language);
        Instant now = clock.instant();
        Set<UUID> ids = new HashSet<>();
        rows.forEach(finding -> ids.add(finding.assetId()));
        Map<UUID, Asset> byId = assets.byIds(handle, ids);
        Map<UUID, Map<String, String>> waived = waivers.waived(handle, ids, now);
        Map<String, String> names = people.namesOf(
                handle,
                rows.stream()
                        .flatMap(finding -> Stream.ofNullable(finding.acknowledgedBy()))
                        .collect(Collectors.toSet()));
        return rows.stream()
                .map(finding -> {
                    Optional<Asset> asset = Optional.ofNullable(byId.get(finding.assetId()));
                    return FindingJson.of(
                            finding,
                            asset.map(Asset::ref).orElse(""),
                            asset.map(Asset::name).orElse(""),
                            finding.isOpen()
                                    && waived.getOrDefault(finding.assetId(), Map.of())
                                            .containsKey(finding.checkId()),
                            told.getOrDefault(finding.id(), finding.summary()),
                            finding.acknowledgedBy() == null
                                    ? null
                                    : names.getOrDefault(finding.acknowledgedBy(), finding.acknowledgedBy()),
                            now);
                })
                .toList();
    }
}
