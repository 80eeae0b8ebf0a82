package dev.gatun.formats.rtneural;

import dev.gatun.formats.build.LayerChain;
import dev.gatun.formats.build.GatheredWeights;
import dev.gatun.formats.build.NumberBlock;
import dev.gatun.layers.OptionReader;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** One layer of a file. */
final class RtNeuralLayer {

    private static final String UNKNOWN = "unknown";
    private static final String KNOWN = "dense, time-distributed-dense, lstm, gru, conv1d, prelu, batchnorm, activation";

    /** RTNeural's own where a file has none. */
    private static final double BATCH_NORM_EPSILON = 0.001;

    /** A file's word alone must not ask for memory. */
    private static final int MOST_FEATURES = 1 << 20;

    private final String owner;
    private final String name;
    private final String type;
    private final OptionReader json;
    private final Map<String, Object> values;
    private final int inputs;
    private final List<String> notes;

    /** @param inputs features that the layer before makes */
    RtNeuralLayer(int number, Map<String, Object> values, int inputs, List<String> notes) {
        this.values = values;
        this.inputs = inputs;
        this.notes = notes;
        this.json = new OptionReader("layer " + number, values);
        this.type = json.text("type");
        this.owner = "layer " + number + " (" + type + ")";
        this.name = type.replace('-', '_') + "_" + number;
    }

    /** The last size of a shape, whose others may be null. */
    static int width(String owner, Map<String, Object> values, String key) {
        Object sizes = values.get(key);
        Object last = sizes instanceof List<?> list && !list.isEmpty() ? list.getLast() : sizes;
        double size = last instanceof float[] array && array.length > 0
                ? array[array.length - 1]
                : last instanceof Number number ? number.doubleValue() : 0;
        if (size < 1 || size > MOST_FEATURES || size != (int) size) {
            throw new IllegalArgumentException(
                    owner + ": expected a whole number of at least 1 and at most " + MOST_FEATURES
                            + " as the last size of its " + key);
        }
        return (int) size;
    }

    /** @return the features it makes */
    int addTo(LayerChain chain, GatheredWeights weights) {
        int units = width(owner, values, "shape");
        boolean keepsWidth = type.equals(UNKNOWN) || type.equals("prelu") || type.equals("batchnorm")
                || type.equals("activation");
        if (keepsWidth && units != inputs) {
            throw new IllegalArgumentException(
                    owner + " has " + units + " features as the last of its shape, but reads "
                            + inputs + ", which it keeps");
        }
        switch (type) {
            case UNKNOWN -> passOver();
            case "dense", "time-distributed-dense" -> dense(chain, weights, units);
            case "lstm" -> recurrent("LSTM", 4, chain, weights, units);
            case "gru" -> recurrent("GRU", 3, chain, weights, units);
            case "conv1d" -> convolution(chain, weights, units);
            case "prelu" -> prelu(chain, weights, units);
            case "batchnorm" -> batchNorm(chain, weights, units);
            case "activation" -> chain.add("Activation", name, Map.of("activation", activation("linear")));
            default -> throw new IllegalArgumentException(owner + " is of a type that is not read; known are " + KNOWN);
        }
        return units;
    }

    /** What its writer does not know, such as a Dropout, which RTNeural's own loader passes over without a word. */
    private void passOver() {
        if (weightCount() > 0) {
            throw new IllegalArgumentException(
                    owner + " is a layer that its writer did not know, with weights; known are "
                            + KNOWN);
        }
        notes.add(owner
                + " has no weights and is passed over, as RTNeural does: a Dropout does nothing, but another layer"
                + " would be missing");
    }

    private void dense(LayerChain chain, GatheredWeights weights, int units) {
        NumberBlock kernel = block(0, 2, inputs, units);
        put(weights, "kernel", 0, kernel);
        boolean hasBias = putBias(weights, 1, units);
        chain.add("Dense", name,
                LayerChain.options("units", units, "use_bias", hasBias, "activation", activation("linear")));
    }

    private void recurrent(String kind, int gates, LayerChain chain, GatheredWeights weights, int units) {
        int wide = Math.multiplyExact(gates, units);
        put(weights, "kernel", 0, block(0, 2, inputs, wide));
        put(weights, "recurrent_kernel", 1, block(1, 2, units, wide));
        Map<String, Object> options = LayerChain.options("units", units, "return_sequences", true, "activation",
                activation("tanh"));
        if (!activation("tanh").equals("tanh")) {
            notes.add(owner + " has the activation " + activation("tanh") + ", which RTNeural's own loader passes over:"
                    + " there it is tanh");
        }
        boolean hasBias = weightCount() > 2;
        options.put("use_bias", hasBias);
        if (kind.equals("GRU")) {
            boolean isPair = hasBias && weight(2) instanceof List<?>;
            options.put("reset_after", isPair || !hasBias);
            if (hasBias) {
                put(weights, "bias", 2, isPair ? block(2, 2, 2, wide) : block(2, 1, wide));
            }
            if (!isPair) {
                notes.add(owner + " has " + (hasBias
                        ? "one bias: the reset gate comes before the recurrent product"
                        : "no bias: the reset gate comes behind the recurrent product, as in RTNeural"));
            }
        } else if (hasBias) {
            put(weights, "bias", 2, block(2, 1, wide));
        }
        chain.add(kind, name, options);
    }

