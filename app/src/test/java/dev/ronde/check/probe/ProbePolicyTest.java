package dev.ronde.check.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.check.probe.ProbePolicy.Verdict;
import dev.ronde.testing.services.ScriptedServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.UnknownHostException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProbePolicyTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 3, 2);

    @Test
    void needsBothKeysAndNamesTheMissingOne() {
        assertThat(denial("", "10.0.0.7", 6379, null))
                .contains("RONDE_PROBE_ALLOW is not set")
                .contains("10.0.0.7/32:6379")
                .contains("probe_authorised_until is not set");
        assertThat(denial("", "10.0.0.7", 6379, TODAY))
                .contains("RONDE_PROBE_ALLOW")
                .doesNotContain("probe_authorised_until");
        assertThat(denial("10.0.0.0/8", "10.0.0.7", 6379, null))
                .contains("probe_authorised_until is not set")
                .doesNotContain("RONDE_PROBE_ALLOW");
        assertThat(denial("10.0.0.0/8", "10.0.0.7", 6379, TODAY.minusDays(1)))
                .contains("probe_authorised_until ended on 2026-03-01");
        assertThat(denial("10.0.0.0/8:80", "10.0.0.7", 6379, TODAY))
                .contains("RONDE_PROBE_ALLOW does not cover 10.0.0.7 port 6379")
                .contains("add 10.0.0.7/32:6379");
        assertThat(decide("10.0.0.0/8", "10.0.0.7", 6379, TODAY)).isInstanceOf(Verdict.Allowed.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.1.2.3",
                "169.254.169.254",
                "169.254.1.1",
                "168.63.129.16",
                "100.100.100.200",
                "224.0.0.1",
                "239.255.255.255",
                "255.255.255.255",
                "::",
                "fd00:ec2::254",
                "fe80::1",
                "ff02::1",
                "::ffff:169.254.169.254",
                "::ffff:a9fe:a9fe",
                "[::FFFF:A9FE:A9FE]",
                "0:0:0:0:0:ffff:a83f:8110",
                "2002:a9fe:a9fe::1",
                "64:ff9b::a9fe:a9fe",
                "64:ff9b:1::a9fe:a9fe",
                "::a9fe:a9fe",
                "2001:0:a83f:8110::1",
                "2001::5601:5601",
                "2001:0:4136:e378:8000:63bf:5601:5601"
            })
    void someAddressesAreNeverProbed(String host) {
        String everything = "0.0.0.0/0,::/0,169.254.0.0/16,fe80::/10,fd00:ec2::254,168.63.129.16";
        assertThat(denial(everything, host, 80, TODAY)).contains("never probed");
        Resolver toIt = name -> List.of(InetAddress.getByName("10.0.0.7"), TestNetwork.address(host));
        Verdict named = TestNetwork.policy(everything, toIt).decide("harmless.example", 80, TODAY, TODAY);
        assertThat(((Verdict.Denied) named).message())
                .as("a name that leads there")
                .contains("never probed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0251.0376.0251.0376",
                "0251.254.169.254",
                "0xa9.0xfe.0xa9.0xfe",
                "0xa9fea9fe",
                "2852039166",
                "169.254.43518",
                "169.16689662",
                "169.254.169.254.",
                "１６９．２５４．１６９．２５４",
                "169。254。169。254",
                "①⑥⑨.254.169.254",
                "::ffff:0251.0376.0251.0376",
                "fe80::1%1"
            })
    void noOtherSpellingOfANumberIsEverLookedUp(String host) {
        assertThat(decide("0.0.0.0/0,::/0", host, 80, TODAY))
                .as("refused, or read as the address it is: never given to a resolver, which may read it otherwise")
                .isInstanceOf(Verdict.Denied.class);
    }

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0/0, 127.0.0.1, false",
        "127.0.0.0/7, 127.0.0.1, false",
        "126.0.0.0/7, 127.0.0.1, false",
        "127.0.0.0/8, 127.0.0.1, true",
        "127.0.0.0/8, 127.8.8.8, true",
        "127.0.0.1, 127.0.0.1, true",
        "127.0.0.1, 127.0.0.2, false",
        "::/0, ::1, false",
        "::1, ::1, true",
        "127.0.0.0/8, ::1, false",
        "127.0.0.0/8, ::ffff:127.0.0.1, true",
        "0.0.0.0/0, ::ffff:127.0.0.1, false",
        "::/0, 64:ff9b::7f00:1, false",
        "2002::/16, 2002:7f00:1::1, false",
        "2002::/16, 2002:a00:7::1, false",
        "10.0.0.0/8, 2002:a00:7::1, false",
        "'10.0.0.0/8,2002::/16', 2002:a00:7::1, true",
        "127.0.0.0/8, 64:ff9b::7f00:1, false",
        "'127.0.0.0/8,64:ff9b::/96', 64:ff9b::7f00:1, true"
    })
    void loopbackNeedsAnEntryOfItsOwn(String allow, String host, boolean allowed) {
        Verdict verdict;
        try {
            verdict = decide(allow, host, 6379, TODAY);
        } catch (IllegalArgumentException e) {
            assertThat(allowed).as("an entry with host bits is refused").isFalse();
            return;
        }
        assertThat(verdict instanceof Verdict.Allowed).isEqualTo(allowed);
    }

    @Test
    void theOwnInterfacesNeedTheirOwnAddress() throws IOException {
        String host = own().map(InetAddress::getHostAddress).orElse("127.0.0.1");
        assertThat(decide("0.0.0.0/0", host, 80, TODAY)).isInstanceOf(Verdict.Denied.class);
        assertThat(decide(host, host, 80, TODAY)).isInstanceOf(Verdict.Allowed.class);
    }

    @Test
    void everyAddressOfANameHasToBeAllowed() {
        Resolver two = name -> List.of(InetAddress.getByName("10.0.0.7"), InetAddress.getByName("169.254.169.254"));
        ProbePolicy policy = TestNetwork.policy("10.0.0.0/8", two);
        assertThat(policy.decide("evil.example", 80, TODAY, TODAY)).isInstanceOf(Verdict.Denied.class);
    }

    @Test
    void aNameWithoutAddressIsNotADenial() {
        Resolver none = name -> {
            throw new UnknownHostException(name);
        };
        assertThat(TestNetwork.policy("10.0.0.0/8", none).decide("gone.example", 80, TODAY, TODAY))
                .isInstanceOf(Verdict.Unresolved.class);
    }

    @Test
    void withoutTheKeysNothingIsEvenLookedUp() {
        AtomicInteger asked = new AtomicInteger();
        Resolver counting = name -> {
            asked.incrementAndGet();
            return List.of(InetAddress.getByName("10.0.0.7"));
        };
        TestNetwork.policy("", counting).decide("host.example", 80, TODAY, TODAY);
        TestNetwork.policy("10.0.0.0/8", counting).decide("host.example", 80, null, TODAY);
        assertThat(asked).hasValue(0);
    }

    @Test
    void theOwnDatabaseIsNeverProbed() {
        for (String url : List.of(
                "jdbc:postgresql://10.0.0.5:5433/ronde?ssl=true", "jdbc:postgresql://other,db.example:5433/ronde")) {
            Resolver resolver = name -> {
                if (name.equals("db.example")) {
                    return List.of(InetAddress.getByName("10.0.0.5"));
                }
                return List.of(InetAddress.getByName("10.0.0.4"));
            };
            ProbePolicy policy = policy("10.0.0.0/8", resolver, DatabaseEndpoint.of(url), Set.of());
            assertThat(policy.decide("10.0.0.5", 5433, TODAY, TODAY)).isInstanceOf(Verdict.Denied.class);
            assertThat(policy.decide("10.0.0.5", 5434, TODAY, TODAY)).isInstanceOf(Verdict.Allowed.class);
            assertThat(policy.decide("10.0.0.6", 5433, TODAY, TODAY)).isInstanceOf(Verdict.Allowed.class);
        }
        assertThat(DatabaseEndpoint.of("jdbc:postgresql://[::1]/ronde"))
                .containsExactly(new DatabaseEndpoint("::1", 5432));
        assertThat(DatabaseEndpoint.of("jdbc:postgresql:ronde"))
                .containsExactly(new DatabaseEndpoint("localhost", 5432));
        assertThat(DatabaseEndpoint.of("jdbc:h2:file:/x")).isEmpty();
    }

    @Test
    void theOwnDatabaseIsNeverProbedByAnotherNameOrAddressOfIt() throws IOException {
        InetAddress own = own().orElse(InetAddress.getByName("127.0.0.2"));
        String here = own.getHostAddress();
        for (String database : List.of("localhost", "127.0.0.1", "[::1]", here, "this-machine.example")) {
            for (String target :
                    List.of("127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1", here, "alias.example", "localhost")) {
                assertDatabase(database, target, own);
            }
        }
        for (String target : List.of("10.0.0.5", "::ffff:10.0.0.5", "64:ff9b::10.0.0.5", "2002:a00:5::1")) {
            assertDatabase("10.0.0.5", target, own);
            assertDatabase("db.example", target, own);
        }
        assertDatabase("gone.example", "10.0.0.99", own);
    }

    @Test
    void theServersOwnPortIsNeverProbedAtAnyAddressOrNameOfThisMachine() throws IOException {
        InetAddress own = own().orElse(InetAddress.getByName("127.0.0.2"));
        String here = own.getHostAddress();
        Resolver resolver = name -> List.of(InetAddress.getByName("10.255.0.9"), own);
        ProbePolicy policy = policy("10.0.0.0/8,127.0.0.0/8,::1," + here, resolver, List.of(), Set.of(8080));
        for (String target : List.of("127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1", here, "alias.example")) {
            assertThat(policy.decide(target, 8080, TODAY, TODAY))
                    .as(target)
                    .isInstanceOfSatisfying(
                            Verdict.Denied.class,
                            denied -> assertThat(denied.message()).contains("the product itself"));
            assertThat(policy.decide(target, 8081, TODAY, TODAY)).as(target).isInstanceOf(Verdict.Allowed.class);
        }
        assertThat(policy.decide("10.255.0.9", 8080, TODAY, TODAY)).isInstanceOf(Verdict.Allowed.class);
    }

    private static void assertDatabase(String database, String target, InetAddress own) {
        Resolver resolver = name -> switch (name) {
            case "localhost" -> List.of(InetAddress.getByName("127.0.0.1"), InetAddress.getByName("::1"));
            case "this-machine.example", "alias.example" -> List.of(own);
            case "db.example" -> List.of(InetAddress.getByName("10.0.0.4"), InetAddress.getByName("10.0.0.5"));
            default -> throw new UnknownHostException(name);
        };
        String allow = "10.0.0.0/8,64:ff9b::/96,2002::/16,127.0.0.0/8,::1," + own.getHostAddress();
        for (String url : List.of(
                "jdbc:postgresql://" + database + ":5433/ronde",
                "jdbc:postgresql://10.0.0.1," + database + ":5433/ronde",
                "jdbc:postgresql:///ronde?PGPORT=5433&PGHOST=" + database)) {
            ProbePolicy policy = policy(allow, resolver, DatabaseEndpoint.of(url), Set.of());
            assertThat(policy.decide(target, 5433, TODAY, TODAY))
                    .as("%s asked for at %s", url, target)
                    .isInstanceOfSatisfying(
                            Verdict.Denied.class,
                            denied -> assertThat(denied.message()).contains("the product's own database"));
            assertThat(policy.decide(target, 5434, TODAY, TODAY))
                    .as("another port there")
                    .isInstanceOf(Verdict.Allowed.class);
        }
    }

    @Test
    void aResolverThatChangesItsAnswerCannotMoveAProbe() throws IOException {
        try (ScriptedServer allowed = ScriptedServer.start(ScriptedServer.answer("+PONG\r\n"))) {
            AtomicInteger asked = new AtomicInteger();
            Resolver rebinding = name -> List.of(
                    asked.getAndIncrement() == 0
                            ? InetAddress.getByName("127.0.0.1")
                            : InetAddress.getByName("127.0.0.2"));
            Probe probe = TestNetwork.probe("redis.anonymous", TestNetwork.policy("127.0.0.1", rebinding), null);
            ProbeResult result = probe.collect(TestNetwork.target("rebind.example", allowed.port()), TestNetwork.QUICK);
            assertThat(result.resolved()).isEqualTo("127.0.0.1:" + allowed.port());
            assertThat(TestNetwork.facts(result, "ping")).containsEntry("reply", "pong");
            assertThat(asked).hasValue(1);
            ProbeResult next = probe.collect(TestNetwork.target("rebind.example", allowed.port()), TestNetwork.QUICK);
            assertThat(((ProbeResult.Failed) next).reason()).isEqualTo(ProbeFailure.POLICY_DENIED);
            assertThat(allowed.connections()).isEqualTo(1);
        }
    }

    private static Verdict decide(String allow, String host, int port, LocalDate until) {
        Resolver literalsOnly = name -> {
            throw new AssertionError("a literal was looked up: " + name);
        };
        return TestNetwork.policy(allow, literalsOnly).decide(host, port, until, TODAY);
    }

    private static String denial(String allow, String host, int port, LocalDate until) {
        Verdict verdict = decide(allow, host, port, until);
        assertThat(verdict).isInstanceOf(Verdict.Denied.class);
        return ((Verdict.Denied) verdict).message();
    }

    private static ProbePolicy policy(
            String allow, Resolver resolver, List<DatabaseEndpoint> database, Set<Integer> listening) {
        return new ProbePolicy(
                AllowList.parse(allow), resolver, new OwnAddresses(System::nanoTime), database, listening);
    }

    private static Optional<InetAddress> own() throws IOException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address.getAddress().length == 4 && !address.isLoopbackAddress())
                .findFirst();
    }
}
