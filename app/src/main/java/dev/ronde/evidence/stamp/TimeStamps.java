package dev.ronde.evidence.stamp;

import dev.ronde.evidence.Actor;
import dev.ronde.evidence.Evidence;
import dev.ronde.evidence.EvidenceLog;
import dev.ronde.evidence.Subject;
import dev.ronde.evidence.seal.Ledger;
import dev.ronde.evidence.seal.SealedCheckpoint;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.schedule.Daily;
import dev.ronde.platform.schedule.Tick;
import dev.ronde.platform.text.Sha256;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.tsp.TSPAlgorithms;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampRequest;
import org.bouncycastle.tsp.TimeStampRequestGenerator;
import org.bouncycastle.tsp.TimeStampResponse;
import org.bouncycastle.tsp.TimeStampToken;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has checkpoints stamped by an authority that nobody here controls, where one is set ({@code RONDE_TSA_URL}). */
public final class TimeStamps {
    private static final Logger log = LoggerFactory.getLogger(TimeStamps.class);
    private static final LocalTime AT = LocalTime.of(6, 10);
    private static final int NONCE_BITS = 64;

    private final Database database;
    private final Ledger ledger;
    private final EvidenceLog evidence;
    private final @Nullable TsaClient authority;
    private final SecureRandom random = new SecureRandom();

    public TimeStamps(Database database, Ledger ledger, EvidenceLog evidence, Optional<URI> authority) {
        this.database = database;
        this.ledger = ledger;
        this.evidence = evidence;
        this.authority = authority.map(TsaClient::new).orElse(null);
    }

    /** Where checkpoints are stamped; empty where no authority is set. */
    public Optional<String> authority() {
        return Optional.ofNullable(authority).map(TsaClient::host);
    }

    public Optional<StampRow> newest() {
        return database.read(tx -> tx.attach(StampDao.class).findNewest());
    }

    /** Stamps the newest checkpoint each day. */
    public Tick tick(ZoneId zone) {
        return new Daily("time-stamp", AT, zone, database, now -> {
            if (authority == null) {
                return 0;
            }
            if (ledger.alarm().isEmpty()) {
                ledger.seal();
            }
            return stamp(ledger.checkpoint()) ? 1 : 0;
        });
    }

    /** Whether the checkpoint was stamped just now. One that is stamped already is not again; a failure is a record. */
    public boolean stamp(SealedCheckpoint checkpoint) {
        long size = checkpoint.treeSize();
        if (authority == null || database.read(tx -> tx.attach(StampDao.class).exists(size))) {
            return false;
        }
        try {
            StampRow stamp = ask(authority, size, checkpoint.note());
            return database.inTransaction(tx -> {
                boolean fresh = tx.attach(StampDao.class).insert(stamp) == 1;
                if (fresh) {
                    ledger.anchored(tx, size, "tsa", authority.host());
                    evidence.append(
                            tx,
                            record("anchor.confirmed", size)
                                    .data("authority", authority.host())
                                    .data("generatedAt", stamp.generatedAt())
                                    .data("sha256", Sha256.hex(stamp.response())));
                }
                return fresh;
            });
        } catch (IOException e) {
            failed(size, "unreachable", e);
        } catch (TSPException | IllegalArgumentException e) {
            failed(size, "unusable", e);
        }
        return false;
    }

    private StampRow ask(TsaClient tsa, long size, String note) throws IOException, TSPException {
        TimeStampRequestGenerator generator = new TimeStampRequestGenerator();
        generator.setCertReq(true);
        byte[] imprint = Sha256.digest().digest(note.getBytes(StandardCharsets.UTF_8));
        TimeStampRequest query = generator.generate(TSPAlgorithms.SHA256, imprint, new BigInteger(NONCE_BITS, random));
        byte[] answer = tsa.ask(query.getEncoded());
        try {
            TimeStampResponse response = new TimeStampResponse(answer);
            response.validate(query);
            TimeStampToken token = response.getTimeStampToken();
            if (token == null) {
                throw new TSPException("refused: " + response.getStatusString());
            }
            // verifiers read DER alone, and an authority may have written BER around its signed parts
            byte[] der = ASN1Primitive.fromByteArray(answer).getEncoded(ASN1Encoding.DER);
            return new StampRow(
                    size,
                    query.getEncoded(),
                    der,
                    token.getTimeStampInfo().getGenTime().toInstant());
        } catch (IOException e) {
            throw new TSPException(e.getMessage(), e);
        }
    }

    private void failed(long size, String reason, Exception why) {
        log.warn("the time stamping authority did not stamp the checkpoint of {} records: {}", size, why.getMessage());
        database.useTransaction(
                tx -> evidence.append(tx, record("anchor.failed", size).data("reason", reason)));
    }

    private static Evidence record(String type, long size) {
        return Evidence.of(type, Actor.SYSTEM, Subject.of("ledger", "checkpoint"))
                .data("kind", "tsa")
                .data("treeSize", size);
    }
}
