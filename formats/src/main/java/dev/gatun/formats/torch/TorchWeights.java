package dev.gatun.formats.torch;

import dev.gatun.formats.FormatException;
import dev.gatun.formats.build.Rearranged;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The weights of layers out of the parameters of modules. PyTorch keeps a matrix with a row for each number it makes, so all are
 * transposed. An LSTM's gates are in Gatun's order (input, forget, candidate, output) and its two biases are added; a GRU's gates
 * are reset, update, candidate and become update, reset, candidate, with both biases kept, as its reset comes behind the product.
 */
final class TorchWeights {

    /** Blocks of rows of a GRU: which of PyTorch's each of Gatun's is, and the other way round. */
    private static final int[] GRU_ORDER = {1, 0, 2};

    private final StateDict dict;
    private final TorchModule module;
    private final Map<String, Numbers> weights = new LinkedHashMap<>();

    /**
     * Numbers of one weight.
     *
     * @param place parameters they come from
     */
    record Numbers(String place, float[] values, long... dims) {}

    private TorchWeights(StateDict dict, TorchModule module) {
        this.dict = dict;
        this.module = module;
    }

    /**
     * Of one layer and direction of a recurrent module, or of any other.
     *
     * @return by the name a weight has in its layer
     */
    static Map<String, Numbers> of(StateDict dict, TorchModule module, int layer, boolean reverse)
            throws FormatException {
        TorchWeights of = new TorchWeights(dict, module);
        switch (module.kind()) {
            case LSTM, GRU, RNN -> of.addRecurrent(layer, module.form().ending(layer, reverse));
            case LINEAR -> {
                of.addTransposed("kernel", "weight");
                of.addVector("bias", "bias");
            }
            case EMBEDDING -> of.add("embeddings", "weight", of.numbers("weight"), module.size("weight", 0),
                    module.size("weight", 1));
            case CONV1D -> of.addConvolution();
            case LAYER_NORM, RMS_NORM, GROUP_NORM -> {
                of.addVector(module.kind() == ModuleKind.RMS_NORM ? "scale" : "gamma", "weight");
                of.addVector("beta", "bias");
            }
            case BATCH_NORM -> {
                of.addVector("gamma", "weight");
                of.addVector("beta", "bias");
                of.addVector("moving_mean", "running_mean");
                of.addVector("moving_variance", "running_var");
            }
            case PRELU -> of.addVector("alpha", "weight");
            case ATTENTION -> of.addAttention();
        }
        return of.weights;
    }

    private float[] numbers(String parameter) throws FormatException {
        return dict.numbers(module.key(parameter));
    }

    private void add(String weight, String parameters, float[] values, long... dims) {
        weights.put(weight, new Numbers(dict.origin(module.key(parameters)), values, dims));
    }

    private void addVector(String weight, String parameter) throws FormatException {
        if (module.has(parameter)) {
            float[] values = numbers(parameter);
            add(weight, parameter, values, values.length);
        }
    }

    private void addTransposed(String weight, String parameter) throws FormatException {
        int rows = module.size(parameter, 0);
        int columns = module.size(parameter, 1);
        add(weight, parameter, Rearranged.transposed(numbers(parameter), rows, columns), columns, rows);
    }

    private void addRecurrent(int layer, String ending) throws FormatException {
        RecurrentForm form = module.form();
        int wide = form.kind().gates * form.units();
        add("kernel", "weight_ih" + ending,
                Rearranged.transposed(gates(numbers("weight_ih" + ending)), wide, form.inputs(layer)),
                form.inputs(layer), wide);
        add("recurrent_kernel", "weight_hh" + ending,
                Rearranged.transposed(gates(numbers("weight_hh" + ending)), wide, form.width()), form.width(), wide);
        if (form.hasBias()) {
            float[] input = gates(numbers("bias_ih" + ending));
            float[] recurrent = gates(numbers("bias_hh" + ending));
            String place = "bias_ih" + ending + (form.kind() == ModuleKind.GRU ? ", " : " + ")
                    + module.key("bias_hh" + ending);
            if (form.kind() == ModuleKind.GRU) {
                float[] both = Arrays.copyOf(input, 2 * wide);
                System.arraycopy(recurrent, 0, both, wide, wide);
                add("bias", place, both, 2, wide);
            } else {
                add("bias", place, Rearranged.sum(input, recurrent), wide);
            }
        }
        if (form.projection() > 0) {
            addTransposed("projection_kernel", "weight_hr" + ending);
        }
        if (form.isLearned()) {
            addState(RecurrentForm.INITIAL_H, form.slot(layer, ending.endsWith("_reverse")), form.width());
        }
        if (form.isLearned() && form.kind() == ModuleKind.LSTM) {
            addState(RecurrentForm.INITIAL_C, form.slot(layer, ending.endsWith("_reverse")), form.units());
        }
    }

    /** Those of all layers and directions stand one behind the other; zeros where there are none of this kind. */
    private void addState(String state, int slot, int features) throws FormatException {
        float[] own = module.has(state)
                ? Arrays.copyOfRange(numbers(state), slot * features, (slot + 1) * features)
                : new float[features];
        add(state, state, own, features);
    }

    private float[] gates(float[] values) {
        return module.kind() == ModuleKind.GRU ? Rearranged.blocks(values, GRU_ORDER) : values;
    }

    private void addConvolution() throws FormatException {
        int filters = module.size("weight", 0);
        int inputs = module.size("weight", 1);
        int steps = module.size("weight", 2);
        add("kernel", "weight", Rearranged.reversedAxes(numbers("weight"), filters, inputs, steps), steps, inputs,
                filters);
        addVector("bias", "bias");
    }

    /** The rows of query, key and value stand one below the other, heads side by side: shapes with heads come from the layer. */
    private void addAttention() throws FormatException {
        int width = module.size("in_proj_weight", 1);
        float[] all = numbers("in_proj_weight");
        float[] biases = module.has("in_proj_bias") ? numbers("in_proj_bias") : null;
        String[] parts = {"query", "key", "value"};
        for (int part = 0; part < parts.length; part++) {
            int first = part * width;
            add(parts[part] + "/kernel", "in_proj_weight", Rearranged.transposed(
                    Arrays.copyOfRange(all, first * width, (first + width) * width), width, width), width, width);
            if (biases != null) {
                add(parts[part] + "/bias", "in_proj_bias", Arrays.copyOfRange(biases, first, first + width), width);
            }
        }
        addTransposed("attention_output/kernel", "out_proj.weight");
        addVector("attention_output/bias", "out_proj.bias");
    }
}
