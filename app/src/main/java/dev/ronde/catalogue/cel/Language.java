package dev.ronde.catalogue.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelParser;
import dev.cel.parser.CelParserFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.cel.validator.CelValidator;
import dev.cel.validator.CelValidatorFactory;
import dev.cel.validator.validators.AstDepthLimitValidator;
import dev.cel.validator.validators.DurationLiteralValidator;
import dev.cel.validator.validators.RegexLiteralValidator;
import dev.cel.validator.validators.TimestampLiteralValidator;
import dev.ronde.platform.Lazy;
import dev.ronde.platform.problem.DidYouMean;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The language for one set of variables; compiles expressions that yield true or false.
 *
 * <p>The limits are those that were measured to hold: iterations, source length, depth and regular expression size stop at
 * compile or run time; steps, value sizes and time are watched by {@link Budget}.
 */
public final class Language {
    static final CelOptions OPTIONS = CelOptions.current()
            .comprehensionMaxIterations(10_000)
            .maxExpressionCodePointSize(4_096)
            .maxParseRecursionDepth(64)
            .maxRegexProgramSize(1_000)
            .populateMacroCalls(true)
            .build();
    private static final int MAX_DEPTH = 50;
    private static final Pattern UNKNOWN =
            Pattern.compile("(?s)(?:undeclared reference to|undefined field) '([^']{1,64})'.*");

    private static final Lazy<CelRuntime> RUNTIME = Lazy.of(() -> CelRuntimeFactory.legacyCelRuntimeBuilder()
            .setOptions(OPTIONS)
            .addLibraries(CelExtensions.optional(), CelExtensions.strings(), CelExtensions.sets(OPTIONS))
            .addFunctionBindings(Functions.bindings())
            .build());

    /** The parser knows the grammar but no variables, so one serves every language. */
    private static final Lazy<CelParser> PARSER = Lazy.of(() -> CelParserFactory.standardCelParserBuilder()
            .setOptions(OPTIONS)
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .addLibraries(CelExtensions.optional(), CelExtensions.strings(), CelExtensions.sets(OPTIONS))
            .build());

    private final boolean verified;
    private final Lazy<Checker> checker;
    private final Set<String> names = new TreeSet<>(Set.of("now"));
    private final Set<String> variables = new TreeSet<>(Set.of("now"));

    private Language(Map<String, FactType.ObjectType> variables, boolean verified) {
        this.verified = verified;
        Map<String, FactType.ObjectType> known = Map.copyOf(variables);
        this.checker = Lazy.of(() -> Checker.of(known));
        known.forEach((name, type) -> {
            names.add(name);
            this.variables.add(name);
            gather(type, names);
        });
    }

    /** Checks that a text fits the variables; costs more than all the texts of a check. */
    private record Checker(CelCompiler compiler, CelValidator validator) {
        static Checker of(Map<String, FactType.ObjectType> variables) {
            FactTypeProvider.Builder types = new FactTypeProvider.Builder();
            CelCompilerBuilder builder = CelCompilerFactory.standardCelCompilerBuilder()
                    .setOptions(OPTIONS)
                    .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                    .addLibraries(CelExtensions.optional(), CelExtensions.strings(), CelExtensions.sets(OPTIONS))
                    .addFunctionDeclarations(Functions.declarations())
                    .addVar("now", SimpleType.TIMESTAMP)
                    .setResultType(SimpleType.BOOL);
            variables.forEach((name, type) -> builder.addVar(name, types.declare(type)));
            CelCompiler compiler = builder.setTypeProvider(types.build()).build();
            CelValidator validator = CelValidatorFactory.standardCelValidatorBuilder(compiler, RUNTIME.get())
                    .addAstValidators(
                            AstDepthLimitValidator.newInstance(MAX_DEPTH),
                            RegexLiteralValidator.INSTANCE,
                            TimestampLiteralValidator.INSTANCE,
                            DurationLiteralValidator.INSTANCE,
                            new ComprehensionValidator(),
                            new RegexSize.Validator())
                    .build();
            return new Checker(compiler, validator);
        }
    }

    /**
     * Returns the language with a variable for each object type, and {@code now} as the time of the judgement.
     *
     * @param verified whether every text it will be given is known to compile; such a text is read and compiled when that is
     *     first needed
     */
    public static Language of(Map<String, FactType.ObjectType> variables, boolean verified) {
        return new Language(variables, verified);
    }

    /** Many threads may use the result. */
    public Expression compile(String text) throws SyntaxException {
        if (verified) {
            return new Expression(
                    text,
                    Lazy.of(() -> known(text, () -> result(PARSER.get().parse(text)))),
                    Lazy.of(() -> known(text, () -> program(checked(text)))));
        }
        CelAbstractSyntaxTree tree = checked(text);
        CelRuntime.Program program = program(tree);
        return new Expression(text, () -> tree, () -> program);
    }

    private interface Reading<T> {
        T read() throws SyntaxException;
    }

    private static <T> T known(String text, Reading<T> reading) {
        try {
            return reading.read();
        } catch (SyntaxException e) {
            throw new IllegalStateException("an expression that was said to compile does not: " + text, e);
        }
    }

    private CelAbstractSyntaxTree checked(String text) throws SyntaxException {
        Checker with = checker.get();
        CelValidationResult compiled = with.compiler().compile(text);
        if (compiled.hasError()) {
            throw syntax(compiled.getErrors());
        }
        CelAbstractSyntaxTree tree = result(compiled);
        result(with.validator().validate(tree));
        return tree;
    }

    private static CelRuntime.Program program(CelAbstractSyntaxTree tree) throws SyntaxException {
        try {
            return RUNTIME.get().createProgram(tree);
        } catch (CelEvaluationException e) {
            throw new SyntaxException(String.valueOf(e.getMessage()), e);
        }
    }

    private CelAbstractSyntaxTree result(CelValidationResult result) throws SyntaxException {
        if (result.hasError()) {
            throw syntax(result.getErrors());
        }
        try {
            return result.getAst();
        } catch (CelValidationException e) {
            throw new SyntaxException(String.valueOf(e.getMessage()), e);
        }
    }

    private static void gather(FactType type, Set<String> names) {
        if (type instanceof FactType.ObjectType object) {
            object.fields().forEach((name, field) -> {
                names.add(name);
                gather(field.type(), names);
            });
        } else if (type instanceof FactType.ListOf list) {
            gather(list.item(), names);
        }
    }

    private SyntaxException syntax(List<CelIssue> issues) {
        CelIssue first = issues.get(0);
        String message = plain(first.getMessage());
        int column = first.getSourceLocation().getColumn();
        return new SyntaxException(column > 0 ? message + " (at character " + (column + 1) + ")" : message, null);
    }

    /** A name that is not known is told with the one that was meant; whatever else is wrong the compiler says itself. */
    private String plain(String message) {
        Matcher unknown = UNKNOWN.matcher(message);
        if (!unknown.matches()) {
            return message.replaceFirst("(?s) \\(candidates:.*", "").replace("FactType_", "");
        }
        boolean isField = message.startsWith("undefined");
        Set<String> known = new TreeSet<>(names);
        known.removeIf(name -> isField && variables.contains(name));
        String name = unknown.group(1);
        return (isField ? "unknown field '" : "unknown name '") + name + "'" + DidYouMean.question(name, known);
    }
}
