package dev.ronde.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.ToolProvider;

/** {@code Verify.java} as it is packaged, compiled once and run in this process, so that many bundles can be put before it. */
public final class StandAloneVerifier {
    private static final Class<?> VERIFY = compiled();

    private StandAloneVerifier() {}

    private static Class<?> compiled() {
        try (InputStream in = StandAloneVerifier.class.getResourceAsStream("/evidence/Verify.java")) {
            Path folder = Leftovers.lastingFolder("verify");
            Path source = folder.resolve("Verify.java");
            Files.write(source, in.readAllBytes());
            int code = ToolProvider.getSystemJavaCompiler()
                    .run(null, null, null, "--release", "17", "-d", folder.toString(), source.toString());
            assertThat(code).isZero();
            // With no parent but the platform: it shares no class with the product.
            URL[] path = {folder.toUri().toURL()};
            return new URLClassLoader(path, ClassLoader.getPlatformClassLoader()).loadClass("Verify");
        } catch (IOException | ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Runs it over a bundle, a folder or a ZIP; returns {@code VERIFIED}, or its exit code and what it found. */
    public static String verdict(Path bundle, String vkey, String... checkpoints) {
        try {
            Constructor<?> make = VERIFY.getDeclaredConstructor(Path.class, String.class);
            make.setAccessible(true);
            Method all = VERIFY.getDeclaredMethod("all", List.class);
            all.setAccessible(true);
            all.invoke(make.newInstance(bundle, vkey), List.of(checkpoints));
            return "VERIFIED";
        } catch (InvocationTargetException e) {
            return code(e.getCause()) + " " + e.getCause().getMessage();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What it prints, run as an auditor does. */
    public static String output(Path bundle, String vkey) {
        try (InputStream in = StandAloneVerifier.class.getResourceAsStream("/evidence/Verify.java")) {
            Path source = Leftovers.folder("verify").resolve("Verify.java");
            Files.write(source, in.readAllBytes());
            Process run = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            source.toString(),
                            bundle.toString(),
                            vkey)
                    .start();
            return new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int code(Throwable failure) {
        try {
            java.lang.reflect.Field code = failure.getClass().getDeclaredField("code");
            code.setAccessible(true);
            return code.getInt(failure);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(failure);
        }
    }
}
