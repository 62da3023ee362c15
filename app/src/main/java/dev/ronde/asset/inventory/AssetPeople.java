package dev.ronde.asset.inventory;

import dev.ronde.account.People;
import dev.ronde.asset.field.AssetFacts;
import dev.ronde.asset.field.AssetField;
import dev.ronde.evidence.Actor;
import dev.ronde.platform.db.Batches;
import dev.ronde.platform.http.Principal;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The people of a set of assets, looked up together: by id for stored assets, by address for new facts. */
public final class AssetPeople {
    private final Map<UUID, PersonLabel> byId = new HashMap<>();
    private final Map<String, UUID> byAddress = new HashMap<>();
    private final Set<String> soughtAfter = new HashSet<>();

    public static AssetPeople of(Handle handle, Collection<Asset> assets) {
        AssetPeople people = new AssetPeople();
        people.load(handle, assets);
        return people;
    }

    public void load(Handle handle, Collection<Asset> assets) {
        Set<UUID> missing = new LinkedHashSet<>();
        for (Asset asset : assets) {
            Stream.of(new @Nullable UUID[] {asset.ownerId(), asset.backupId(), asset.managerId()})
                    .filter(id -> id != null && !byId.containsKey(id))
                    .forEach(missing::add);
        }
        for (List<UUID> some : Batches.of(List.copyOf(missing))) {
            handle.attach(AssetDao.class).listPeople(some).forEach(this::add);
        }
    }

    /** Adds the people with these addresses; an address nobody has stays unknown. */
    public void find(Handle handle, Collection<String> addresses) {
        List<String> asked = addresses.stream().filter(soughtAfter::add).toList();
        for (List<String> some : Batches.of(asked)) {
            handle.attach(AssetDao.class).listPeopleByAddress(some).forEach(this::add);
        }
    }

    /**
     * Those of the changed fields that would name somebody who cannot answer for an asset. Who is named already may stay: that they have left
     * must not hold up another change.
     */
    public List<AssetField> gone(AssetFacts facts, Collection<AssetField> changed) {
        return changed.stream()
                .filter(AssetField::person)
                .filter(field -> {
                    PersonLabel named = label(idOf(facts.text(field)));
                    return named != null && !named.here();
                })
                .toList();
    }

    private void add(PersonLabel person) {
        byId.put(person.id(), person);
        byAddress.put(person.email().toLowerCase(Locale.ROOT), person.id());
    }

    void create(Handle tx, People people, Collection<String> addresses, Actor by) {
        for (String address : addresses) {
            if (!byAddress.containsKey(address)) {
                var person = people.findOrCreate(tx, address, null, by);
                byId.put(
                        person.id(),
                        new PersonLabel(person.id(), person.actorRef(), person.email(), person.name(), true));
                byAddress.put(address, person.id());
            }
        }
    }

    /** An auditor with an engagement is told who attested, but of owners only the reference. */
    public AssetPeople shownTo(Principal principal) {
        if (principal.limits() != null) {
            byId.replaceAll((id, person) ->
                    new PersonLabel(id, person.actorRef(), person.actorRef(), person.actorRef(), person.here()));
        }
        return this;
    }

    public @Nullable PersonLabel label(@Nullable UUID id) {
        return id == null ? null : byId.get(id);
    }

    public @Nullable String email(@Nullable UUID id) {
        PersonLabel person = label(id);
        return person == null ? null : person.email();
    }

    @Nullable
    UUID idOf(@Nullable String address) {
        return address == null ? null : byAddress.get(address);
    }

    public boolean knows(String address) {
        return byAddress.containsKey(address);
    }
}
