package dev.ronde.asset.inventory;

import dev.ronde.account.People;
import dev.ronde.account.Person;
import dev.ronde.asset.field.AssetFacts;
import dev.ronde.asset.field.AssetField;
import dev.ronde.asset.field.AssetWords;
import dev.ronde.asset.inventory.AssetListener.AssetChange;
import dev.ronde.asset.inventory.AssetRules.Breach;
import dev.ronde.evidence.Actor;
import dev.ronde.evidence.EvidenceLog;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Cursor;
import dev.ronde.platform.http.PageOf;
import dev.ronde.platform.http.Role;
import dev.ronde.platform.problem.FieldError;
import dev.ronde.platform.problem.Problem;
import dev.ronde.platform.time.Ids;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The inventory. Every change is one transaction with its evidence, its history row and its listeners. */
public final class Assets {
    public static final String PERSON_LEFT = "person_left";

    private static final UUID FIRST = new UUID(0, 0);
    private static final long COUNTED = 10_000;
    private static final long COUNTED_BY_STATE = 1_000;

    private final InstantSource clock;
    private final People people;
    private final AssetWriter writer;
    private final AssetStates states = new AssetStates();

    public Assets(InstantSource clock, People people, EvidenceLog evidence) {
        this.clock = clock;
        this.people = people;
        this.writer = new AssetWriter(evidence);
    }

    /** The listener runs in the transaction of the change. */
    public void addListener(AssetListener listener) {
        writer.addListener(listener);
    }

    public AssetStates states() {
        return states;
    }

    /** Finds retired assets too. */
    public Optional<Asset> find(Handle handle, String ref) {
        return handle.attach(AssetDao.class).findByRef(ref);
    }

    /** The asset with this ref; a {@link Problem} 404 if there is none. */
    public Asset get(Handle handle, String ref) {
        return find(handle, ref).orElseThrow(() -> Problem.notFound("asset", ref));
    }

    /** The asset with this id; a {@link Problem} 404 if there is none. */
    public Asset byId(Handle handle, UUID id) {
        return handle.attach(AssetDao.class).findById(id).orElseThrow(() -> Problem.notFound("asset", id));
    }

    /** The assets with these ids, by id; unknown ids are left out. */
    public Map<UUID, Asset> byIds(Handle handle, Collection<UUID> ids) {
        return ids.isEmpty()
                ? Map.of()
                : handle.attach(AssetDao.class).listByIds(ids).stream()
                        .collect(Collectors.toMap(Asset::id, Function.identity()));
    }

    /** Finds retired assets too; takes at most about 200 refs. */
    public List<Asset> listByRefs(Handle handle, Collection<String> refs) {
        return handle.attach(AssetDao.class).listByRefs(refs);
    }

    /** The next active assets by id, at most {@code limit}; null starts at the first. */
    public List<Asset> listActive(Handle handle, @Nullable UUID after, int limit) {
        return handle.attach(AssetDao.class).listActiveAfter(after == null ? FIRST : after, limit);
    }

    /** The active assets that were made or changed at the instant or later. */
    public List<Asset> listChangedSince(Handle handle, Instant since) {
        return handle.attach(AssetDao.class).listChangedSince(since);
    }

    /** The active assets that name the person as owner, backup owner or manager, by ref. */
    public List<Asset> listNaming(Handle handle, UUID person) {
        return handle.attach(AssetDao.class).listNaming(person);
    }

    /** The business units in use, at most 200. */
    public List<String> units(Handle handle) {
        return handle.attach(AssetDao.class).listUnits();
    }

    /** The environments in use, at most 200. */
    public List<String> environments(Handle handle) {
        return handle.attach(AssetDao.class).listEnvironments();
    }

    /** The tags in use, at most 500. */
    public List<String> tags(Handle handle) {
        return handle.attach(AssetDao.class).listTags();
    }

    public long count(Handle handle, AssetFilter filter) {
        return new AssetQuery(filter, states, clock.instant()).count(handle, Long.MAX_VALUE);
    }

