package dev.gatun.formats.torch;

import dev.gatun.formats.tensors.SafetensorsWriter;
import dev.gatun.formats.build.Rearranged;
import dev.gatun.layers.OptionReader;
import dev.gatun.memory.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A layer's weights as the parameters of one of PyTorch's modules.
 *
 * @param name    of the layer
 * @param kind    its class, as Keras calls it
 * @param config  its options
 * @param weights by the names they have in it
 */
record LayerParameters(String name, String kind, Map<String, Object> config, Map<String, Tensor> weights) {

    /** Blocks of columns of a GRU: update, reset, candidate become PyTorch's reset, update, candidate. */
    private static final int[] GRU_ORDER = {1, 0, 2};

    /** Options of recurrent layers that PyTorch's classes have at one value only. */
    private static final Map<String, Object> PLAIN = new LinkedHashMap<>();

    static {
        PLAIN.put("recurrent_activation", "sigmoid");
        PLAIN.put("go_backwards", false);
        PLAIN.put("peepholes", false);
        PLAIN.put("input_forget", false);
        PLAIN.put("layer_norm", false);
        PLAIN.put("learned_initial_state", false);
        PLAIN.put("reset_after", true);
        PLAIN.put("cell_clip", 0.0);
        PLAIN.put("clip", 0.0);
        PLAIN.put("forget_bias", 0.0);
    }

    /**
     * Adds them to a file.
     *
     * @param module the module's name
     * @param ending of the names of a recurrent module's parameters
     * @throws IllegalArgumentException if the module cannot hold them: names the layer and why
     */
    void addTo(SafetensorsWriter file, String module, String ending) {
        switch (kind) {
            case "LSTM", "GRU", "SimpleRNN" -> addRecurrent(file, module, kind, config, "", ending);
            case "Bidirectional" -> addBothWays(file, module, ending);
            case "Dense", "TimeDistributed" -> addDense(file, module);
            case "Embedding" -> file.tensor(module + ".weight", weights.get("embeddings"));
            case "Conv1D" -> addConvolution(file, module);
            case "LayerNormalization", "RMSNormalization" -> addNorm(file, module);
            case "GroupNormalization" -> addGroupNorm(file, module);
            case "BatchNormalization" -> addBatchNorm(file, module);
            case "PReLU" -> addAlphas(file, module);
            case "MultiHeadAttention" -> addAttention(file, module);
            default -> throw refused("there is no module of PyTorch that its weights are written for");
        }
    }

    private IllegalArgumentException refused(String reason) {
        return new IllegalArgumentException(
                "Layer '" + name + "' (" + kind + ") cannot be written as a state dict: " + reason
                        + "; save the model as .gatun");
    }

    private void addBothWays(SafetensorsWriter file, String module, String ending) {
        Map<String, Object> inner = OptionReader.asMap(config.get("layer"), "layer");
        Object merge = config.get("merge_mode");
        if (!"concat".equals(merge)) {
            throw refused(
                    "PyTorch's recurrent modules concatenate both directions, and this one merges them by " + merge);
        }
        if (config.get("backward_layer") != null) {
            throw refused("both directions of PyTorch's recurrent modules have the same options");
        }
        String innerKind = String.valueOf(inner.get("class_name"));
        Map<String, Object> options = OptionReader.asMap(inner.get("config"), "config");
        if (!List.of("LSTM", "GRU", "SimpleRNN").contains(innerKind)) {
            throw refused("a " + innerKind + " goes both ways in it");
        }
        addRecurrent(file, module, innerKind, options, "forward_", ending);
        addRecurrent(file, module, innerKind, options, "backward_", ending + "_reverse");
    }

