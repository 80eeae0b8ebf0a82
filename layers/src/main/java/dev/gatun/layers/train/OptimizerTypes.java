package dev.gatun.layers.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The classes of optimizers there are: Gatun's, then those registered as services. */
final class OptimizerTypes {

    private static final List<OptimizerType> BUILT_IN = List.of(
            new BuiltIn("SGD", Sgd::read), new BuiltIn("Adam", Adam::read), new BuiltIn("AdamW", AdamW::read),
            new BuiltIn("RMSprop", RmsProp::read), new BuiltIn("Adagrad", Adagrad::read));

    private record BuiltIn(String className, Function<ConfigReader, Optimizer> reading) implements OptimizerType {
        @Override
        public Optimizer read(ConfigReader config) {
            return reading.apply(config);
        }
    }

    /** Looked for once, and only when a name is none of Gatun's. */
    private static final class Services {
        private static final List<OptimizerType> ALL = load();

        private static List<OptimizerType> load() {
            List<OptimizerType> all = new ArrayList<>();
            ServiceLoader.load(OptimizerType.class, OptimizerTypes.class.getClassLoader()).forEach(all::add);
            return List.copyOf(all);
        }
    }

    private OptimizerTypes() {}

    /**
     * @param name of the class, as it is or in small letters
     * @throws IllegalArgumentException naming the optimizers there are
     */
    static OptimizerType named(String name) {
        return find(BUILT_IN, name).or(() -> find(Services.ALL, name)).orElseThrow(
                () -> new IllegalArgumentException("Unknown optimizer '" + name + "'; there are "
                        + Stream.concat(BUILT_IN.stream(), Services.ALL.stream())
                                .map(OptimizerTypes::keyword).collect(Collectors.joining(", "))
                        + "; one of your own needs an OptimizerType that is registered as a service"));
    }

    private static Optional<OptimizerType> find(List<OptimizerType> types, String name) {
        return types.stream().filter(type -> isNamed(type, name)).findFirst();
    }

    private static boolean isNamed(OptimizerType type, String name) {
        return name.equals(type.className()) || name.equals(keyword(type));
    }

    private static String keyword(OptimizerType type) {
        return type.className().toLowerCase(Locale.ROOT);
    }

    /**
     * The door for an optimizer that is to train: what it leaves with the model can be read again.
     *
     * @throws IllegalArgumentException if nobody registered its class, or its type reads another optimizer
     */
    static void requireReadable(Optimizer optimizer) {
        Map<String, Object> config = optimizer.toConfig();
        Map<String, Object> again = Optimizer.fromConfig(config).toConfig();
        if (!again.equals(config)) {
            throw new IllegalArgumentException("The type of the optimizer " + optimizer.className() + " reads "
                    + config + " as " + again + "; a training could not be resumed. Let OptimizerType.read read what "
                    + "Optimizer.write writes");
        }
    }
}
