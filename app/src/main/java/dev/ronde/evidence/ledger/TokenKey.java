package dev.ronde.evidence.ledger;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.NativeLong;
import com.sun.jna.ptr.NativeLongByReference;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * An Ed25519 key pair on a PKCS#11 token (OASIS PKCS#11 3.0); the private key never leaves it. The calls are those of the token's own
 * library: what Java brings for tokens has no Ed25519 before Java 25.
 */
final class TokenKey {
    /** How a public key begins in X.509, RFC 8410. */
    private static final byte[] X509 = HexFormat.of().parseHex("302a300506032b6570032100");

    private static final int SIGNATURE = 64;
    private static final int PUBLIC_KEY = 32;
    private static final int TOKEN_INFO = 512;
    private static final int LABEL = 32;
    private static final int MOST_SLOTS = 256;

    private static final long SERIAL_SESSION = 4;
    private static final long USER = 1;
    private static final long CLASS = 0;
    private static final long PUBLIC = 2;
    private static final long PRIVATE = 3;
    private static final long NAME = 3;
    private static final long KEY_TYPE = 0x100;
    private static final long EDWARDS = 0x40;
    private static final long EC_POINT = 0x181;
    private static final long EDDSA = 0x1057;

    private static final int PIN_INCORRECT = 0xa0;
    private static final int PIN_LOCKED = 0xa4;
    private static final int ALREADY_LOGGED_IN = 0x100;
    private static final int ALREADY_INITIALIZED = 0x191;

    private final TokenUri uri;
    private final NativeLibrary module;
    private NativeLong session = new NativeLong(0);
    private NativeLong key = new NativeLong(0);
    /** A PIN that was refused is not tried again: the token counts. */
    private @Nullable IllegalArgumentException refused;

    private TokenKey(TokenUri uri, NativeLibrary module) {
        this.uri = uri;
        this.module = module;
    }

