package dev.ronde.check.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.asset.field.Criticality;
import dev.ronde.asset.inventory.Asset;
import dev.ronde.asset.snapshot.Snapshot;
import dev.ronde.catalogue.CatalogueEntry;
import dev.ronde.catalogue.TestChecks;
import dev.ronde.platform.json.Json;
import dev.ronde.testing.TestClock;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of one page of a document: that there are more, unless something else is wrong that no further page mends. */
final class PartialResultsTest {
    private static final String CHECK = "aws-sg-internet-to-sensitive-ports";
    private static final String PAGE =
            "{'SecurityGroups':[{'GroupId':'sg-1','IpPermissions':[{'IpProtocol':'tcp','FromPort':443,"
                    + "'ToPort':443,'IpRanges':[{'CidrIp':'0.0.0.0/0'}]}]}],'$pages':['NextToken']}";

    private final TestClock clock = new TestClock();

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        ", unknown, snapshot-incomplete",
        "param:aws-sg-internet-to-sensitive-ports.maxAge=PT1S, error, bad-parameter"
    })
    void anErrorStaysOne(@Nullable String tag, String outcome, String reason) {
        CatalogueEntry check = TestChecks.load(folder).find(CHECK).orElseThrow();
        Execution ran = TestRunners.runner(clock, List.of(), Derivers.all(), "internal", ZoneOffset.UTC)
                .run(check, asset(tag == null ? List.of() : List.of(tag)), new StoredInput(snapshot(), null, null));
        assertThat(ran.judgement().outcome().code()).as(ran.toString()).isEqualTo(outcome);
        assertThat(ran.judgement().reason()).isEqualTo(reason);
        assertThat(ran.seenAt()).isEqualTo(clock.instant());
    }

    private Snapshot snapshot() {
        Instant now = clock.instant();
        return new Snapshot(
                new UUID(0, 2),
                new UUID(0, 1),
                "aws.sg.v1",
                "sha256:00",
                1,
                now,
                now,
                now,
                Json.tree(PAGE.replace('\'', '"')));
    }

    private Asset asset(List<String> tags) {
        return new Asset(
                new UUID(0, 1),
                "sg-1",
                "Group",
                "cloud.aws.sg",
                null,
                null,
                null,
                null,
                Criticality.HIGH,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                tags,
                List.of(),
                false,
                null,
                null,
                null,
                clock.instant(),
                clock.instant(),
                null,
                1);
    }
}
