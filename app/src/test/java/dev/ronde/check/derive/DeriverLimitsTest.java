package dev.ronde.check.derive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.ronde.check.derive.aws.AwsSgExposure;
import dev.ronde.check.derive.azure.AzureNsgExposure;
import dev.ronde.check.derive.gcp.GcpFirewallExposure;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Rule sets written to cost the server its processor or its memory end as an error that says so, within seconds. */
final class DeriverLimitsTest {
    private static final Duration MOST = Duration.ofSeconds(20);

    private static String list(int count, IntFunction<String> rule) {
        return IntStream.range(0, count).mapToObj(rule).collect(Collectors.joining(","));
    }

    private static String address(int number) {
        return "%d.%d.%d.0/24".formatted(11 + number % 80, number / 80 % 250, number % 250);
    }

    private static String azure(int number, String source, String from, String destination, String ports) {
        return "{'name':'r" + number + "','properties':{'priority':" + (100 + number)
                + ",'access':'Allow','direction':'Inbound','protocol':'Tcp',"
                + "'sourceAddressPrefix':'" + source + "','sourcePortRange':'" + from + "','destinationAddressPrefix':'"
                + destination + "','destinationPortRange':'" + ports + "'}}";
    }

    private static Throwable judged(Deriver deriver, String document) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long start = threads.getCurrentThreadCpuTime();
        Throwable thrown = catchThrowable(() -> Exposed.by(deriver, document));
        assertThat(Duration.ofNanos(threads.getCurrentThreadCpuTime() - start)).isLessThan(MOST);
        return thrown;
    }

    @Test
    void destinationsTimesSourcePorts() {
        String rules = list(
                900,
                i -> azure(
                        i, "Internet", i * 60 + "-" + (i * 60 + 30), "10.0.%d.%d".formatted(i / 250, i % 250), "22"));
        assertThat(judged(new AzureNsgExposure(), "{'properties':{'securityRules':[" + rules + "]}}"))
                .isInstanceOf(UnparsableException.class)
                .hasMessageContaining("destinations, groups and source ports");
    }

    @Test
    void sendersTimesPortsTimesDestinations() {
        String rules = list(3_900, i -> azure(i, address(i), "*", "10.0.%d.0/24".formatted(i % 50), i + "-65535"));
        assertThat(judged(new AzureNsgExposure(), "{'properties':{'securityRules':[" + rules + "]}}"))
                .isInstanceOf(UnparsableException.class)
                .hasMessageContaining("ports and destinations");
    }

    @Test
    void destinationsTimesPortsForOneSender() {
        String rules = list(
                3_900,
                i -> azure(
                        i,
                        "Internet",
                        "*",
                        i % 2 == 0 ? "*" : "10.%d.%d.0/24".formatted(i / 250, i % 250),
                        i + "-65535"));
        assertThat(judged(new AzureNsgExposure(), "{'properties':{'securityRules':[" + rules + "]}}"))
                .isInstanceOf(UnparsableException.class)
                .hasMessageContaining("too many combinations");
    }

    @Test
    void aNetworkOfManyTargetsAtGoogle() {
        String rules = list(
                4_000,
                i -> "{'kind':'compute#firewall','name':'r" + i
                        + "','network':'https://www.googleapis.com/compute/v1/projects/p/global/networks/main',"
                        + "'direction':'INGRESS','priority':" + i % 60_000 + ",'targetTags':['t" + i
                        + "'],'sourceRanges':['" + address(i) + "'],'" + (i % 2 == 0 ? "allowed" : "denied")
                        + "':[{'IPProtocol':'tcp','ports':['" + (i * 16 + 1) + "-" + (i * 16 + 12) + "']}]}");
        Throwable thrown = judged(new GcpFirewallExposure(), "{'items':[" + rules + "]}");
        if (thrown != null) {
            assertThat(thrown).isInstanceOf(UnparsableException.class);
        }
    }

    @Test
    void aGroupOfManyPermissionsAtAmazon() {
        String permissions = list(
                8_000,
                i -> "{'IpProtocol':'tcp','FromPort':" + i * 8 + ",'ToPort':" + (i * 8 + 5)
                        + ",'IpRanges':[{'CidrIp':'" + address(i)
                        + "'}],'Ipv6Ranges':[],'PrefixListIds':[],'UserIdGroupPairs':[]}");
        Throwable thrown = judged(
                new AwsSgExposure(),
                "{'GroupId':'sg-1','GroupName':'g','VpcId':'vpc-1','OwnerId':'1','Description':'d','IpPermissions':["
                        + permissions + "],'IpPermissionsEgress':[]}");
        if (thrown != null) {
            assertThat(thrown).isInstanceOf(UnparsableException.class);
        }
    }

    @Test
    void aPrefixOrPortThatIsNoneIsNeverSkipped() {
        for (String broken : new String[] {
            azure(1, "1.2.3.4/33", "*", "*", "22"),
            azure(1, "999.1.1.1", "*", "*", "22"),
            azure(1, "Internet", "*", "*", "22-21"),
            azure(1, "Internet", "*", "*", "99999999999999999999"),
            azure(1, "Internet", "*", "*", "2".repeat(50_000)),
            azure(1, "1.".repeat(50_000), "*", "*", "22")
        }) {
            assertThatThrownBy(() ->
                            Exposed.by(new AzureNsgExposure(), "{'properties':{'securityRules':[" + broken + "]}}"))
                    .isInstanceOf(UnparsableException.class)
                    .hasMessageContaining("r1");
        }
    }
}
