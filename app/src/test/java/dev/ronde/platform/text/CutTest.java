package dev.ronde.platform.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class CutTest {
    private static final String FACES = "a😀😀";

    @Test
    void neverEndsWithinACharacter() {
        assertThat(Cut.to(FACES, 5)).isEqualTo(FACES);
        assertThat(Cut.to(FACES, 4)).isEqualTo("a😀");
        assertThat(Cut.to(FACES, 3)).isEqualTo("a😀");
        assertThat(Cut.to(FACES, 2)).isEqualTo("a");
        assertThat(Cut.to(FACES, 0)).isEmpty();
    }

    @Test
    void marksWhatIsCutWithinTheSameLength() {
        assertThat(Cut.marked(FACES, 5)).isEqualTo(FACES);
        assertThat(Cut.marked(FACES, 4)).isEqualTo("a😀…");
        assertThat(Cut.marked(FACES, 3)).isEqualTo("a…");
    }
}
