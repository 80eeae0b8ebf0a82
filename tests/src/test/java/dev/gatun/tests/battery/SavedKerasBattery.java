package dev.gatun.tests.battery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.formats.FormatException;
import dev.gatun.formats.PlainJson;
import dev.gatun.formats.keras.KerasWeightsFile;
import dev.gatun.layers.Option;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.ModelConfig;
import dev.gatun.layers.type.BuiltInTypes;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.kernels.Bits;
import dev.gatun.tests.parity.KerasDump;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A layer saved as {@code .keras}: read back it is the same, or what Keras does not have is refused before a byte is written. */
abstract class SavedKerasBattery extends OnnxFileBattery {

    /** Functions whose arguments Keras has as layers; of others it has the functions without arguments only. */
    private static final Set<String> WITH_ARGUMENTS = Set.of("relu", "leaky_relu", "elu");

    private static boolean isRefused(Instance instance) {
        Set<String> ofCalls = Set.copyOf(BuiltInTypes.ALL.of(instance.layer()).kerasCall().options());
        Map<String, Object> config = instance.layer().config();
        boolean beyond = instance.layer().configuration().options().options().stream()
                .filter(option -> !option.isKerass()).map(Option::name)
                .anyMatch(name -> config.containsKey(name) && !ofCalls.contains(name) && !name.equals("drops_masks"));
        boolean jumps = config.get("strides") instanceof List<?> strides && !strides.equals(List.of(1L))
                && config.get("dilation_rate") instanceof List<?> dilation && !dilation.equals(List.of(1L));
        return beyond || jumps || !KerasClass.isKerass(instance.layer().kind()) && !isOperation(instance)
                || hasOther(config)
                || instance.layer().kind().equals("Elementwise") && hasNoOperation(config.get("activation"))
                || instance.layer().kind().equals("Bidirectional")
                        && Boolean.FALSE.equals(config.get("zero_output_for_mask"))
                        && PlainJson.text(config).contains("\"return_sequences\":true");
    }

    private static boolean isOperation(Instance instance) {
        return Set.of("Elementwise", "Reduction", "Slicing").contains(instance.layer().kind());
    }

    private static boolean hasNoOperation(Object activation) {
        String word = String.valueOf(activation instanceof Map<?, ?> map ? map.get("class_name") : activation);
        return Set.of("linear", "mish", "glu", "threshold", "hard_sigmoid_keras2").contains(word)
                || word.equals("relu") && activation instanceof Map<?, ?>;
    }

    /** A class of nobody's, a function of Keras 2, or one with arguments that Keras has without. */
    private static boolean hasOther(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().anyMatch(SavedKerasBattery::hasOther);
        }
        if (!(value instanceof Map<?, ?> map)) {
            return "hard_sigmoid_keras2".equals(value);
        }
        boolean isElementwise = map.get("function") != null;
        return map.entrySet().stream().anyMatch(entry -> {
            String key = String.valueOf(entry.getKey());
            if (entry.getValue() instanceof Map<?, ?> inner && key.endsWith("activation")) {
                return !isElementwise && !WITH_ARGUMENTS.contains(inner.get("class_name"));
            }
            return Set.of("cell", "cells", "layer", "backward_layer").contains(key) && isOther(entry.getValue())
                    || hasOther(entry.getValue());
        });
    }

    private static boolean isOther(Object layers) {
        return layers instanceof List<?> list
                ? list.stream().anyMatch(SavedKerasBattery::isOther)
                : layers instanceof Map<?, ?> layer
                        && !KerasClass.isKerass(String.valueOf(layer.get("class_name")));
    }

    /** Layers within layers have names in Keras's files, whether they were given some or not. */
    private static Instance named(Instance instance) {
        return new Instance(KerasForm.named(instance.layer(), NAME), instance.inputs(), instance.outputs(),
                instance.parameters(), instance.steps(), instance.ids(), instance.reference());
    }

    /** Its weights alone, which another model of it takes; what has no place in Keras's files is refused. */
    @ParameterizedTest
    @MethodSource("instances")
    void itsWeightsAloneAreTheSameBitForBit(Instance instance, @TempDir Path folder) throws IOException {
        Path file = folder.resolve("model.weights.h5");
        try (Model model = model(instance); Model other = model(instance)) {
            if (isRefused(instance)) {
                String said = assertThrows(FormatException.class, () -> KerasWeightsFile.save(model, file))
                        .getMessage();
                assertTrue(said.contains(QUOTED), said);
                assertFalse(Files.exists(file));
                return;
            }
            KerasWeightsFile.save(model, file);
            other.weights().forEach(weight -> weight.set(Tensor.zeros(weight.shape().toArray())));
            assertEquals(List.of(), KerasWeightsFile.load(other, file).notes());
            model.weights().forEach(weight -> Bits.same(other.weight(weight.name()).get().toArray(),
                    weight.get().toArray(), weight.name()));
        }
    }

    @ParameterizedTest
    @MethodSource("instances")
    void savedAsKerasItIsTheSameBitForBit(Instance instance, @TempDir Path folder) throws IOException {
        Path file = folder.resolve("model.keras");
        try (Model model = model(named(instance))) {
            if (isRefused(instance)) {
                String said = assertThrows(FormatException.class, () -> model.save(file)).getMessage();
                assertTrue(said.contains(QUOTED), said);
                assertFalse(Files.exists(file));
                return;
            }
            model.save(file);
            List<Tensor> inputs = inputs(instance, 3);
            List<Tensor> outputs = model.predict(inputs);
            try (Model loaded = Model.load(file)) {
                assertEquals(ModelConfig.toMap(model.graph()), ModelConfig.toMap(loaded.graph()));
                model.weights().forEach(weight -> Bits.same(loaded.weight(weight.name()).get().toArray(),
                        weight.get().toArray(), weight.name()));
                List<Tensor> again = loaded.predict(inputs);
                for (int output = 0; output < outputs.size(); output++) {
                    Bits.same(KerasDump.numbers(again.get(output)), KerasDump.numbers(outputs.get(output)), "output");
                }
            }
            KerasDump.keep(instance.toString(), file, inputs, outputs);
        }
    }
}
