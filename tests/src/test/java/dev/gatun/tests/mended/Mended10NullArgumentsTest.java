package dev.gatun.tests.mended;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.engine.gemm.GateOrder;
import dev.gatun.engine.gemm.WeightLayout;
import dev.gatun.engine.cell.CellFunctions;
import dev.gatun.formats.Imported;
import dev.gatun.layers.Option;
import dev.gatun.layers.type.BuiltInTypes;
import java.util.stream.Stream;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Issue D, number 10: 298 of 1,130 public calls with null ended in a text of the JVM. Every public constructor and method is
 * called with null for each of its arguments in turn, and with null among the elements of each list, array and map: either
 * null is allowed by the documentation, or the refusal names an argument of the class and says what to give.
 */
@Timeout(120)
final class Mended10NullArgumentsTest {

    private static final String[] PACKAGES = {"dev.gatun.memory", "dev.gatun.data", "dev.gatun.data.time",
        "dev.gatun.layers", "dev.gatun.layers.graph",
        "dev.gatun.layers.model", "dev.gatun.layers.nested", "dev.gatun.layers.onnx",
        "dev.gatun.layers.cell", "dev.gatun.layers.plan", "dev.gatun.layers.value", "dev.gatun.layers.type",
        "dev.gatun.layers.serve",
        "dev.gatun.layers.train",
        "dev.gatun.formats", "dev.gatun.formats.gatun", "dev.gatun.formats.keras", "dev.gatun.formats.onnx",
        "dev.gatun.formats.tensors", "dev.gatun.formats.weights",
        "dev.gatun.formats.torch", "dev.gatun.formats.rtneural", "dev.gatun.formats.nam", "dev.gatun.formats.icu",
        "dev.gatun.engine.function", "dev.gatun.engine.random", "dev.gatun.engine.team"};

    /** Of the engine's packages of kernels what a user's layer is declared with. */
    private static final Class<?>[] CLASSES = {CellFunctions.class, GateOrder.class, WeightLayout.class};

    /** What {@code Arguments} says. */
    private static final Pattern REFUSAL = Pattern.compile(
            "[^:]+: (?:element (?:\\d+|'[^']*') of |a key of )?(\\w+) is null; give .+",
            Pattern.DOTALL);

    /** {@code Type.method argument} where null is allowed: the documentation says what it means. */
    private static final Set<String> NULLABLE = Set.of(
            // a layer without a name of its own is named by its model
            "Configuration.named newName", "ConfiguredLayer.named name", "LayerTypes.layer name", "OptionSet.read name",
            // an option that must be absent has no value
            "OptionSet.only value",
            // an input has nothing built; the JSON of null is null
            "Graph.NamedLayer built", "PlainJson.text value", "PlainJson.inOrder value",
            // what a missing option is read as
            "OptionReader.text otherwise",
            "OptionReader.only neutral",
            // a value that is no map, as any other
            "OptionReader.asMap value", "OptionReader.shown value",
            // a plan that only goes forward; nobody asks for it
            "CellMemory gradients", "CellMemory.Gradients x", "CellProduct.backward rowsDa",
            // every step counts; recurrent layers begin at zeros
            "Value.mask steps", "RunContext.state rows", "RunContext.kept rows",
            // what failed without a message
            // as the exceptions of Java
            "ShapeException message", "FormatException message", "FormatException problem",
            "FormatException.because cause",
            // called by a training, and does nothing
            "Callback.onBatchEnd training", "Callback.onEpochBegin training", "Callback.onEpochEnd training",
            "Callback.onEpochEnd report", "Callback.onTrainingEnd training");

    /** Names of parameters, and of the options that withers of layers set. */
    private static final Set<String> ARGUMENTS = Stream.concat(
            PublicApi.of(PACKAGES, CLASSES).stream()
                    .flatMap(call -> Arrays.stream(call.getParameters()))
                    .map(Parameter::getName),
            BuiltInTypes.ALL.all().stream().flatMap(type -> type.options().options().stream()).map(Option::name))
            .collect(Collectors.toSet());

    /**
     * What a kernel of a run assumes, checked once at the door before it: a check in there is paid for every row. And the parts
     * of a layer's declaration, whose values are of any type.
     */
    private static final Pattern KERNELS = Pattern
            .compile(
                    "(LayerType|RowByRowType|CompositeType|Parts|CellType|BuiltCell|CellOperation|OptionKind|OptionCheck|CallArguments|WeightlessLayer|Option)(\\..*)?|RowCopy\\..*|(Row|Strip)Activation\\..*|Philox\\.block|Operation\\..*"
                            + "|Execution\\.(loadStep|readStep)"
                            + "|BatchRows\\.(get|set)|(\\w*Loss|\\w+Crossentropy)\\.(row|sum)|(AdaptiveMoments|Sgd|RmsProp|Adagrad)\\.update");

