package dev.ronde.inbound.message;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What enhanced status codes mean: only what forbids is the channel's matter, and what nobody knows blames nobody. */
class BounceClassTest {
    @ParameterizedTest
    @CsvSource({
        "failed, 5.1.1, '', HARD",
        "failed, 5.1.2, '', HARD",
        "failed, 5.1.10, '', HARD",
        "failed, 5.2.1, '', HARD",
        "failed, 5.4.4, 'Host or domain name not found', HARD",
        "failed, 5.4.310, 'DNS domain does not exist', HARD",
        "failed, 5.4.1, 'Recipient address rejected: Access denied', HARD",
        "failed, 5.4.1, 'no answer from host', SOFT",
        "failed, 5.4.300, 'message expired', SOFT",
        "failed, 5.4.6, 'loop', SOFT",
        "failed, 5.2.2, 'mailbox full', SOFT",
        "failed, 5.2.3, '', SOFT",
        "failed, 5.1.7, '', POLICY",
        "failed, 5.7.1, 'SPF', POLICY",
        "failed, 5.6.0, '', POLICY",
        "failed, 5.3.4, '', POLICY",
        "failed, 5.5.0, '', POLICY",
        "failed, 4.2.2, '', SOFT",
        "failed, '', 'user unknown', HARD",
        "failed, '', 'try again', SOFT",
        "failed, 5.0.0, 'utilisateur inconnu', HARD",
        "delayed, 4.4.1, '', DELAY",
        "relayed, 2.0.0, '', DELIVERED"
    })
    void says(String action, String status, String diagnostic, BounceClass meant) {
        assertThat(BounceClass.of(action, status, diagnostic)).isEqualTo(meant);
    }
}