    /** One page of a list with its total, which is counted up to ten thousand, by state up to one thousand. */
    public PageOf<Asset> page(Handle handle, AssetFilter filter, AssetOrder order, @Nullable String after, int limit) {
        long most = filter.state() == null ? COUNTED : COUNTED_BY_STATE;
        List<Asset> rows = list(handle, filter, order, after, limit + 1);
        long count = new AssetQuery(filter, states, clock.instant()).count(handle, most);
        return PageOf.counted(
                rows, limit, count, most, asset -> Cursor.of(order == AssetOrder.REF ? asset.ref() : asset.id()));
    }

    /** The next assets that match, at most {@code limit}, in the order asked for. */
    public List<Asset> list(Handle handle, AssetFilter filter, AssetOrder order, @Nullable String after, int limit) {
        return new AssetQuery(filter, states, clock.instant()).list(handle, order, after, limit);
    }

    /** The changes of an asset at or before an instant, newest first. */
    public List<AssetVersion> historyUntil(Handle handle, UUID assetId, Instant at, int limit) {
        return handle.attach(AssetDao.class).listVersionsUntil(assetId, at, limit);
    }

    /** References of everybody who owned the asset at the instant or later, as evidence has them. */
    public Set<String> ownersSince(Handle handle, UUID assetId, Instant since) {
        return heldSince(handle, assetId, AssetField.OWNER, since);
    }

    public Set<String> criticalitiesSince(Handle handle, UUID assetId, Instant since) {
        return heldSince(handle, assetId, AssetField.CRITICALITY, since);
    }

    /** The last review before its first slot, as the inventory had it at an instant. */
    public Optional<LocalDate> lastReviewOnAt(Handle handle, UUID assetId, Instant at) {
        return historyUntil(handle, assetId, at, 1).stream()
                .flatMap(version -> version.text(AssetField.LAST_REVIEW_ON).stream())
                .map(LocalDate::parse)
                .findFirst();
    }

    private static Set<String> heldSince(Handle handle, UUID assetId, AssetField field, Instant since) {
        return handle.attach(AssetDao.class).listVersionsOf(assetId, "%," + field.json() + ",%", since).stream()
                .map(version -> version.text(field))
                .flatMap(Optional::stream)
                .collect(Collectors.toSet());
    }

    /** Adds an asset; a {@link Problem} 409 if the ref is taken, even by a retired asset, 422 if it names somebody who has left. */
    public Asset create(Handle tx, AssetFacts facts, Actor by) {
        find(tx, facts.ref()).ifPresent(taken -> {
            throw Problem.conflict(
                    "ref_taken",
                    taken.active()
                            ? "The ref " + taken.ref() + " is taken. Choose another, or change that asset."
                            : "The ref " + taken.ref()
                                    + " belongs to a retired asset. Restore it, or choose another ref.");
        });
        AssetPeople named = new AssetPeople();
        refuseGone(tx, named, facts, List.of(AssetField.values()));
        AssetChange change = change(tx, new AssetDraft(null, facts, List.of()), named, by);
        try {
            writer.write(tx, List.of(change), named, false, by);
        } catch (RuntimeException failure) {
            if (Database.isUniqueViolation(failure)) {
                throw Problem.conflict(
                        "ref_taken", "The ref " + facts.ref() + " is taken. Choose another, or change that asset.");
            }
            throw failure;
        }
        return change.after();
    }

    private AssetChange change(Handle tx, AssetDraft draft, AssetPeople named, Actor by) {
        named.create(tx, people, draft.facts().addresses(), by);
        Asset before = draft.before();
        Asset after = before == null
                ? AssetConversion.create(Ids.next(clock), draft.facts(), named, now())
                : AssetConversion.update(before, draft.facts(), named, before.retiredAt(), now());
        return new AssetChange(
                before, after, draft.changed().stream().map(AssetField::json).toList());
    }

    /**
     * Gives the asset these facts; the ref stays. Equal facts change nothing.
     *
     * @throws Problem 409 where the asset is retired or was changed meanwhile, 422 where they name somebody who has left and was not named
     *     there before
     */
    public Asset update(Handle tx, Asset before, AssetFacts facts, Actor by) {
        refuseRetired(before);
        AssetPeople named = AssetPeople.of(tx, List.of(before));
        AssetFacts old = AssetConversion.facts(before, named);
        List<AssetField> changed = old.changed(facts);
        if (changed.isEmpty()) {
            return before;
        }
        if (changed.contains(AssetField.REF)) {
            throw Problem.invalid("/ref", "ref_is_fixed", "The ref never changes. Retire this asset and add another.");
        }
        refuseGone(tx, named, facts, changed);
        AssetChange change = change(tx, new AssetDraft(before, facts, changed), named, by);
        writer.write(tx, List.of(change), named, false, by);
        return change.after();
    }

