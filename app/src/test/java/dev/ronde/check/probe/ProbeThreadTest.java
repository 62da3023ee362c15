package dev.ronde.check.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.testing.services.BlackHole;
import dev.ronde.testing.services.ScriptedServer;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A probe that is stopped lets go of its target at once, whatever it waits for. */
class ProbeThreadTest {
    private static final Duration SOON = Duration.ofMillis(500);
    private static final ProbeLimits PATIENT = new ProbeLimits(5, Duration.ofSeconds(3), Duration.ofSeconds(8), 4_096);

    @Test
    void aConnectInProgressEnds() throws Exception {
        try (BlackHole hole = BlackHole.open()) {
            stopped("redis.anonymous", hole.port(), null);
        }
    }

    @Test
    void aReadEnds() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(ScriptedServer.silence())) {
            stopped("redis.anonymous", server.port(), null);
        }
    }

    @Test
    void aTlsHandshakeEnds() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(ScriptedServer.silence())) {
            stopped("tls.endpoint", server.port(), null);
        }
    }

    @Test
    void aWaitForADatagramEnds() throws Exception {
        try (DatagramSocket silent = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            stopped("snmp.community", silent.getLocalPort(), null);
        }
    }

    @Test
    void theCanaryEndsTooAndIsNoProofOfAnything() throws Exception {
        try (BlackHole hole = BlackHole.open();
                DatagramSocket silent = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            stopped("snmp.community", silent.getLocalPort(), HostPort.parse("127.0.0.1:" + hole.port()));
        }
    }

    @Test
    void aNameThatIsBeingLookedUpIsNotWaitedFor() throws Exception {
        ExecutorService nobody = Executors.newSingleThreadExecutor();
        CountDownLatch never = new CountDownLatch(1);
        nobody.execute(() -> awaitQuietly(never));
        try (SystemResolver slow = new SystemResolver(nobody, Duration.ofSeconds(30))) {
            Probe probe = TestNetwork.probe("redis.anonymous", TestNetwork.policy("127.0.0.1", slow), null);
            AtomicReference<ProbeResult> result = new AtomicReference<>();
            ProbeThread thread = new ProbeThread(
                    () -> result.set(probe.collect(TestNetwork.target("slow.example", 6379), PATIENT)), "looks-up");
            thread.start();
            thread.join(300);
            assertThat(thread.isAlive()).as("waits for the name").isTrue();
            thread.interrupt();
            thread.join(SOON.toMillis());
            assertThat(thread.isAlive()).as("waits no longer").isFalse();
            assertThat(result.get()).isInstanceOf(ProbeResult.Failed.class);
            assertThat(result.get().exchanges()).isEmpty();
        } finally {
            never.countDown();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void stopped(String type, int port, @Nullable HostPort canary)
            throws IOException, InterruptedException {
        Probe probe = TestNetwork.probe(type, TestNetwork.policy("127.0.0.1", name -> List.of()), canary);
        ProbeLimits limits =
                canary == null ? PATIENT : new ProbeLimits(5, Duration.ofMillis(50), Duration.ofMillis(50), 4_096);
        AtomicReference<ProbeResult> result = new AtomicReference<>();
        ProbeThread thread =
                new ProbeThread(() -> result.set(probe.collect(TestNetwork.target(port), limits)), "probe-under-test");
        thread.start();
        thread.join(300);
        assertThat(thread.isAlive()).as("waits for its target").isTrue();
        thread.interrupt();
        thread.join(SOON.toMillis());
        assertThat(thread.isAlive()).as("lets go of it").isFalse();
        assertThat(((ProbeResult.Failed) result.get()).reason()).isEqualTo(ProbeFailure.TIMEOUT);
    }
}
