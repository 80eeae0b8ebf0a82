package dev.gatun.tests.battery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.formats.FormatException;
import dev.gatun.formats.PlainJson;
import dev.gatun.formats.keras.KerasConfig;
import dev.gatun.layers.ActivationFunction;
import dev.gatun.layers.Dropout;
import dev.gatun.layers.Initializer;
import dev.gatun.layers.InitializerConfig;
import dev.gatun.layers.Layer;
import dev.gatun.layers.Option;
import dev.gatun.layers.OptionSet;
import dev.gatun.layers.graph.Graph;
import dev.gatun.layers.model.Model;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.gradients.EnginePass;
import dev.gatun.tests.kernels.Bits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A layer as Keras writes it, read back: every option by Keras's name, every weight where Keras's files hold it. */
abstract class KerasBattery extends StateDictBattery {

    /** Keras writes this option of every class only where it is set. */
    private static final String ACTIVITY = "activity_regularizer";

    private static final String KERAS2 = ActivationFunction.HARD_SIGMOID_KERAS2.keyword();
    private static final String KERAS3 = ActivationFunction.HARD_SIGMOID.keyword();

    private static boolean uses(Instance instance, String keyword) {
        return PlainJson.text(instance.layer().config()).contains('"' + keyword + '"');
    }

    /** The options of the layer that Keras does not have, with their plain values. */
    private static Map<String, Object> beyond(Instance instance) {
        Map<String, Object> beyond = new LinkedHashMap<>(instance.layer().config());
        beyond.keySet().retainAll(instance.layer().configuration().options().options().stream()
                .filter(option -> !option.isKerass()).map(Option::name).toList());
        return beyond;
    }

    private static Layer expected(Instance instance) {
        return KerasForm.named(instance.layer(), NAME);
    }

    @ParameterizedTest
    @MethodSource("instances")
    void aFileOfKerassGivesItBackBitForBit(Instance instance, @TempDir Path folder) throws IOException {
        if (!beyond(instance).isEmpty()) {
            return;
        }
        try (Model model = model(instance)) {
            Path file = KerasFile.write(folder.resolve("model.keras"), instance, expected(instance), model);
            if (uses(instance, KERAS2)) {
                String said = assertThrows(FormatException.class, () -> Model.load(file)).getMessage();
                assertTrue(said.contains(QUOTED) && said.contains(KERAS2) && said.contains("Keras does not have"),
                        said);
                return;
            }
            try (Model loaded = Model.load(file)) {
                assertEquals(expected(instance), layer(loaded));
                for (int i = 0; i < model.weights().size(); i++) {
                    assertEquals(model.weights().get(i).name(), loaded.weights().get(i).name());
                    Bits.same(loaded.weights().get(i).get().toArray(), model.weights().get(i).get().toArray(),
                            model.weights().get(i).name());
                }
                List<Tensor> inputs = inputs(instance, 3);
                List<float[]> cotangents = EnginePass.cotangents(model, inputs, 1);
                Bits.same(EnginePass.of(loaded, inputs, cotangents).all(),
                        EnginePass.of(model, inputs, cotangents).all(), "the loaded model");
            }
        }
    }

    static Layer layer(Model model) {
        return model.graph().layers().stream().filter(layer -> layer.name().equals(NAME)).map(Graph.NamedLayer::layer)
                .findFirst().orElseThrow();
    }

    /** Also frozen; and in Keras 2's plainer form, where hard_sigmoid is another function. */
    @ParameterizedTest
    @MethodSource("instances")
    void itsConfigurationOfKerassMakesAnEqualLayer(Instance instance) {
        if (!beyond(instance).isEmpty()) {
            refusesWhatKerasDoesNotHave(instance);
            return;
        }
        for (boolean trainable : new boolean[] {true, false}) {
            Layer layer = expected(instance).trainable(trainable);
            Map<String, Object> config = KerasForm.config(layer);
            if (!uses(instance, KERAS2)) {
                assertEquals(layer, read(instance, KerasForm.serialized(layer, config), 3));
            }
            String plainer = PlainJson.text(config).replace(KERAS2, KERAS3);
            Map<String, Object> old = PlainJson.object("config", plainer);
            old.put("dtype", "float32");
            Layer read = read(instance, new LinkedHashMap<>(Map.of("class_name", layer.kind(), "config", old)), 2);
            if (uses(instance, KERAS3)) {
                assertNotEquals(layer, read);
            } else {
                assertEquals(layer, read);
            }
        }
    }

    private static void refusesWhatKerasDoesNotHave(Instance instance) {
        Layer layer = expected(instance);
        beyond(instance).forEach((option, value) -> {
            Map<String, Object> config = KerasForm.config(layer);
            config.put(option, value);
            String said = assertThrows(IllegalArgumentException.class,
                    () -> read(instance, KerasForm.serialized(layer, config), 3)).getMessage();
            assertTrue(said.contains(QUOTED) && said.contains(option) && said.contains("Keras does not have"), said);
        });
    }

