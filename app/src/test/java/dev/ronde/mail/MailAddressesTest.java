package dev.ronde.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ronde.platform.config.SettingsException;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The address that carries a handle must fit into what mail servers take: 64 characters before the @, and one plus at most. */
final class MailAddressesTest {
    private static final String HANDLE = "a".repeat(40);

    private static MailAddresses from(String address, MailAddresses.Replies replies) {
        return new MailAddresses(
                address,
                "example.org",
                "https://ronde.test",
                UUID.fromString("0197f3a0-0000-7000-8000-000000000001"),
                replies);
    }

    @Test
    void theLongestAddressThatCanCarryAHandleIsTaken() {
        String carrying = from("r".repeat(23) + "@example.org", MailAddresses.Replies.PLUS)
                .carrying(HANDLE);
        assertThat(carrying.indexOf('@')).isEqualTo(64);
        assertThat(carrying).containsOnlyOnce("+");
    }

    @Test
    void aLongerOneStopsTheStart() {
        assertThatThrownBy(() -> from("r".repeat(24) + "@example.org", MailAddresses.Replies.PLUS))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("RONDE_MAIL_FROM")
                .hasMessageContaining("at most 23 characters");
    }

    @Test
    void aSecondPlusStopsTheStart() {
        assertThatThrownBy(() -> from("ronde+it@example.org", MailAddresses.Replies.PLUS))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("RONDE_MAIL_REPLY cannot be plus");
    }

    /** What carries no handle, or nothing else, may be as long as any address and hold a plus. */
    @Test
    void otherWaysHaveNoSuchLimit() {
        String own = "r".repeat(60) + "+it@example.org";
        assertThat(from(own, MailAddresses.Replies.NONE).carrying(HANDLE)).isEqualTo(own);
        assertThat(from(own, MailAddresses.Replies.CATCHALL).carrying(HANDLE)).isEqualTo(HANDLE + "@example.org");
    }
}
