package dev.ronde.evidence.witness;

import dev.ronde.evidence.Actor;
import dev.ronde.evidence.Evidence;
import dev.ronde.evidence.EvidenceLog;
import dev.ronde.evidence.Subject;
import dev.ronde.evidence.ledger.Checkpoint;
import dev.ronde.evidence.ledger.Cosignature;
import dev.ronde.evidence.ledger.SignedNote;
import dev.ronde.evidence.seal.ConsistencyProof;
import dev.ronde.evidence.seal.Ledger;
import dev.ronde.platform.Lazy;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.schedule.Tick;
import dev.ronde.platform.text.Cut;
import dev.ronde.platform.time.Ids;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the witnesses of {@code RONDE_WITNESSES} for their word on the newest checkpoint: a minute after something was sealed, and before each
 * export. What they answer is kept beside the checkpoint; it is a record, a failure once until it is over.
 */
public final class Witnesses implements Tick {
    private static final Logger log = LoggerFactory.getLogger(Witnesses.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int LONGEST = 16_384;

    private final Database database;
    private final Ledger ledger;
    private final EvidenceLog evidence;
    private final InstantSource clock;
    private final List<WitnessAddress> addresses;
    private final Lazy<HttpClient> http = Lazy.of(() -> HttpClient.newBuilder()
            .connectTimeout(PATIENCE)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build());

    /** @param setting entries of an address and a vkey, with a blank between them */
    public Witnesses(
            Database database, Ledger ledger, EvidenceLog evidence, InstantSource clock, List<String> setting) {
        this.database = database;
        this.ledger = ledger;
        this.evidence = evidence;
        this.clock = clock;
        this.addresses = WitnessAddress.read(setting);
    }

    @Override
    public String name() {
        return "witnesses";
    }

    @Override
    public int run(Instant now) {
        return ask(false);
    }

    /** Asks each witness that has not cosigned the newest checkpoint. */
    public void cosign() {
        ask(true);
    }

    /** What each witness answered last, by its name. */
    public Map<String, Optional<WitnessAnswer>> newest() {
        Map<String, Optional<WitnessAnswer>> newest = new LinkedHashMap<>();
        addresses.forEach(address -> newest.put(
                address.key().name(),
                database.read(handle ->
                        handle.attach(WitnessDao.class).findNewest(address.key().name()))));
        return newest;
    }

    private int ask(boolean always) {
        if (addresses.isEmpty()) {
            return 0;
        }
        long size = ledger.checkpoint().treeSize();
        int confirmed = 0;
        for (WitnessAddress witness : addresses) {
            long known = database.read(handle -> handle.attach(WitnessDao.class)
                            .findConfirmed(witness.key().name()))
                    .orElse(0L);
            boolean news = known < size
                    && (always
                            || database.read(handle ->
                                            handle.attach(WitnessDao.class).findNews(known, size))
                                    .isPresent());
            if (news && ask(witness, known, size)) {
                confirmed++;
            }
        }
        return confirmed;
    }

    private boolean ask(WitnessAddress witness, long known, long size) {
        try {
            ConsistencyProof proof = ledger.consistency(known, Optional.of(size));
            HttpResponse<InputStream> answer = send(witness, proof);
            String body = body(answer);
            if (answer.statusCode() == 409 && body.strip().matches("0|[1-9][0-9]{0,17}")) {
                long seen = Long.parseLong(body.strip());
                if (seen > size) {
                    throw new IOException("it has cosigned " + seen + " records, and this log has " + size
                            + ": an older database was restored, or the log was rewritten");
                }
                proof = ledger.consistency(seen, Optional.of(size));
                answer = send(witness, proof);
                body = body(answer);
            }
            if (answer.statusCode() != 200) {
                throw new IOException("it answers " + answer.statusCode() + " " + body.strip());
            }
            confirmed(witness, proof, body);
            return true;
        } catch (IOException | IllegalArgumentException e) {
            failed(witness, size, e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    private HttpResponse<InputStream> send(WitnessAddress witness, ConsistencyProof proof)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(witness.url())
                .timeout(PATIENCE)
                .header("Content-Type", "text/plain; charset=utf-8")
                .POST(HttpRequest.BodyPublishers.ofString(proof.text()))
                .build();
        return http.get().send(request, HttpResponse.BodyHandlers.ofInputStream());
    }

    private static String body(HttpResponse<InputStream> answer) throws IOException {
        try (InputStream body = answer.body()) {
            return new String(body.readNBytes(LONGEST), StandardCharsets.UTF_8);
        }
    }

    private void confirmed(WitnessAddress witness, ConsistencyProof proof, String body) {
        String text = SignedNote.parse(proof.checkpoint().note()).text();
        for (String line : body.split("\n", -1)) {
            if (!line.startsWith("\u2014 " + witness.key().name() + " ")) {
                continue;
            }
            SignedNote.Line cosignature = SignedNote.Line.parse(line);
            Optional<Instant> at = Cosignature.time(text, cosignature, witness.key());
            if (at.isPresent()) {
                store(
                        witness,
                        proof.checkpoint().treeSize(),
                        "anchor.confirmed",
                        Optional.of(line),
                        Map.of(
                                "at",
                                at.get(),
                                "rootHash",
                                Checkpoint.parse(text).root().hex()));
                return;
            }
        }
        throw new IllegalArgumentException("its answer has no cosignature under the key of the settings");
    }

    private void failed(WitnessAddress witness, long size, String reason) {
        boolean before = database.read(handle ->
                        handle.attach(WitnessDao.class).findNewest(witness.key().name()))
                .filter(answer -> answer.status().equals("failed"))
                .isPresent();
        if (!before) {
            log.warn("witness {}: {}", witness.key().name(), reason);
            store(
                    witness,
                    size,
                    "anchor.failed",
                    Optional.empty(),
                    Map.of("reason", Cut.to(reason.replaceAll("\\p{Cntrl}", " "), 500)));
        }
    }

    private void store(
            WitnessAddress witness, long size, String type, Optional<String> cosignature, Map<String, Object> more) {
        String name = witness.key().name();
        Evidence record = Evidence.of(type, Actor.SYSTEM, Subject.of("checkpoint", size))
                .data("kind", "witness")
                .data("target", name)
                .data("treeSize", size);
        more.forEach(record::data);
        String status = type.substring("anchor.".length());
        database.useTransaction(tx -> {
            tx.attach(WitnessDao.class)
                    .insert(Ids.next(clock), size, name, status, clock.instant(), cosignature.orElse(null));
            evidence.append(tx, record);
        });
    }
}
