package dev.gatun.tests.formats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.formats.keras.KerasConfig;
import dev.gatun.layers.BatchNormalization;
import dev.gatun.layers.Elu;
import dev.gatun.layers.GroupNormalization;
import dev.gatun.layers.Input;
import dev.gatun.layers.Layer;
import dev.gatun.layers.LayerNormalization;
import dev.gatun.layers.LeakyRelu;
import dev.gatun.layers.PRelu;
import dev.gatun.layers.Relu;
import dev.gatun.layers.RmsNormalization;
import dev.gatun.layers.SpatialDropout1D;
import dev.gatun.layers.TimeDistributed;
import dev.gatun.layers.UnitNormalization;
import dev.gatun.layers.graph.Graph;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.memory.Shape;
import dev.gatun.memory.ShapeException;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.NormalTensor;
import dev.gatun.tests.kernels.Bits;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Normalizations and functions as older versions of Keras wrote them, the names they get, and what an axis is within a step. */
final class KerasNormalizationFormsTest {

    private static Layer read(String kind, String options) {
        String json = "{\"class_name\": \"Sequential\", \"config\": {\"layers\": [{\"class_name\": \"InputLayer\","
                + "\"config\": {\"batch_input_shape\": [null, 4, 3], \"name\": \"in\"}}, {\"class_name\": \"" + kind
                + "\", \"config\": {\"name\": \"it\", " + options + "}}]}}";
        return KerasConfig.nodes(json, 2, layer -> layer).layers().get("it");
    }

    @Test
    void olderFormsAreRead() {
        assertEquals(BatchNormalization.of().axis(2).epsilon(1e-4).named("it"),
                read("BatchNormalization", "\"axis\": [2], \"epsilon\": 1e-4"));
        assertEquals(LayerNormalization.of().axis(2).named("it"), read("LayerNormalization", "\"axis\": [2]"));
        assertEquals(LayerNormalization.of().axis(1, 2).named("it"), read("LayerNormalization", "\"axis\": [1, 2]"));
        assertEquals(LeakyRelu.slope(0.1).named("it"), read("LeakyReLU", "\"alpha\": 0.1"));
        assertEquals(SpatialDropout1D.rate(0.2).named("it"),
                read("SpatialDropout1D", "\"rate\": 0.2, \"noise_shape\": null, \"trainable\": true"));
    }

    @Test
    void oneOptionUnderTwoNamesIsRefused() {
        String said = assertThrows(IllegalArgumentException.class,
                () -> read("LeakyReLU", "\"alpha\": 0.1, \"negative_slope\": 0.1")).getMessage();
        assertTrue(said.contains("'it'") && said.contains("alpha and negative_slope"), said);
    }

    @Test
    void axesThatAreNoneAreRefused() {
        for (String axis : List.of("0", "[]", "[1, 1]", "[0, 1]")) {
            String said = assertThrows(IllegalArgumentException.class,
                    () -> read("LayerNormalization", "\"axis\": " + axis)).getMessage();
            assertTrue(said.contains("'it'") && said.contains("axis"), said);
        }
        for (Layer layer : List.of(LayerNormalization.of().axis(3), LayerNormalization.of().axis(2, -1),
                LayerNormalization.of().axis(1, -1), UnitNormalization.of().axis(-3), BatchNormalization.of().axis(3),
                GroupNormalization.groups(1).axis(-3), PRelu.of().sharedAxes(3))) {
            String said = assertThrows(ShapeException.class,
                    () -> Sequential.of(Input.shape(4, 3), layer.named("it"))).getMessage();
            assertTrue(said.contains("'it'") && said.contains("ax"), said);
        }
        for (Layer layer : List.of(LayerNormalization.of().axis(1), BatchNormalization.of().axis(1), PRelu.of(),
                GroupNormalization.groups(2).axis(1))) {
            String said = assertThrows(ShapeException.class, () -> Sequential.of(Input.sequence(3), layer.named("it")))
                    .getMessage();
            assertTrue(said.contains("'it'") && said.contains("needs to know"), said);
        }
    }

    @Test
    void layersWithoutANameAreCalledAsInKeras() {
        try (Model model = Sequential.of(Input.shape(4, 3), BatchNormalization.of(), LayerNormalization.of(),
                RmsNormalization.of(), GroupNormalization.groups(1), UnitNormalization.of(), LeakyRelu.slope(0.1),
                PRelu.of(), Elu.alpha(1), Relu.of(), SpatialDropout1D.rate(0.1))) {
            assertEquals(List.of("batch_normalization", "layer_normalization", "rms_normalization",
                    "group_normalization", "unit_normalization", "leaky_re_lu", "p_re_lu", "elu", "re_lu",
                    "spatial_dropout1d"),
                    model.graph().layers().stream().skip(1).map(Graph.NamedLayer::name).toList());
        }
    }

    /** Axis 1 of a step is that of its features. */
    @Test
    void withinATimeDistributedAxesAreThoseOfAStep() {
        Tensor x = NormalTensor.of(1, 6, 4, 3);
        for (Layer layer : List.of(LayerNormalization.of().axis(1), BatchNormalization.of().axis(1), PRelu.of(),
                PRelu.of().sharedAxes(1), GroupNormalization.groups(3))) {
            try (Model around = Sequential.of(Input.shape(4, 3), TimeDistributed.of(layer));
                    Model alone = Sequential.of(Input.shape(3), layer)) {
                for (int i = 0; i < alone.weights().size(); i++) {
                    Shape shape = alone.weights().get(i).shape();
                    float[] numbers = NormalTensor.of(i + 3, shape.toArray()).toArray();
                    for (int k = 0; k < numbers.length; k++) {
                        numbers[k] = Math.abs(numbers[k]);
                    }
                    alone.weights().get(i).set(Tensor.of(numbers, shape.toArray()));
                    around.weights().get(i).set(Tensor.of(numbers, shape.toArray()));
                }
                Bits.same(around.predict(x).toArray(), alone.predict(Tensor.of(x.toArray(), 24, 3)).toArray(),
                        layer.toString());
            }
        }
        String said = assertThrows(ShapeException.class, () -> Sequential.of(Input.shape(4, 3),
                TimeDistributed.of(BatchNormalization.of().axis(2)))).getMessage();
        assertTrue(said.contains("axis 2"), said);
    }
}