    @Test
    void everyRefusalOfNullNamesTheArgument(@TempDir Path folder) throws Exception {
        List<String> wrong = new ArrayList<>();
        Set<String> allowed = new TreeSet<>();
        int tried = 0;
        try (Plausible plausible = new Plausible(folder)) {
            for (Executable call : PublicApi.of(PACKAGES, CLASSES)) {
                if (isForced(call) || KERNELS.matcher(name(call)).matches()) {
                    continue;
                }
                for (int at = 0; at < call.getParameterCount(); at++) {
                    String name = name(call) + " " + call.getParameters()[at].getName();
                    if (isUnknown(call, at, plausible)) {
                        wrong.add(name + " -> Plausible has no value or no receiver for it");
                        continue;
                    }
                    for (Object bad : bad(call, at, plausible)) {
                        tried++;
                        String said = refusal(call, at, bad, plausible);
                        if (NULLABLE.contains(name)) {
                            allowed.add(name);
                        } else if (!said.isEmpty()) {
                            wrong.add(name + (bad == null ? "" : " (within)") + " -> " + said);
                        }
                    }
                }
            }
            System.out.println(String.join("\n", wrong));
        }
        System.out.println("null arguments: " + tried + " calls tried, " + wrong.size() + " ended badly");
        assertEquals("", String.join("\n", wrong), wrong.size() + " of " + tried + " calls ended badly");
        assertEquals(NULLABLE, allowed, "what allows null must be there");
        assertTrue(tried > 450, "only some calls were found");
    }

    /** Written by the compiler, abstract, or {@code equals}, which answers null with false. */
    private static boolean isForced(Executable call) {
        return call instanceof Method method && (Modifier.isAbstract(method.getModifiers())
                || method.getDeclaringClass().isEnum() && method.getName().equals("valueOf")
                || method.getName().equals("equals") && method.getParameterCount() == 1);
    }

    private static boolean isUnknown(Executable call, int at, Plausible plausible) {
        Parameter parameter = call.getParameters()[at];
        Class<?> type = call.getDeclaringClass();
        boolean hasReceiver = call instanceof Constructor || Modifier.isStatic(call.getModifiers());
        return !parameter.getType().isPrimitive()
                && (plausible.of(parameter.getParameterizedType(), parameter.getType()) == null
                        || !hasReceiver && plausible.of(type, type) == null);
    }

    private static String name(Executable call) {
        Class<?> type = call.getDeclaringClass();
        String simple = type.getName().substring(type.getPackageName().length() + 1).replace('$', '.');
        return call instanceof Constructor ? simple : simple + "." + call.getName();
    }

    /** Null, and for what holds elements the plausible value with null among them. */
    private static List<Object> bad(Executable call, int at, Plausible plausible) {
        Parameter parameter = call.getParameters()[at];
        if (parameter.getType().isPrimitive()) {
            return List.of();
        }
        List<Object> values = new ArrayList<>(Collections.singletonList(null));
        switch (plausible.of(parameter.getParameterizedType(), parameter.getType())) {
            case List<?> list -> {
                List<Object> with = new ArrayList<>(list);
                with.add(null);
                values.add(with);
            }
            // Of plain configuration values null is the same as no value: OptionReader says so.
            case Map<?, ?> map when parameter.getParameterizedType().getTypeName().endsWith("Object>") -> {
            }
            case Map<?, ?> map -> {
                Map<Object, Object> value = new HashMap<>(map);
                value.put(value.isEmpty() ? "key" : value.keySet().iterator().next(), null);
                values.add(value);
                Map<Object, Object> key = new HashMap<>(map);
                key.put(null, map.isEmpty() ? "value" : map.values().iterator().next());
                values.add(key);
            }
            case Object[] array -> {
                Object[] with = Arrays.copyOf(array, array.length + 1);
                values.add(with);
            }
            default -> {
            }
        }
        return values;
    }

    /** @return empty if it refused well, else what it said */
    private static String refusal(Executable call, int at, Object bad, Plausible plausible) throws Exception {
        Object[] arguments = new Object[call.getParameterCount()];
        for (int i = 0; i < arguments.length; i++) {
            Parameter parameter = call.getParameters()[i];
            arguments[i] = i == at ? bad : plausible.of(parameter.getParameterizedType(), parameter.getType());
        }
        try {
            switch (call) {
                case Constructor<?> constructor -> close(constructor.newInstance(arguments));
                case Method method -> {
                    Class<?> type = method.getDeclaringClass();
                    Object receiver = Modifier.isStatic(method.getModifiers()) ? null : plausible.of(type, type);
                    Object result = method.invoke(receiver, arguments);
                    if (result != receiver) {
                        close(result);
                    }
                }
            }
            return "accepted";
        } catch (InvocationTargetException thrown) {
            return judged(thrown.getCause());
        }
    }

    private static void close(Object result) throws Exception {
        // An import closes its model, which other calls still need.
        if (result instanceof AutoCloseable closeable && !(result instanceof Imported)) {
            closeable.close();
        }
    }

    private static String judged(Throwable thrown) {
        Matcher refusal = REFUSAL.matcher(String.valueOf(thrown.getMessage()));
        if (!(thrown instanceof NullPointerException) || !refusal.matches()) {
            return thrown.getClass().getSimpleName() + ": " + thrown.getMessage();
        }
        String named = refusal.group(1);
        return ARGUMENTS.contains(named) ? "" : "there is no argument " + named + ": " + thrown.getMessage();
    }
}
