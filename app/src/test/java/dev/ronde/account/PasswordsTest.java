package dev.ronde.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ronde.platform.problem.Problem;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which passwords may be chosen. */
final class PasswordsTest {
    private static final String LEA = "lea.martin@example.org";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1qaz2wsx3edc",
                "JustinBieber",
                "leavemealone",
                "qwerty123456",
                "Password1234!",
                "2026-sunshine-2026",
                "iloveyou!!!!!"
            })
    void oneOfTheCommonestIsRefused(String password) {
        assertThat(Passwords.fault(password, LEA)).contains(Passwords.Fault.COMMON);
    }

    @Test
    void aShortOneAndTheAddressAreRefused() {
        assertThat(Passwords.fault("eleven char", LEA)).contains(Passwords.Fault.LENGTH);
        assertThat(Passwords.fault("x".repeat(257), LEA)).contains(Passwords.Fault.LENGTH);
        assertThat(Passwords.fault("LEA.martin@example.org", LEA)).contains(Passwords.Fault.IS_ADDRESS);
    }

    @Test
    void whoeverFindsTooManyAtWorkIsToldToComeAgain() {
        Passwords busy = new Passwords(new Semaphore(0));
        assertThatThrownBy(() -> busy.pretend("correct horse battery"))
                .isInstanceOfSatisfying(Problem.class, problem -> {
                    assertThat(problem.status()).isEqualTo(503);
                    assertThat(problem.code()).isEqualTo("many_passwords");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"correct horse battery", "Eine Fähre im Winter", "4711-0815-2357-1113"})
    void anyOtherMayBeChosen(String password) {
        assertThat(Passwords.fault(password, LEA)).isEmpty();
    }
}
