package dev.gatun.formats.torch;

import dev.gatun.formats.FormatException;
import dev.gatun.formats.build.LayerChain;
import java.util.List;
import java.util.Map;

/** Layers of modules that are not recurrent. */
final class PlainModule {

    private static final double EPSILON = 1e-5;

    private final TorchModule module;
    private final TorchArchitecture architecture;
    private final List<String> notes;
    private final int width;
    private final boolean isSequence;

    /**
     * @param width      features of the value that it reads
     * @param isSequence whether that value has steps
     */
    PlainModule(TorchModule module, TorchArchitecture architecture, List<String> notes, int width, boolean isSequence) {
        this.module = module;
        this.architecture = architecture;
        this.notes = notes;
        this.width = width;
        this.isSequence = isSequence;
    }

    void addTo(LayerChain chain, String name, Object activation) {
        switch (module.kind()) {
            case LINEAR -> chain.add("Dense", name, Map.of("units", module.size("weight", 0), "use_bias",
                    module.has("bias"), "activation", activation));
            case EMBEDDING -> chain.add("Embedding", name,
                    Map.of("input_dim", module.size("weight", 0), "output_dim", module.size("weight", 1)));
            case CONV1D -> addConvolution(chain, name, activation);
            case LAYER_NORM -> {
                chain.add("LayerNormalization", name, Map.of("epsilon", epsilon(), "center", module.has("bias")));
                noteClass(name);
            }
            case GROUP_NORM -> chain.add("GroupNormalization", name,
                    Map.of("epsilon", epsilon(), "groups", given("num_groups", "GroupNorm of "
                            + module.size("weight", 0) + " features, whose number of groups no file says",
                            module.size("weight", 0))));
            case RMS_NORM -> {
                chain.add("RMSNormalization", name, Map.of("epsilon", epsilon()));
                if (architecture.argument(module, "type") == null) {
                    notes.add(name + " has a weight and no bias: by its name it is taken for an RMSNorm; "
                            + ArchitectureAdvice.argument(name, "type", "LayerNorm") + " says otherwise");
                }
            }
            case BATCH_NORM -> chain.add("BatchNormalization", name, Map.of("epsilon", epsilon(), "center",
                    module.has("weight"), "scale", module.has("weight"), "momentum", 0.9));
            case PRELU -> chain.add("PReLU", name, Map.of("shared_axes", isSequence ? List.of(1) : List.of()));
            case ATTENTION -> addAttention(chain, name);
            default -> throw new IllegalStateException(module.kind().word);
        }
    }

    /** A GroupNorm and an InstanceNorm1d have the same parameters. */
    private void noteClass(String name) {
        if (module.has("bias") && architecture.argument(module, "type") == null) {
            notes.add(name + " is taken for a LayerNorm by its weight and bias; "
                    + ArchitectureAdvice.argument(name, "type", "GroupNorm") + " says otherwise");
        }
    }

    /** An argument that has no default, and divides the features. */
    private int given(String argument, String what, int features) {
        int number = whole(argument, 0);
        if (number == 0 || features % number != 0) {
            throw new IllegalArgumentException("module " + FormatException.quote(module.label()) + " is a " + what
                    + (number == 0 ? "" : "; " + number + " is no divisor of them")
                    + "; give it, if it is 2: " + ArchitectureAdvice.argument(module.label(), argument, 2) + " ("
                    + ArchitectureAdvice.MEANING + ")");
        }
        return number;
    }

    private double epsilon() {
        Object given = architecture.argument(module, "eps");
        if (given == null) {
            notes.add("eps of " + module.label() + " is taken to be " + EPSILON
                    + ", PyTorch's default, which the file does"
                    + " not say; " + ArchitectureAdvice.argument(module.label(), "eps", 0.001) + " says another");
        }
        return given instanceof Number number ? number.doubleValue() : EPSILON;
    }

    private void addConvolution(LayerChain chain, String name, Object activation) {
        int groups = whole("groups", width > 0 ? width / Math.max(1, module.size("weight", 1)) : 1);
        Object padding = architecture.argument(module, "padding");
        if (padding == null) {
            notes.add("the convolution " + name + " is taken to have no padding, stride 1 and dilation 1 where the"
                    + " architecture does not say otherwise: "
                    + ArchitectureAdvice.argument(name, "padding", "same"));
        }
        if (padding instanceof Number steps && steps.intValue() > 0) {
            chain.add("ZeroPadding1D", null, Map.of("padding", List.of(steps.intValue(), steps.intValue())));
        }
        Map<String, Object> options = LayerChain.options("filters", module.size("weight", 0), "kernel_size",
                List.of(module.size("weight", 2)), "strides", List.of(whole("stride", 1)), "dilation_rate",
                List.of(whole("dilation", 1)), "groups", groups, "use_bias", module.has("bias"), "activation",
                activation);
        options.put("padding", padding instanceof String keyword ? keyword : "valid");
        chain.add("Conv1D", name, options);
    }

    private int whole(String argument, int otherwise) {
        Object given = architecture.argument(module, argument);
        if (given == null) {
            return otherwise;
        }
        if (!(given instanceof Number number) || number.intValue() != number.doubleValue() || number.intValue() < 1) {
            throw new IllegalArgumentException(
                    "module " + FormatException.quote(module.label()) + ": " + argument + " is "
                            + given + ", expected a whole number of at least 1");
        }
        return number.intValue();
    }

    private void addAttention(LayerChain chain, String name) {
        int width = module.size("in_proj_weight", 1);
        int heads = given("num_heads",
                "MultiheadAttention of " + width + " features, whose number of heads no file says",
                width);
        chain.add("MultiHeadAttention", name,
                Map.of("num_heads", heads, "key_dim", width / heads, "use_bias", module.has("in_proj_bias")));
        notes.add("the attention " + name + " reads its own input as query, key and value, and nothing goes past it");
    }

    /** In the shape that the layer has, which parameters do not show: alphas of steps, heads. */
    TorchWeights.Numbers shaped(String weight, TorchWeights.Numbers numbers) {
        if (module.kind() == ModuleKind.PRELU) {
            return alphas(numbers);
        }
        if (module.kind() != ModuleKind.ATTENTION || weight.equals("attention_output/bias")) {
            return numbers;
        }
        int heads = whole("num_heads", 0);
        int features = module.size("in_proj_weight", 1);
        int each = features / heads;
        if (weight.endsWith("bias")) {
            return new TorchWeights.Numbers(numbers.place(), numbers.values(), heads, each);
        }
        return weight.startsWith("attention_output")
                ? new TorchWeights.Numbers(numbers.place(), numbers.values(), heads, each, features)
                : new TorchWeights.Numbers(numbers.place(), numbers.values(), features, heads, each);
    }

    private TorchWeights.Numbers alphas(TorchWeights.Numbers numbers) {
        float[] all = new float[width];
        for (int i = 0; i < width; i++) {
            all[i] = numbers.values()[numbers.values().length == 1 ? 0 : i];
        }
        return isSequence
                ? new TorchWeights.Numbers(numbers.place(), all, 1, width)
                : new TorchWeights.Numbers(numbers.place(), all, width);
    }
}
