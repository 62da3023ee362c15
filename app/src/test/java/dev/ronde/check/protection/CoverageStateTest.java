package dev.ronde.check.protection;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The state of a protection from what its checks say. */
final class CoverageStateTest {
    /** What is accepted beside what nobody knows: an acceptance hides no silence. */
    @Test
    void aWaiverHidesNothingThatCannotBeVerified() {
        assertThat(Coverage.state(2, 0, 0, 1)).isEqualTo(Coverage.State.NOT_VERIFIABLE);
        assertThat(Coverage.state(3, 1, 0, 1)).isEqualTo(Coverage.State.PARTLY);
        assertThat(Coverage.state(3, 0, 1, 1)).isEqualTo(Coverage.State.OFF);
        assertThat(Coverage.state(2, 0, 0, 2)).isEqualTo(Coverage.State.ACCEPTED_RISK);
        assertThat(Coverage.state(2, 1, 0, 1)).isEqualTo(Coverage.State.ACCEPTED_RISK);
        assertThat(Coverage.state(1, 0, 0, 0)).isEqualTo(Coverage.State.NOT_VERIFIABLE);
        assertThat(Coverage.state(1, 1, 0, 0)).isEqualTo(Coverage.State.ENABLED);
        assertThat(Coverage.state(0, 0, 0, 0)).isEqualTo(Coverage.State.NOT_APPLICABLE);
    }
}
