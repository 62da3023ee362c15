package dev.ronde.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.AnnotationBasedArgumentsProvider;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsSource;
import org.junit.jupiter.params.support.ParameterDeclarations;

/**
 * Runs the class on one database, and with {@code -Dronde.scale=full} on both, as {@link OnBothDatabases} does always; its constructor
 * takes a {@link DatabaseKind}. What runs through the whole app runs on H2; so the services of a room, whose statements the app runs too,
 * run on PostgreSQL.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedClass(name = "{0}")
@ArgumentsSource(OnOneDatabase.Kinds.class)
public @interface OnOneDatabase {
    DatabaseKind value() default DatabaseKind.H2;

    final class Kinds extends AnnotationBasedArgumentsProvider<OnOneDatabase> {
        @Override
        protected Stream<Arguments> provideArguments(
                ParameterDeclarations parameters, ExtensionContext context, OnOneDatabase one) {
            boolean full = "full".equals(System.getProperty("ronde.scale"));
            return Stream.of(DatabaseKind.values())
                    .filter(kind -> full || kind == one.value())
                    .map(Arguments::of);
        }
    }
}
