package dev.gatun.tests.formats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.formats.keras.KerasConfig;
import dev.gatun.layers.ActivationFunction;
import dev.gatun.layers.Dense;
import dev.gatun.layers.Initializer;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.model.ModelNodes;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Option by option: what of a Keras configuration is taken, what is passed over, what is refused and how. */
class KerasOptionsTest {

    /** A chain whose LSTM and Dense take one more option each. */
    private static String chain(String lstmOption, String denseOption) {
        return """
                {"class_name": "Sequential", "config": {"name": "s", "layers": [
                 {"class_name": "InputLayer", "config": {"batch_shape": [null, 4, 3], "name": "in"}},
                 {"class_name": "LSTM", "config": {"name": "rnn", "units": 2 %s}},
                 {"class_name": "Dense", "config": {"name": "out", "units": 1 %s}}]}}
                """.formatted(comma(lstmOption), comma(denseOption));
    }

    private static String comma(String option) {
        return option.isEmpty() ? "" : ", " + option;
    }

    private static ModelNodes nodes(String json, int major) {
        ModelNodes nodes = KerasConfig.nodes(json, major, layer -> layer);
        assertEquals(List.of("in"), nodes.graph().inputs().stream().map(i -> nodes.graph().inputName(0)).toList());
        return nodes;
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"dropout\": 1.5", "\"recurrent_dropout\": -0.1",
        "\"time_major\": true", "\"trainable\": \"no\"",
        "\"dtype\": \"complex64\"",
        "\"dtype\": {\"class_name\": \"QuantizedDTypePolicy\", \"config\": {\"name\": \"int8_from_float32\"}}",
        "\"kernel_regularizer\": {\"class_name\": \"L3\", \"config\": {\"l3\": 0.01}}",
        "\"bias_regularizer\": {\"class_name\": \"L2\", \"config\": {\"l2\": -0.01}}",
        "\"recurrent_constraint\": {\"class_name\": \"MaxNorm\", \"config\": {\"max_value\": -1}}",
        "\"activity_regularizer\": {\"class_name\": \"L2\", \"config\": {\"l1\": 1}}",
        "\"quantization_config\": {\"mode\": \"int8\"}", "\"activation\": \"mush\"",
        "\"activation\": {\"class_name\": \"MyActivation\", \"config\": {}}",
        "\"recurrent_activation\": \"glu\"", "\"kernel_initializer\": {\"class_name\": \"Mine\", \"config\": {}}",
        "\"bias_initializer\": {\"class_name\": \"Zeros\", \"config\": {\"odd\": 1}}",
        "\"bias_initializer\": {\"class_name\": \"Zeros\", \"module\": \"my.numbers\", \"config\": {}}",
        "\"bias_initializer\": {\"class_name\": \"Zeros\", \"registered_name\": \"My>Zeros\", \"config\": {}}",
        "\"bias_initializer\": {\"class_name\": \"ForgetBias\", \"config\": {\"others\": {\"class_name\": \"Zeros\","
                + " \"config\": {}}}}",
        "\"kernel_initializer\": {\"class_name\": \"RandomUniform\", \"config\": {\"minval\": 1, \"maxval\": 0}}",
        "\"peepholes\": true"})
    void whatALayerCannotDoIsRefusedByItsName(String option) {
        String key = option.substring(1, option.indexOf('"', 1));
        String told = assertThrows(IllegalArgumentException.class, () -> nodes(chain(option, ""), 3)).getMessage();
        assertTrue(told.contains(key) || told.contains("glu"), told);
        assertTrue(told.contains("rnn"), told);
        assertEquals(1, told.lines().count(), told);
    }

    /** One that nobody knows is refused under the option's name. */
    @ParameterizedTest
    @ValueSource(strings = {"kernel_regularizer", "recurrent_regularizer", "bias_regularizer", "activity_regularizer",
        "kernel_constraint", "recurrent_constraint", "bias_constraint"})
    void unknownRegularizersAndConstraintsAreRefused(String option) {
        String some = "\"" + option + "\": {\"class_name\": \"Any\", \"config\": {}}";
        String told = assertThrows(IllegalArgumentException.class, () -> nodes(chain(some, ""), 3)).getMessage();
        assertTrue(told.contains("'rnn' (LSTM)") && told.contains(option), told);
        assertEquals(Lstm.units(2).named("rnn"),
                nodes(chain("\"" + option + "\": null", ""), 3).layers().get("rnn"));
        String dense = assertThrows(IllegalArgumentException.class, () -> nodes(chain("", some), 3)).getMessage();
        assertTrue(dense.contains("'out' (Dense)") && dense.contains(option), dense);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"class_name": "Conv1D", "config": {"name": "m", "filters": 1}} | 'm' (Conv1D)
            {"class_name": "LSTM", "module": "my.layers", "registered_name": "My>LSTM", "config": {"name": "m", "units": 1}} | my.layers
            {"class_name": "Dropout", "config": {"name": "m", "rate": 0.5, "noise_shape": [1]}} | noise_shape
            {"class_name": "Dropout", "config": {"name": "m", "rate": 1.5}} | 1.5
            {"class_name": "LSTM", "config": {"name": "m", "units": 0}} | units
            {"class_name": "LSTM", "config": {"name": "m"}} | units is missing
            {"class_name": "TimeDistributed", "config": {"name": "m", "layer": {"class_name": "LSTM", "config": {"name": "q", "units": 1}}}} | LSTM
            {"class_name": "Dense", "config": {"units": 1}} | no name
            """)
    void aLayerThatCannotBeIsRefused(String layer, String said) {
        String json = "{\"class_name\": \"Sequential\", \"config\": {\"layers\": [{\"class_name\": \"InputLayer\","
                + "\"config\": {\"batch_shape\": [null, 4, 3], \"name\": \"in\"}}, " + layer + "]}}";
        String told = assertThrows(IllegalArgumentException.class, () -> nodes(json, 3)).getMessage();
        assertTrue(told.contains(said), told);
    }

    @Test
    void whatChangesNoResultIsPassedOver() {
        String lstm = "\"unroll\": true, \"use_cudnn\": \"auto\", \"seed\": 7, \"implementation\": 1, \"stateful\": false,"
                + "\"dropout\": 0.0, \"trainable\": true, \"dtype\": {\"class_name\": \"DTypePolicy\", \"config\":"
                + "{\"name\": \"float32\"}}, \"kernel_regularizer\": null, \"time_major\": false";
        assertEquals(Lstm.units(2).named("rnn"), nodes(chain(lstm, "\"lora_rank\": null"), 3).layers().get("rnn"));
    }

    /** What computes in another precision there computes in float32 here; the report of a file says so. */
    @ParameterizedTest
    @ValueSource(strings = {"float16", "bfloat16", "float64", "mixed_float16", "mixed_bfloat16"})
    void otherPrecisionsBecomeFloat32(String policy) {
        for (String dtype : List.of("\"" + policy + "\"", "{\"class_name\": \"DTypePolicy\", \"config\": {\"name\": \""
                + policy + "\"}}")) {
            assertEquals(Lstm.units(2).named("rnn"),
                    nodes(chain("\"dtype\": " + dtype, "\"dtype\": " + dtype), 3).layers().get("rnn"));
        }
    }

    @Test
    void hardSigmoidFollowsTheVersion() {
        String json = chain("\"recurrent_activation\": \"hard_sigmoid\"", "\"activation\": \"hard_sigmoid\"");
        assertEquals(ActivationFunction.HARD_SIGMOID,
                ((Lstm) nodes(json, 3).layers().get("rnn")).recurrentActivation());
        assertEquals(ActivationFunction.HARD_SIGMOID_KERAS2,
                ((Lstm) nodes(json, 2).layers().get("rnn")).recurrentActivation());
        assertEquals(ActivationFunction.HARD_SIGMOID_KERAS2, ((Dense) nodes(json, 1).layers().get("out")).activation());
        assertThrows(IllegalArgumentException.class,
                () -> nodes(json.replace("hard_sigmoid", "hard_sigmoid_keras2"), 3));
    }

    @Test
    void initializersHaveSeveralForms() {
        String lstm = "\"kernel_initializer\": \"he_uniform\", \"recurrent_initializer\": {\"module\":"
                + " \"keras.initializers\", \"class_name\": \"OrthogonalInitializer\", \"config\": {\"gain\": 1.1, \"seed\":"
                + " {\"class_name\": \"SeedGenerator\"}}}, \"bias_initializer\": {\"class_name\": \"VarianceScaling\","
                + " \"config\": {\"scale\": 1.0, \"mode\": \"fan_avg\", \"distribution\": \"uniform\"}}";
        Lstm rnn = (Lstm) nodes(chain(lstm, ""), 3).layers().get("rnn");
        assertEquals(Initializer.HE_UNIFORM, rnn.kernelInitializer());
        assertEquals(new Initializer.Orthogonal(1.1), rnn.recurrentInitializer());
        assertEquals(Initializer.GLOROT_UNIFORM, rnn.biasInitializer());
    }

    @Test
    void aFirstLayerMayTellTheInputsShape() {
        String json = """
                {"class_name": "Sequential", "config": [
                 {"class_name": "LSTM", "config": {"name": "rnn", "units": 2, "batch_input_shape": [null, 4, 3]}},
                 {"class_name": "Dense", "config": {"name": "out", "units": 1}}]}""";
        ModelNodes nodes = KerasConfig.nodes(json, 2, layer -> layer);
        assertEquals("rnn_input", nodes.graph().inputName(0));
        assertEquals("(None, 4, 3)", nodes.graph().inputShape(0).toString());
        assertThrows(IllegalArgumentException.class,
                () -> KerasConfig.model(json.replace("batch_input_shape", "batch_shape_of_nothing"), 2));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"mask": null, "training": false}                               |
            {"mask": {"class_name": "__keras_tensor__", "config": {"keras_history": ["in", 0, 0]}}} | mask
            {"training": true}                                              | training=true
            {"constants": [1]}                                              | constants
            {"initial_state": ["seven"]}                                    | initial_state
            """)
    void callsTakeDataAndInitialStateOnly(String keywords, String said) {
        String json = """
                {"class_name": "Functional", "config": {"name": "f", "layers": [
                 {"class_name": "InputLayer", "config": {"batch_shape": [null, 4, 3], "name": "in"}, "name": "in",
                  "inbound_nodes": []},
                 {"class_name": "LSTM", "config": {"name": "rnn", "units": 2}, "name": "rnn", "inbound_nodes": [
                  {"args": [{"class_name": "__keras_tensor__", "config": {"keras_history": ["in", 0, 0]}}],
                   "kwargs": %s}]}],
                 "input_layers": [["in", 0, 0]], "output_layers": [[["rnn", 0, 0]]]}}"""
                .formatted(keywords);
        if (said == null) {
            assertEquals(1, nodes(json, 3).outputs().size());
        } else {
            String told = assertThrows(IllegalArgumentException.class, () -> nodes(json, 3)).getMessage();
            assertTrue(told.contains(said) && told.contains("rnn"), told);
        }
    }
}
