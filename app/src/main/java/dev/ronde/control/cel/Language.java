package dev.ronde.control.cel;

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
import java.util.List;
import java.util.Map;

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

    /** Knows functions, not variables: one serves every language. */
    private static final CelRuntime RUNTIME = CelRuntimeFactory.legacyCelRuntimeBuilder()
            .setOptions(OPTIONS)
            .addLibraries(CelExtensions.optional(), CelExtensions.strings(), CelExtensions.sets(OPTIONS))
            .addFunctionBindings(Functions.bindings())
            .build();

    private final CelCompiler compiler;
    private final CelValidator validator;

    private Language(CelCompiler compiler) {
        this.compiler = compiler;
        this.validator = CelValidatorFactory.standardCelValidatorBuilder(compiler, RUNTIME)
                .addAstValidators(
                        AstDepthLimitValidator.newInstance(MAX_DEPTH),
                        RegexLiteralValidator.INSTANCE,
                        TimestampLiteralValidator.INSTANCE,
                        DurationLiteralValidator.INSTANCE,
                        new ComprehensionValidator())
                .build();
    }

    /** Returns the language with a variable for each object type, and {@code now} as the time of the judgement. */
    public static Language of(Map<String, FactType.ObjectType> variables) {
        FactTypeProvider.Builder types = new FactTypeProvider.Builder();
        CelCompilerBuilder builder = CelCompilerFactory.standardCelCompilerBuilder()
                .setOptions(OPTIONS)
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .addLibraries(CelExtensions.optional(), CelExtensions.strings(), CelExtensions.sets(OPTIONS))
                .addFunctionDeclarations(Functions.declarations())
                .addVar("now", SimpleType.TIMESTAMP)
                .setResultType(SimpleType.BOOL);
        variables.forEach((name, type) -> builder.addVar(name, types.declare(type)));
        return new Language(builder.setTypeProvider(types.build()).build());
    }

    /** Compiles an expression; the result is immutable and used by many threads. */
    public Expression compile(String text) throws SyntaxException {
        CelAbstractSyntaxTree tree = result(compiler.compile(text));
        result(validator.validate(tree));
        try {
            return new Expression(text, tree, RUNTIME.createProgram(tree));
        } catch (CelEvaluationException e) {
            throw new SyntaxException(String.valueOf(e.getMessage()), e);
        }
    }

    private static CelAbstractSyntaxTree result(CelValidationResult result) throws SyntaxException {
        if (result.hasError()) {
            throw syntax(result.getErrors());
        }
        try {
            return result.getAst();
        } catch (CelValidationException e) {
            throw new SyntaxException(String.valueOf(e.getMessage()), e);
        }
    }

    private static SyntaxException syntax(List<CelIssue> issues) {
        CelIssue first = issues.get(0);
        String message = first.getMessage().replace("FactType_", "");
        int column = first.getSourceLocation().getColumn();
        return new SyntaxException(column > 0 ? message + " (at character " + (column + 1) + ")" : message, null);
    }
}
