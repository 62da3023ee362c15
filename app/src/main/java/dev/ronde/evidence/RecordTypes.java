package dev.ronde.evidence;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The record types that are written. Others may be appended; a verifier warns about those it does not know. */
public final class RecordTypes {
    /** What happens to each kind of thing. */
    private static final String EVENTS = """
            asset: created updated retired imported
            snapshot: received
            check: published retired attested result
            run: missed
            role: granted revoked
            session: started ended refused
            token: created revoked
            plan: created changed retired announced levelled
            review: scheduled opened assigned reminded escalated acknowledged attested approved rejected
            review: evidence-added problem problem-decided commented delegated delegation-accepted delegation-ended
            review: snoozed time-asked time-refused time-lapsed not-mine extended withdrawn missed recovered cancelled
            review: drifted drift-ended undelivered
            finding: opened changed acknowledged fixed
            person: added changed handed-over absence-planned absence-ended deactivated
            mail: queued accepted refused bounced received uncertain resent
            link: locked
            waiver: requested approved denied expired revoked
            config: changed
            system: started stopped
            clock: moved observed
            ledger: seal
            key: added retired compromised
            anchor: sent confirmed failed
            export: created downloaded
            population: frozen
            sample: drawn
            engagement: agreed ended
            evidence: viewed
            request: asked answered reopened closed
            verify: run state
            hold: set released
            retention: purged
            erasure: executed refused
            redaction: scanned
            probing: stopped resumed
            maintenance: planned ended
            job: cancelled
            backup: made restored
            database: copied
            calendar: created revoked
            webhook: created changed removed tested redelivered
            """;

    /** As {@code asset.created}. */
    public static final Set<String> KNOWN =
            EVENTS.lines().flatMap(RecordTypes::types).collect(Collectors.toUnmodifiableSet());

    private RecordTypes() {}

    private static Stream<String> types(String line) {
        String[] words = line.split(":? ", -1);
        return Stream.of(words).skip(1).map(event -> words[0] + "." + event);
    }
}
