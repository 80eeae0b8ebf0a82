package dev.gatun.tests.battery;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.formats.PlainJson;
import dev.gatun.formats.keras.KerasConfig;
import dev.gatun.layers.graph.OnnxExport;
import dev.gatun.layers.model.Model;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A layer that stands for operations of {@code keras.ops}: Keras has no layer of its class, so a file that names one is refused;
 * how operations are read is in {@code formats}. It has no ONNX form yet.
 */
abstract class OperationBattery extends ShapeBattery {

    /** Without annotations these are no tests here: there is no such file. */
    @Override
    void aFileOfKerassGivesItBackBitForBit(Instance instance, Path folder) {
        throw new UnsupportedOperationException("Keras has no such layer");
    }

    @Override
    void itsOptionsAreKerass(Instance instance) {
        throw new UnsupportedOperationException("Keras has no such layer");
    }

    @Override
    void noOptionOfKerassIsDroppedWithoutAWord(Instance instance) {
        throw new UnsupportedOperationException("Keras has no such layer");
    }

    @Override
    @ParameterizedTest
    @MethodSource("instances")
    void itsConfigurationOfKerassMakesAnEqualLayer(Instance instance) {
        Map<String, Object> form = KerasForm.serialized(instance.layer(),
                KerasForm.config(instance.layer().named(NAME)));
        Map<String, Object> json = PlainJson.object("config.json", PlainJson.text(KerasForm.model(instance, form, 1)));
        String said = assertThrows(IllegalArgumentException.class,
                () -> KerasConfig.nodes(json, 3, layer -> layer)).getMessage();
        assertTrue(said.contains(QUOTED) && said.contains("class of its own"), said);
    }
}
