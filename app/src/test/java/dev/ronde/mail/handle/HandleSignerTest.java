package dev.ronde.mail.handle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HandleSignerTest {
    private static final UUID INSTANCE = UUID.fromString("0197f3a0-0000-7000-8000-000000000001");

    @TempDir
    Path folder;

    @Test
    void aHandleIsFortyLowerCaseLettersAndAlwaysTheSame() {
        HandleSigner signer = signer();
        String handle = signer.sign(HandlePurpose.LINK, 1, 4711);
        assertThat(handle).matches("[a-z2-7]{40}").isEqualTo(signer.sign(HandlePurpose.LINK, 1, 4711));
        assertThat(signer.verify(HandlePurpose.LINK, handle)).contains(new HandleSigner.Named(1, 4711));
    }

    @Test
    void upperCaseFromAGatewayStillWorks() {
        HandleSigner signer = signer();
        String handle = signer.sign(HandlePurpose.LINK, 1, Long.MAX_VALUE);
        assertThat(signer.verify(HandlePurpose.LINK, handle.toUpperCase(Locale.ROOT)))
                .contains(new HandleSigner.Named(1, Long.MAX_VALUE));
    }

    @Test
    void everyChangedCharacterIsRefused() {
        HandleSigner signer = signer();
        String handle = signer.sign(HandlePurpose.LINK, 1, 4711);
        for (int at = 0; at < handle.length(); at++) {
            char other = handle.charAt(at) == 'a' ? 'b' : 'a';
            assertThat(signer.verify(HandlePurpose.LINK, handle.substring(0, at) + other + handle.substring(at + 1)))
                    .isEmpty();
        }
        assertThat(signer.verify(HandlePurpose.LINK, "")).isEmpty();
        assertThat(signer.verify(HandlePurpose.LINK, "!".repeat(40))).isEmpty();
    }

    @Test
    void anotherPurposeOrInstallationOrKeyIsNothing() {
        HandleSigner signer = signer();
        String handle = signer.sign(HandlePurpose.BOUNCE, 1, 4711);
        assertThat(signer.verify(HandlePurpose.LINK, handle)).isEmpty();
        HandleSigner elsewhere = new HandleSigner(MasterKeys.open(folder.resolve("mail.key")), UUID.randomUUID());
        assertThat(elsewhere.verify(HandlePurpose.BOUNCE, handle)).isEmpty();
        HandleSigner otherKey = new HandleSigner(MasterKeys.open(folder.resolve("other.key")), INSTANCE);
        assertThat(otherKey.verify(HandlePurpose.BOUNCE, handle)).isEmpty();
    }

    @Test
    void rotationKeepsOldHandlesAndOtherNodesLearnTheNewKey() {
        MasterKeys here = MasterKeys.open(folder.resolve("mail.key"));
        MasterKeys elsewhere = MasterKeys.open(folder.resolve("mail.key"));
        String old = new HandleSigner(here, INSTANCE).sign(HandlePurpose.LINK, 1, 1);
        assertThat(here.add()).isEqualTo(2);
        assertThat(here.newest()).isEqualTo(2);
        HandleSigner signer = new HandleSigner(elsewhere, INSTANCE);
        assertThat(signer.verify(HandlePurpose.LINK, old)).isPresent();
        String fresh = new HandleSigner(here, INSTANCE).sign(HandlePurpose.LINK, 2, 1);
        assertThat(signer.verify(HandlePurpose.LINK, fresh)).contains(new HandleSigner.Named(2, 1));
    }

    @Test
    void theKeyFileIsPrivateAndABrokenOneIsNamed() throws Exception {
        Path file = folder.resolve("keys/mail.key");
        MasterKeys.open(file);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        try (var files = Files.list(folder.resolve("keys"))) {
            assertThat(files).hasSize(1);
        }
        Files.writeString(file, "1 abc\n");
        assertThatThrownBy(() -> MasterKeys.open(file))
                .hasMessageContaining("mail.key line 1")
                .hasMessageContaining("64 hex digits");
    }

    private HandleSigner signer() {
        return new HandleSigner(MasterKeys.open(folder.resolve("mail.key")), INSTANCE);
    }
}
