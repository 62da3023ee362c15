package dev.ronde.check.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ronde.platform.address.CidrBlock;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AllowListTest {
    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.1.2.3, 6379, true",
        "10.0.0.0/8, 11.0.0.1, 6379, false",
        "10.0.0.0/8:6379, 10.1.2.3, 6379, true",
        "10.0.0.0/8:6379, 10.1.2.3, 6380, false",
        "10.0.0.0/8:6000-7000, 10.1.2.3, 7000, true",
        "10.0.0.0/8:6000-7000, 10.1.2.3, 5999, false",
        "192.168.1.7, 192.168.1.7, 1, true",
        "192.168.1.7:22, 192.168.1.8, 22, false",
        "2001:db8::/32, 2001:db8:ffff::1, 443, true",
        "[2001:db8::/32]:443, 2001:db8::1, 443, true",
        "[2001:db8::/32]:443, 2001:db8::1, 80, false",
        "[2001:db8::1], 2001:db8::1, 80, true"
    })
    void coversBlocksAndPorts(String setting, String address, int port, boolean covered) {
        InetAddress target = TestNetwork.address(address);
        CidrBlock everything = CidrBlock.parse(target.getAddress().length == 4 ? "0.0.0.0/0" : "::/0");
        AllowList list = AllowList.parse(" " + setting + " , ");
        assertThat(list.covers(target, port, everything)).isEqualTo(covered);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.1/8", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/8:0", "10.0.0.0/8:65536", "10.0.0.0/8:7-6",
                "10.0.0.0/8:a", "10.0.0.0/8:", "localhost", "example.org/8", "[2001:db8::/32", "[2001:db8::/32]443",
                "0x0a.0.0.0/8", "10.0.0.0/8:1-2-3", "*", "2001:db8::/129"
            })
    void namesTheEntryThatIsWrong(String setting) {
        assertThatThrownBy(() -> AllowList.parse("10.0.0.0/8," + setting))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("\"" + setting + "\"")
                .hasMessageContaining("CIDR[:port[-port]]");
    }

    @Test
    void emptyAllowsNothing() {
        assertThat(AllowList.parse("  ").isEmpty()).isTrue();
    }

    @Test
    void blocksAgreeWithArithmetic() throws UnknownHostException {
        Random random = new Random(20191205);
        for (int i = 0; i < 20_000; i++) {
            int length = random.nextBoolean() ? 4 : 16;
            byte[] base = new byte[length];
            random.nextBytes(base);
            byte[] other = base.clone();
            other[random.nextInt(length)] ^= (byte) (1 << random.nextInt(8));
            int prefix = random.nextInt(length * 8 + 1);
            int host = length * 8 - prefix;
            BigInteger network = new BigInteger(1, base).shiftRight(host).shiftLeft(host);
            InetAddress target = InetAddress.getByAddress(other);
            if (target.getAddress().length != length) {
                continue;
            }
            CidrBlock block = new CidrBlock(InetAddress.getByAddress(fixed(network, length)), prefix);
            assertThat(block.contains(target))
                    .isEqualTo(new BigInteger(1, other).shiftRight(host).equals(network.shiftRight(host)));
        }
    }

    private static byte[] fixed(BigInteger number, int length) {
        byte[] bytes = new byte[length];
        byte[] raw = number.toByteArray();
        for (int i = 0; i < Math.min(raw.length, length); i++) {
            bytes[length - 1 - i] = raw[raw.length - 1 - i];
        }
        return bytes;
    }
}
