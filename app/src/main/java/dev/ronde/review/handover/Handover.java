package dev.ronde.review.handover;

import dev.ronde.account.Accounts;
import dev.ronde.account.Duties;
import dev.ronde.account.People;
import dev.ronde.account.Person;
import dev.ronde.asset.field.AssetFacts;
import dev.ronde.asset.field.AssetField;
import dev.ronde.asset.inventory.Asset;
import dev.ronde.asset.inventory.Assets;
import dev.ronde.evidence.Actor;
import dev.ronde.evidence.Evidence;
import dev.ronde.platform.http.Channel;
import dev.ronde.platform.problem.Problem;
import dev.ronde.platform.text.Worded;
import dev.ronde.review.Review;
import dev.ronde.review.ReviewDao;
import dev.ronde.review.ReviewRecords;
import dev.ronde.review.estate.AssetEstate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Who leaves hands over everything: the assets they own, back up or manage, the reviews that wait for them and those they were asked to
 * take, and with them what the teams have of which they are the last. One transaction; one record names all of it, beside those of each asset and review. Names stay as text on what is past.
 */
public record Handover(InstantSource clock, People people, Accounts accounts, Assets assets, ReviewRecords records)
        implements Duties {
    public enum Way implements Worded {
        TRANSFER,
        /** To the backup owner of each asset; into the leads' queue where there is none. */
        BACKUP,
        QUEUE;
    }

    /**
     * What is wanted.
     *
     * @param to for {@link Way#TRANSFER} only
     * @param deactivate whether the person leaves altogether
     */
    public record Wish(Way way, @Nullable Person to, boolean deactivate) {
        public Wish {
            if ((way == Way.TRANSFER) != (to != null)) {
                throw Problem.invalid("/to", "required", "Name the person who takes over, or leave it out.");
            }
        }
    }

    /** What somebody answers for: active assets that name them, and waiting reviews. */
    public record Held(List<Asset> assets, List<Review> reviews) {}

    Leavers leavers(Handle handle, Person leaving, boolean altogether) {
        return Leavers.of(handle, people, leaving, altogether);
    }

    Held held(Handle handle, Leavers leavers) {
        Map<UUID, Asset> named = new LinkedHashMap<>();
        Map<UUID, Review> waiting = new LinkedHashMap<>();
        for (Person one : leavers.all()) {
            assets.listNaming(handle, one.id()).forEach(asset -> named.put(asset.id(), asset));
            waitingWith(handle, one).forEach(review -> waiting.put(review.id(), review));
        }
        return new Held(List.copyOf(named.values()), List.copyOf(waiting.values()));
    }

    private List<Review> waitingWith(Handle handle, Person person) {
        return handle.attach(ReviewDao.class).listWaitingWith(person.id(), clock.instant());
    }

    @Override
    public int count(Handle handle, UUID personId) {
        Held held = held(handle, leavers(handle, people.get(handle, personId), true));
        return held.assets().size() + held.reviews().size();
    }

    /**
     * Hands everything over and returns the person as they then stand.
     *
     * @throws Problem 422 where the person named is the same or inactive, 409 for the last administrator or a change by others meanwhile
     */
    public Person handOver(Handle tx, Person leaving, Wish wish, Actor by, Channel channel) {
        Person to = wish.to();
        Leavers leavers = leavers(tx, leaving, wish.deactivate());
        if (to != null && (leavers.include(to.id()) || !people.here(tx, to))) {
            throw Problem.invalid("/to", "unknown_person", "Name somebody else who is active.");
        }
        Held held = held(tx, leavers);
        for (Person one : leavers.all()) {
            for (Asset asset : assets.listNaming(tx, one.id())) {
                AssetFacts facts = assets.facts(tx, asset);
                boolean stepsIn =
                        wish.way() == Way.BACKUP && standIn(tx, asset, leavers).isPresent();
                assets.update(tx, asset, without(facts, one.email(), wish, stepsIn), by);
            }
        }
        for (Person one : leavers.all()) {
            for (Review review : waitingWith(tx, one)) {
                passOn(tx, review, one, leavers, to, by, channel);
            }
        }
        Map<String, Object> what = new LinkedHashMap<>();
        what.put("way", wish.way().word());
        if (to != null) {
            what.put("to", to.actorRef());
        }
        if (!leavers.teams().isEmpty()) {
            what.put("teams", leavers.teams().stream().map(Person::actorRef).toList());
        }
        what.put("assets", held.assets().stream().map(Asset::ref).toList());
        what.put("reviews", held.reviews().stream().map(Review::ref).toList());
        what.put("deactivated", wish.deactivate());
        return accounts.handedOver(tx, leavers.all(), what, wish.deactivate(), by);
    }

    Optional<Person> standIn(Handle handle, Asset asset, Leavers leavers) {
        return Optional.ofNullable(asset.backupId())
                .filter(id -> !leavers.include(id))
                .flatMap(id -> people.find(handle, id))
                .filter(person -> people.here(handle, person));
    }

    /** Replaces the leaving address everywhere in the facts, with somebody else or nobody. */
    private static AssetFacts without(AssetFacts facts, String leaving, Wish wish, boolean stepsIn) {
        Person to = wish.to();
        String heir = to == null ? null : to.email().toLowerCase(Locale.ROOT);
        boolean owned = names(facts, AssetField.OWNER, leaving);
        String backup = facts.text(AssetField.BACKUP);
        AssetFacts left = facts;
        if (owned) {
            left = left.withPerson(AssetField.OWNER, stepsIn ? backup : heir);
            left = stepsIn ? left.withPerson(AssetField.BACKUP, null) : left;
        }
        for (AssetField field : List.of(AssetField.BACKUP, AssetField.MANAGER)) {
            if (names(left, field, leaving)) {
                left = left.withPerson(field, heir);
            }
        }
        String owner = left.text(AssetField.OWNER);
        String second = left.text(AssetField.BACKUP);
        return owner != null && second != null && owner.equalsIgnoreCase(second)
                ? left.withPerson(AssetField.BACKUP, null)
                : left;
    }

    private static boolean names(AssetFacts facts, AssetField field, String address) {
        String named = facts.text(field);
        return named != null && named.equalsIgnoreCase(address);
    }

    /** A review that did not follow its asset goes to the heir, else to the asset's owner; open requests end. */
    private void passOn(
            Handle tx, Review review, Person leaving, Leavers leavers, @Nullable Person to, Actor by, Channel channel) {
        ReviewDao dao = tx.attach(ReviewDao.class);
        Asset asset = assets.byId(tx, review.assetId());
        boolean owned = leaving.id().equals(review.ownerId());
        Review next =
                owned ? review.assigned(to != null ? to.id() : ownerBut(asset, leavers), 0) : review.delegationEnded();
        Review after = dao.update(next, clock.instant());
        Evidence evidence = records.start(tx, "assigned", after, AssetEstate.covered(asset), by)
                .changed(List.of(owned ? "owner" : "delegated_to"));
        // who owns it still has it: nothing begins anew for them
        String event = owned ? "assigned" : "delegation-ended";
        records.write(tx, new ReviewRecords.Entry(event, after, evidence, null), by, channel);
    }

    private static @Nullable UUID ownerBut(Asset asset, Leavers leavers) {
        return leavers.include(asset.ownerId()) ? null : asset.ownerId();
    }

    /**
     * Who hands over: a person, and where they leave altogether also the teams of which they are the last, because nobody would answer for what
     * those have.
     *
     * @param all the person first, then those teams
     */
    record Leavers(List<Person> all) {

        Leavers {
            all = List.copyOf(all);
        }

        static Leavers of(Handle handle, People people, Person leaving, boolean altogether) {
            List<Person> all = new ArrayList<>(List.of(leaving));
            if (altogether) {
                all.addAll(people.lastOf(handle, leaving));
            }
            return new Leavers(all);
        }

        List<Person> teams() {
            return all.subList(1, all.size());
        }

        boolean include(@Nullable UUID personId) {
            return all.stream().anyMatch(one -> one.id().equals(personId));
        }
    }
}