    private static Layer read(Instance instance, Map<String, Object> form, int major) {
        Map<String, Object> json = PlainJson.object("config.json", PlainJson.text(KerasForm.model(instance, form, 1)));
        return KerasConfig.nodes(json, major, layer -> layer).layers().get(NAME);
    }

    /** What Gatun knows of is what Keras has, in this version or another, unless it says that Keras does not have it. */
    @ParameterizedTest
    @MethodSource("instances")
    void itsOptionsAreKerass(Instance instance) {
        OptionSet options = instance.layer().configuration().options();
        Set<String> known = new HashSet<>(Set.of("name", "trainable", ACTIVITY));
        options.options().stream().filter(Option::isKerass).forEach(option -> {
            known.add(option.name());
            Optional.ofNullable(option.formerName()).ifPresent(known::add);
        });
        known.addAll(options.only().keySet());
        known.addAll(options.ignored().keySet());
        KerasClass keras = KerasForm.classOf(instance.layer());
        Set<String> has = new HashSet<>(keras.config().keySet());
        has.addAll(keras.elsewhere());
        has.add(ACTIVITY);
        assertEquals(has, known);
    }

    /** Another value of any option makes another layer, or is refused by name; only what changes no result is passed over. */
    @ParameterizedTest
    @MethodSource("instances")
    void noOptionOfKerassIsDroppedWithoutAWord(Instance instance) {
        if (uses(instance, KERAS2) || !beyond(instance).isEmpty()) {
            return;
        }
        Layer layer = expected(instance);
        Map<String, Object> config = KerasForm.config(layer);
        Set<String> ignored = layer.configuration().options().ignored().keySet();
        Set<String> options = new HashSet<>(config.keySet());
        options.addAll(KerasForm.classOf(layer).elsewhere());
        options.remove("name");
        for (String option : options) {
            Map<String, Object> changed = new LinkedHashMap<>(config);
            changed.put(option, other(option, config.get(option)));
            Map<String, Object> form = KerasForm.serialized(layer, changed);
            if (ignored.contains(option)) {
                assertEquals(layer, read(instance, form, 3), option);
                continue;
            }
            try {
                assertNotEquals(layer, read(instance, form, 3), option);
            } catch (IllegalArgumentException refused) {
                String said = refused.getMessage();
                assertTrue(said.contains(QUOTED) && said.contains(option), said);
            }
        }
        config.put("peepholes", true);
        String said = assertThrows(IllegalArgumentException.class,
                () -> read(instance, KerasForm.serialized(layer, config), 3)).getMessage();
        assertTrue(said.contains(QUOTED) && said.contains("peepholes"), said);
    }

    private static Object other(String option, Object value) {
        return switch (value) {
            case Boolean flag -> !flag;
            case Long number -> number + 1;
            case Double number -> number == 0.5 ? 0.25 : 0.5;
            case String activation -> activation.equals("elu") ? "relu" : "elu";
            case List<?> axes -> axes.equals(List.of(2L, 1L)) ? List.of(1L, 2L) : List.of(2L, 1L);
            case Map<?, ?> dtype when option.equals("dtype") ->
                Map.of("class_name", "QuantizedDTypePolicy", "config", Map.of("name", "int8_from_float32"));
            case Map<?, ?> inner when option.equals("layer") || option.equals("cell") -> {
                Layer another = Dropout.rate(0.125).named("another");
                yield KerasForm.serialized(another, KerasForm.config(another));
            }
            case Map<?, ?> initializer -> InitializerConfig.toMap(new Initializer.RandomNormal(0.5f, 2, true));
            case null -> Map.of("class_name", "Any", "config", Map.of());
            default -> throw new AssertionError(option + "=" + value);
        };
    }

    /** Keras leaves nothing out, but older files do, and people. */
    @ParameterizedTest
    @MethodSource("instances")
    void whatIsLeftOutHasKerassDefault(Instance instance) {
        if (!KerasClass.isKerass(instance.layer().kind()) || uses(instance, KERAS2)
                || !beyond(instance).isEmpty()) {
            return;
        }
        Layer layer = expected(instance);
        for (Option<?> option : layer.configuration().options().options()) {
            Map<String, Object> config = KerasForm.config(layer);
            config.put(option.name(), KerasForm.classOf(layer).config().get(option.name()));
            Map<String, Object> without = new LinkedHashMap<>(config);
            without.remove(option.name());
            if (option.isRequired()) {
                String said = assertThrows(IllegalArgumentException.class,
                        () -> read(instance, KerasForm.serialized(layer, without), 3)).getMessage();
                assertTrue(said.contains(QUOTED) && said.contains(option.name() + " is missing"), said);
            } else {
                assertEquals(read(instance, KerasForm.serialized(layer, config), 3),
                        read(instance, KerasForm.serialized(layer, without), 3), option.name());
            }
        }
    }
}
