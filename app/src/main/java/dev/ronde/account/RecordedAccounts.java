package dev.ronde.account;

import dev.ronde.evidence.population.Leaf;
import dev.ronde.evidence.state.StateRow;
import dev.ronde.evidence.state.StateSource;
import dev.ronde.evidence.state.SubjectTable;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What the records say of people and tokens. */
public final class RecordedAccounts {
    /** Of a password, in its record: the hash of what is stored, which alone lets nobody guess it. */
    static final String CREDENTIAL = "credential";

    private RecordedAccounts() {}

    /** The tables of the room that follow from records. */
    public static List<StateSource> sources() {
        return List.of(
                new SubjectTable(
                        "person",
                        "person",
                        Set.of(
                                "person.added",
                                "person.changed",
                                "person.deactivated",
                                "person.handed-over",
                                "person.absence-planned",
                                "person.absence-ended",
                                "role.granted",
                                "role.revoked"),
                        "",
                        RecordedAccounts::people,
                        (handle, limit) ->
                                handle.attach(RecordedAccountDao.class).listLostPeople(limit),
                        RecordedAccounts::person),
                new SubjectTable(
                        "api_token",
                        "token",
                        Set.of("token.created", "token.revoked"),
                        "",
                        RecordedAccounts::tokens,
                        (handle, limit) ->
                                handle.attach(RecordedAccountDao.class).listLostTokens(limit),
                        RecordedAccounts::token));
    }

    private static List<StateRow> people(Handle handle, String after, int limit) {
        return hashed(handle.attach(RecordedAccountDao.class).listPeople(after, limit), CREDENTIAL);
    }

    private static List<StateRow> tokens(Handle handle, String after, int limit) {
        return hashed(handle.attach(RecordedAccountDao.class).listTokens(after, limit), "token_hash");
    }

    /** What lets somebody in is compared and named by its hash alone. */
    private static List<StateRow> hashed(List<StateRow> rows, String field) {
        return rows.stream()
                .map(row -> {
                    Map<String, @Nullable Object> fields = new LinkedHashMap<>(row.fields());
                    fields.computeIfPresent(field, (name, stored) -> Secrets.sha256(stored.toString()));
                    return new StateRow(row.place(), row.subject(), row.name(), fields);
                })
                .toList();
    }

    private static Map<String, @Nullable Object> person(List<Leaf> records) {
        Map<String, @Nullable Object> state = SubjectTable.newest(records);
        state.put(CREDENTIAL, null);
        state.put("email", StateSource.UNSAID);
        state.put("email_key", StateSource.UNSAID);
        for (Leaf record : records) {
            if (record.data().get("members") instanceof List<?> members) {
                state.put("members", members);
            }
            String email = record.privateText("email");
            if (!email.isEmpty()) {
                state.put("email", email);
                state.put("email_key", new EmailAddress(email).lookupKey());
            }
            if (record.data().get("changed") instanceof List<?> changed) {
                if (changed.contains("password")) {
                    Object credential = record.data().get(CREDENTIAL);
                    state.put(CREDENTIAL, credential == null ? StateSource.UNSAID : credential);
                } else if (changed.contains("password_reset")) {
                    state.put(CREDENTIAL, null);
                }
            }
        }
        return state;
    }

    private static Map<String, @Nullable Object> token(List<Leaf> records) {
        Map<String, @Nullable Object> state = new LinkedHashMap<>();
        for (Leaf record : records) {
            if (record.type().equals("token.revoked")) {
                state.put("revoked", true);
                continue;
            }
            state.put("called", record.field("name"));
            state.put("role", record.field("role"));
            state.put("created_by", record.actorRef());
            state.put("expires_at", Instant.parse(record.field("expires")));
            state.put("assets", record.data().get("assets"));
            state.put("origin_ref", said(record, "origin"));
            state.put("token_hash", said(record, "secret_sha256"));
        }
        return state;
    }

    private static Object said(Leaf record, String field) {
        String text = record.field(field);
        return text.isEmpty() ? StateSource.UNSAID : text;
    }
}