    private void requirePlain(String cell, Map<String, Object> options) {
        PLAIN.forEach((option, value) -> {
            if (options.containsKey(option) && !value.equals(options.get(option))) {
                throw refused("PyTorch's " + cell + " has nothing for " + option + " = " + options.get(option));
            }
        });
        Object activation = options.get("activation");
        boolean isRnn = cell.equals("SimpleRNN");
        if (!"tanh".equals(activation) && !(isRnn && "relu".equals(activation))) {
            throw refused("PyTorch's " + cell + " has tanh" + (isRnn ? " or relu" : "") + " and not " + activation);
        }
        Object output = options.get("output_activation");
        if (output != null && !output.equals(activation)) {
            throw refused("PyTorch's LSTM has nothing for output_activation = " + output);
        }
    }

    private void addRecurrent(SafetensorsWriter file, String module, String cell, Map<String, Object> options,
            String half,
            String ending) {
        requirePlain(cell, options);
        boolean isGru = cell.equals("GRU");
        Map<String, Tensor> own = new LinkedHashMap<>();
        weights.forEach((weight, tensor) -> {
            if (weight.startsWith(half)) {
                own.put(weight.substring(weight.lastIndexOf('/') + 1), tensor);
            }
        });
        addGates(file, module + ".weight_ih" + ending, own.get("kernel"), isGru);
        addGates(file, module + ".weight_hh" + ending, own.get("recurrent_kernel"), isGru);
        Tensor bias = own.get("bias");
        if (bias != null) {
            float[] all = bias.toArray();
            int wide = Math.toIntExact(bias.shape().last());
            float[] input = Arrays.copyOf(all, wide);
            float[] recurrent = isGru ? Arrays.copyOfRange(all, wide, 2 * wide) : new float[wide];
            add(file, module + ".bias_ih" + ending, isGru ? Rearranged.blocks(input, GRU_ORDER) : input, wide);
            add(file, module + ".bias_hh" + ending, isGru ? Rearranged.blocks(recurrent, GRU_ORDER) : recurrent, wide);
        }
        if (own.containsKey("projection_kernel")) {
            addGates(file, module + ".weight_hr" + ending, own.get("projection_kernel"), false);
        }
    }

    private static void addGates(SafetensorsWriter file, String parameter, Tensor kernel, boolean isGru) {
        int rows = Math.toIntExact(kernel.shape().dim(0));
        int columns = Math.toIntExact(kernel.shape().dim(1));
        float[] turned = Rearranged.transposed(kernel.toArray(), rows, columns);
        add(file, parameter, isGru ? Rearranged.blocks(turned, GRU_ORDER) : turned, columns, rows);
    }

    private static void add(SafetensorsWriter file, String parameter, float[] values, long... dims) {
        file.tensor(parameter, Tensor.of(values, dims));
    }

    private void addDense(SafetensorsWriter file, String module) {
        Tensor kernel = weights.get("kernel");
        if (kernel == null || kernel.shape().rank() != 2 || weights.size() > 2) {
            throw refused("the layer in it is no Dense");
        }
        addGates(file, module + ".weight", kernel, false);
        addVector(file, module + ".bias", "bias");
    }

    private void addVector(SafetensorsWriter file, String parameter, String weight) {
        if (weights.containsKey(weight)) {
            file.tensor(parameter, weights.get(weight));
        }
    }

    private void addConvolution(SafetensorsWriter file, String module) {
        Tensor kernel = weights.get("kernel");
        int steps = Math.toIntExact(kernel.shape().dim(0));
        int inputs = Math.toIntExact(kernel.shape().dim(1));
        int filters = Math.toIntExact(kernel.shape().dim(2));
        add(file, module + ".weight", Rearranged.reversedAxes(kernel.toArray(), steps, inputs, filters), filters,
                inputs,
                steps);
        addVector(file, module + ".bias", "bias");
    }

    private void addNorm(SafetensorsWriter file, String module) {
        requireLastAxis();
        if (Boolean.TRUE.equals(config.get("rms_scaling"))) {
            throw refused("PyTorch's LayerNorm has nothing for rms_scaling");
        }
        Tensor scale = weights.getOrDefault("gamma", weights.get("scale"));
        file.tensor(module + ".weight", scale != null ? scale : constant(weights.get("beta"), 1));
        addVector(file, module + ".bias", "beta");
    }