    /**
     * Writes some rows of an import; their people are made where nobody has their address.
     *
     * @param named the people of these assets and drafts, as far as they are known
     * @throws Problem 409 where one of the assets was changed meanwhile
     */
    public void importAll(Handle tx, List<AssetDraft> drafts, AssetPeople named, Actor by) {
        List<AssetChange> changes = new ArrayList<>();
        drafts.forEach(draft -> changes.add(change(tx, draft, named, by)));
        writer.write(tx, changes, named, true, by);
    }

    /** Takes the asset out of the inventory; nothing is erased. A retired one stays as it is. */
    public Asset retire(Handle tx, Asset before, Actor by) {
        return before.active() ? setRetired(tx, before, now(), by) : before;
    }

    public Asset restore(Handle tx, Asset before, Actor by) {
        return before.active() ? before : setRetired(tx, before, null, by);
    }

    private Asset setRetired(Handle tx, Asset before, @Nullable Instant at, Actor by) {
        AssetPeople named = AssetPeople.of(tx, List.of(before));
        Asset after = AssetConversion.update(before, AssetConversion.facts(before, named), named, at, now());
        writer.write(tx, List.of(new AssetChange(before, after, List.of("retired_at"))), named, false, by);
        return after;
    }

    /** Why an asset cannot be given these facts; {@code before} is null for a new one. */
    public List<Breach> breaches(Handle handle, AssetWords words, @Nullable Asset before, AssetFacts facts) {
        AssetPeople named = before == null ? new AssetPeople() : AssetPeople.of(handle, List.of(before));
        List<AssetField> changed = before == null
                ? List.of(AssetField.values())
                : AssetConversion.facts(before, named).changed(facts);
        named.find(handle, facts.addresses());
        return AssetRules.breaches(words, named, before, facts, changed);
    }

    private static void refuseGone(Handle tx, AssetPeople named, AssetFacts facts, List<AssetField> changed) {
        named.find(tx, facts.addresses());
        List<AssetField> gone = named.gone(facts, changed);
        if (!gone.isEmpty()) {
            throw Problem.invalid(gone.stream()
                    .map(field -> new FieldError(
                            "/" + field.json(),
                            PERSON_LEFT,
                            facts.text(field)
                                    + " has left and answers for nothing. Name somebody else, or make the person"
                                    + " active again first; a team needs a member who is."))
                    .toList());
        }
    }

    private static void refuseRetired(Asset asset) {
        if (!asset.active()) {
            throw Problem.conflict(
                    "retired", "The asset " + asset.ref() + " is retired. Restore it before you change it.");
        }
    }

    /** The writable facts of an asset, people by address. */
    public AssetFacts facts(Handle handle, Asset asset) {
        return AssetConversion.facts(asset, AssetPeople.of(handle, List.of(asset)));
    }

    /** The name behind a reference in evidence; the reference itself where nobody knows it. */
    public String actorName(String actorRef) {
        return people.nameOf(actorRef).orElse(actorRef);
    }

    /**
     * Returns how evidence names the person of this address who may answer for an asset: its owner or backup owner, one of a team that is, or a lead.
     * Auditors never do, nor do teams.
     */
    public Optional<String> mayAnswer(Handle handle, Asset asset, String email) {
        return people.findByEmail(handle, email)
                .filter(person -> person.role() != Role.AUDITOR)
                .filter(person -> people.here(handle, person) && !people.isTeam(handle, person))
                .filter(person -> person.leads() || asset.answeredBy(standsFor(handle, person)))
                .map(Person::actorRef);
    }

    private Set<UUID> standsFor(Handle handle, Person person) {
        Set<UUID> all = new HashSet<>(people.teams(handle, person));
        all.add(person.id());
        return all;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
