package dev.gatun.tests.parity;

import java.util.LinkedHashMap;
import java.util.Map;

/** ONNX files of {@code shared} that are no models of layers, and a part of what is said of each. */
final class OnnxRefusals {

    private static final Map<String, String> BY_NAME = new LinkedHashMap<>();

    static {
        String given = "which is known only when the model runs; a layer needs it to be part of the file";
        BY_NAME.put("control_if_false", "If 'Y' reads the input 'flag' []");
        BY_NAME.put("control_if_true", "If 'Y' reads the input 'flag' []");
        BY_NAME.put("lstm_acts_leaky_scaled", "LSTM 'Y' has the activation ScaledTanh with alpha 1.2");
        BY_NAME.put("rnn_clip_affine", "RNN 'Y' clips sums before the activation linear scales and shifts them");
        BY_NAME.put("refuse_cycle", "the graph has a cycle");
        BY_NAME.put("refuse_external_data_path", "'../../etc/passwd', expected one inside the model's folder");
        BY_NAME.put("refuse_missing_input", "LSTM 'Y' reads the value 'nowhere'");
        BY_NAME.put("refuse_torch_dynamo_proj", "LSTM 'node_lstm__2' begins at 'val_17' of shape [1, 2, 4]");
        BY_NAME.put("refuse_truncated", "is not a whole ONNX file");
        BY_NAME.put("refuse_unknown_domain", "com.example.LSTM 'Y' is an operator that is no layer");
        BY_NAME.put("refuse_unknown_op", "LSTMX 'Y' is an operator that is no layer");
        BY_NAME.put("onnx2c__test_lstm_activations_model.onnx", "LSTM 'Y_h' reads 'W', " + given);
        BY_NAME.put("onnx2c__test_lstm_bidirectional_model.onnx", "LSTM 'Y_h' reads 'W', " + given);
        BY_NAME.put("onnx2c__test_lstm_missing_inputs_model.onnx", "LSTM 'sclbl-onnx-node1' reads 'w', " + given);
        BY_NAME.put("onnx2c__test_lstm_seq_length_model.onnx", "LSTM 'Y_h' reads 'W', " + given);
        BY_NAME.put("tract__qlstm_3-2-3_T3_S1_model.onnx",
                "QuantizeLinear 'lstm1.preaffineq7.output' is an operator that is no");
        BY_NAME.put("test_lstm_defaults", "LSTM 'Y_h' reads 'W', " + given);
        BY_NAME.put("test_lstm_with_initial_bias", "LSTM 'Y_h' reads 'W', " + given);
    }

    private OnnxRefusals() {}

    /** Null of a file that is mapped. */
    static String of(String name) {
        return BY_NAME.get(name);
    }
}