    /** In Keras's layout: the last row of the kernel is that of the step itself, those before it reach back. */
    private void convolution(LayerChain chain, GatheredWeights weights, int units) {
        int size = sizeOf("kernel_size", 0);
        int dilation = sizeOf("dilation", 1);
        int groups = sizeOf("groups", 1);
        if (inputs % groups != 0) {
            throw new IllegalArgumentException(
                    owner + ": " + inputs + " features do not fall into " + groups + " groups");
        }
        put(weights, "kernel", 0, block(0, 3, size, inputs / groups, units));
        boolean hasBias = putBias(weights, 1, units);
        if (sizeOf("strides", 1) != 1) {
            throw new IllegalArgumentException(owner + " has strides, which RTNeural does not run; expected 1");
        }
        chain.add("Conv1D", name, LayerChain.options("filters", units, "kernel_size", List.of(size), "dilation_rate",
                List.of(dilation), "groups", groups, "padding", "causal", "use_bias", hasBias, "activation",
                activation("linear")));
    }

    private void prelu(LayerChain chain, GatheredWeights weights, int units) {
        Object alpha = weight(0);
        while (alpha instanceof List<?> list && !list.isEmpty()) {
            alpha = list.getFirst();
        }
        if (!(alpha instanceof float[] numbers) || numbers.length != units && numbers.length != 1) {
            throw new IllegalArgumentException(owner + ": expected 1 or " + units + " numbers as its weight");
        }
        float[] all = new float[units];
        for (int i = 0; i < units; i++) {
            all[i] = numbers[numbers.length == 1 ? 0 : i];
        }
        weights.put(name + "/alpha", owner + " weights[0]", all, 1, units);
        chain.add("PReLU", name, LayerChain.options("shared_axes", List.of(1)));
    }

    /** With gamma and beta, or the moving statistics alone. */
    private void batchNorm(LayerChain chain, GatheredWeights weights, int units) {
        boolean isAffine = weightCount() == 4;
        if (!isAffine && weightCount() != 2) {
            throw new IllegalArgumentException(owner + ": expected 4 weights, or 2 without gamma and beta, got "
                    + weightCount());
        }
        List<String> names = isAffine
                ? List.of("gamma", "beta", "moving_mean", "moving_variance")
                : List.of("moving_mean", "moving_variance");
        for (int i = 0; i < names.size(); i++) {
            put(weights, names.get(i), i, block(i, 1, units));
        }
        double epsilon = json.has("epsilon") ? json.number("epsilon", 0) : BATCH_NORM_EPSILON;
        chain.add("BatchNormalization", name,
                LayerChain.options("center", isAffine, "scale", isAffine, "epsilon", epsilon));
    }

    private boolean putBias(GatheredWeights weights, int index, int units) {
        boolean hasBias = weightCount() > index;
        if (hasBias) {
            put(weights, "bias", index, block(index, 1, units));
        }
        return hasBias;
    }

    private void put(GatheredWeights weights, String weight, int index, NumberBlock block) {
        long[] dims = new long[block.dims().length];
        for (int axis = 0; axis < dims.length; axis++) {
            dims[axis] = block.dim(axis);
        }
        weights.put(name + "/" + weight, owner + " weights[" + index + "]", block.values(), dims);
    }

    private NumberBlock block(int index, int rank, int... expected) {
        NumberBlock block = NumberBlock.of(owner + " weights[" + index + "]", weight(index), rank);
        for (int axis = 0; axis < rank; axis++) {
            if (block.dim(axis) != expected[axis]) {
                throw new IllegalArgumentException(owner + " weights[" + index + "] has sizes " + block.shown()
                        + ", expected " + Arrays.toString(expected));
            }
        }
        return block;
    }

    private Object weight(int index) {
        if (weightCount() <= index) {
            throw new IllegalArgumentException(owner + " has " + weightCount() + " weights, expected at least "
                    + (index + 1));
        }
        return values.get("weights") instanceof List<?> list ? list.get(index) : values.get("weights");
    }

    /** A lone array is one weight. */
    private int weightCount() {
        return values.get("weights") instanceof List<?> list
                ? list.size()
                : values.get("weights") instanceof float[] lone && lone.length > 0 ? 1 : 0;
    }

    private int sizeOf(String key, int otherwise) {
        return otherwise > 0 && !values.containsKey(key) ? otherwise : width(owner, values, key);
    }

    /** No text stands for none, which for a recurrent layer is its own. */
    private String activation(String otherwise) {
        String text = values.get("activation") == null ? "" : json.text("activation");
        return text.isEmpty() ? otherwise : text;
    }
}