    /** Opens the token; {@link IllegalArgumentException} says what is missing. */
    static TokenKey open(String uri) {
        TokenUri read = TokenUri.parse(uri);
        try {
            TokenKey token =
                    new TokenKey(read, NativeLibrary.getInstance(read.module().toString()));
            token.begin();
            return token;
        } catch (UnsatisfiedLinkError e) {
            throw new IllegalArgumentException("cannot load the library of the token, " + read.module(), e);
        } catch (Unanswered e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /** The public key as X.509 has it. */
    byte[] publicX509() {
        synchronized (TokenKey.class) {
            NativeLong found = find(PUBLIC);
            Memory point = new Memory(256);
            Memory attribute = attributes(new long[] {EC_POINT}, point);
            call("C_GetAttributeValue", session, found, attribute, new NativeLong(1));
            int length = attribute
                    .getNativeLong(NativeLong.SIZE + (long) Native.POINTER_SIZE)
                    .intValue();
            // as a DER octet string, and by some tokens as it is
            if (length != PUBLIC_KEY && length != PUBLIC_KEY + 2) {
                throw new IllegalArgumentException("the key " + uri.object() + " is not Ed25519");
            }
            byte[] x509 = Arrays.copyOf(X509, X509.length + PUBLIC_KEY);
            point.read(length - (long) PUBLIC_KEY, x509, X509.length, PUBLIC_KEY);
            return x509;
        }
    }

    /** A token that was away, and is back, signs again. */
    byte[] sign(byte[] message) {
        synchronized (TokenKey.class) {
            try {
                return signed(message);
            } catch (Unanswered e) {
                begin();
                return signed(message);
            }
        }
    }

    private byte[] signed(byte[] message) {
        Memory mechanism = new Memory(2L * NativeLong.SIZE + Native.POINTER_SIZE);
        mechanism.clear();
        mechanism.setNativeLong(0, new NativeLong(EDDSA));
        call("C_SignInit", session, mechanism, key);
        byte[] signature = new byte[SIGNATURE];
        NativeLongByReference length = new NativeLongByReference(new NativeLong(SIGNATURE));
        call("C_Sign", session, message, new NativeLong(message.length), signature, length);
        return signature;
    }

    private void begin() {
        synchronized (TokenKey.class) {
            if (refused != null) {
                throw refused;
            }
            // calls are made one at a time, so that the library needs no locks
            callOr(ALREADY_INITIALIZED, "C_Initialize", (Object) null);
            NativeLongByReference opened = new NativeLongByReference();
            call("C_OpenSession", slot(), new NativeLong(SERIAL_SESSION), null, null, opened);
            session = opened.getValue();
            byte[] pin = uri.readPin();
            callOr(ALREADY_LOGGED_IN, "C_Login", session, new NativeLong(USER), pin, new NativeLong(pin.length));
            Arrays.fill(pin, (byte) 0);
            key = find(PRIVATE);
        }
    }

    private NativeLong slot() {
        NativeLongByReference count = new NativeLongByReference(new NativeLong(MOST_SLOTS));
        Memory slots = new Memory((long) MOST_SLOTS * NativeLong.SIZE);
        call("C_GetSlotList", (byte) 1, slots, count);
        for (int i = 0; i < count.getValue().intValue(); i++) {
            NativeLong slot = slots.getNativeLong((long) i * NativeLong.SIZE);
            Memory info = new Memory(TOKEN_INFO);
            call("C_GetTokenInfo", slot, info);
            if (new String(info.getByteArray(0, LABEL), StandardCharsets.UTF_8)
                    .strip()
                    .equals(uri.token())) {
                return slot;
            }
        }
        throw new IllegalArgumentException(uri.module() + " has no token " + uri.token());
    }

    private NativeLong find(long kind) {
        byte[] name = uri.object().getBytes(StandardCharsets.UTF_8);
        Memory label = new Memory(Math.max(1, name.length));
        label.write(0, name, 0, name.length);
        Memory template = attributes(new long[] {CLASS, KEY_TYPE, NAME}, of(kind), of(EDWARDS), label);
        call("C_FindObjectsInit", session, template, new NativeLong(3));
        Memory found = new Memory(2L * NativeLong.SIZE);
        NativeLongByReference count = new NativeLongByReference();
        call("C_FindObjects", session, found, new NativeLong(2), count);
        call("C_FindObjectsFinal", session);
        if (count.getValue().intValue() != 1) {
            throw new IllegalArgumentException("the token " + uri.token() + " has " + count.getValue() + " "
                    + (kind == PRIVATE ? "private" : "public") + " Ed25519 keys named " + uri.object() + ", not one");
        }
        return found.getNativeLong(0);
    }

    private static Memory of(long number) {
        Memory memory = new Memory(NativeLong.SIZE);
        memory.setNativeLong(0, new NativeLong(number));
        return memory;
    }

    /** An array of CK_ATTRIBUTE: type, where the value is, and its length. */
    private static Memory attributes(long[] types, Memory... values) {
        int size = 2 * NativeLong.SIZE + Native.POINTER_SIZE;
        Memory all = new Memory((long) size * types.length);
        for (int i = 0; i < types.length; i++) {
            long at = (long) i * size;
            all.setNativeLong(at, new NativeLong(types[i]));
            all.setPointer(at + NativeLong.SIZE, values[i]);
            all.setNativeLong(at + NativeLong.SIZE + Native.POINTER_SIZE, new NativeLong(values[i].size()));
        }
        return all;
    }

    private void call(String function, @Nullable Object... arguments) {
        callOr(0, function, arguments);
    }

    /** @param other an answer that is as good as none */
    private void callOr(int other, String function, @Nullable Object... arguments) {
        int answer = ((NativeLong) module.getFunction(function).invoke(NativeLong.class, arguments)).intValue();
        if (answer == PIN_INCORRECT || answer == PIN_LOCKED) {
            refused = new IllegalArgumentException("the PIN in " + uri.pin() + " is "
                    + (answer == PIN_LOCKED ? "locked" : "not that") + " of the token " + uri.token());
            throw refused;
        }
        if (answer != 0 && answer != other) {
            throw new Unanswered(
                    "the token " + uri.token() + " answered " + function + " with 0x" + Integer.toHexString(answer));
        }
    }

    /** The token did not do what it was asked. */
    private static final class Unanswered extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        Unanswered(String message) {
            super(message);
        }
    }
}