    private void addGroupNorm(SafetensorsWriter file, String module) {
        requireLastAxis();
        if (!weights.containsKey("gamma") || !weights.containsKey("beta")) {
            throw refused("PyTorch's GroupNorm has both a weight and a bias, or neither");
        }
        addVector(file, module + ".weight", "gamma");
        addVector(file, module + ".bias", "beta");
    }

    private void requireLastAxis() {
        if (!isLastAxis(config.get("axis"))) {
            throw refused("features are its last axis there, and here it has the axes " + config.get("axis"));
        }
    }

    /** Whether an option that names axes means the features alone. */
    static boolean isLastAxis(Object axis) {
        return axis == null || axis instanceof Number number && number.intValue() == -1
                || axis instanceof List<?> list && list.size() == 1 && ((Number) list.getFirst()).intValue() == -1;
    }

    private static Tensor constant(Tensor like, float value) {
        float[] all = new float[Math.toIntExact(like.shape().elements())];
        Arrays.fill(all, value);
        return Tensor.of(all, like.shape().toArray());
    }

    private void addBatchNorm(SafetensorsWriter file, String module) {
        requireLastAxis();
        Tensor mean = weights.get("moving_mean");
        if (weights.containsKey("gamma") || weights.containsKey("beta")) {
            file.tensor(module + ".weight", weights.containsKey("gamma") ? weights.get("gamma") : constant(mean, 1));
            file.tensor(module + ".bias", weights.containsKey("beta") ? weights.get("beta") : constant(mean, 0));
        }
        file.tensor(module + ".running_mean", mean);
        file.tensor(module + ".running_var", weights.get("moving_variance"));
    }

    private void addAlphas(SafetensorsWriter file, String module) {
        Tensor alpha = weights.get("alpha");
        long features = alpha.shape().last();
        if (alpha.shape().elements() != features) {
            throw refused("it has alphas of shape " + alpha.shape() + ", and PyTorch's PReLU one for each feature;"
                    + " share those of the steps with sharedAxes(1)");
        }
        add(file, module + ".weight", alpha.toArray(), features);
    }

    private void addAttention(SafetensorsWriter file, String module) {
        Tensor query = weights.get("query/kernel");
        int width = Math.toIntExact(query.shape().dim(0));
        boolean hasBias = weights.containsKey("query/bias");
        float[] rows = new float[3 * width * width];
        float[] biases = new float[3 * width];
        String[] parts = {"query", "key", "value"};
        for (int part = 0; part < parts.length; part++) {
            Tensor kernel = weights.get(parts[part] + "/kernel");
            if (kernel.shape().dim(0) != width || kernel.shape().elements() != (long) width * width) {
                throw refused("PyTorch's MultiheadAttention keeps its width, and this one has a " + parts[part]
                        + " kernel of shape " + kernel.shape());
            }
            System.arraycopy(Rearranged.transposed(kernel.toArray(), width, width), 0, rows, part * width * width,
                    width * width);
            if (hasBias) {
                System.arraycopy(weights.get(parts[part] + "/bias").toArray(), 0, biases, part * width, width);
            }
        }
        Tensor out = weights.get("attention_output/kernel");
        if (out.shape().elements() != (long) width * width) {
            throw refused("PyTorch's MultiheadAttention keeps its width, and this one makes " + out.shape().last());
        }
        add(file, module + ".in_proj_weight", rows, 3L * width, width);
        add(file, module + ".out_proj.weight", Rearranged.transposed(out.toArray(), width, width), width, width);
        if (hasBias) {
            add(file, module + ".in_proj_bias", biases, 3L * width);
            file.tensor(module + ".out_proj.bias", weights.get("attention_output/bias"));
        }
    }
}
