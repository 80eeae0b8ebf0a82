package dev.gatun.formats.torch;

import dev.gatun.layers.OptionReader;
import dev.gatun.layers.graph.Graph;
import dev.gatun.layers.Layer;
import dev.gatun.layers.value.ValueType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a chain of layers does, in the words of {@link TorchArchitecture}: written beside the parameters, so that the file is read
 * back as the same model. Of other models a state dict holds the weights alone.
 */
final class WrittenArchitecture {

    /** They change nothing when a model serves. */
    private static final Set<String> WITHOUT_EFFECT = Set.of("Dropout", "SpatialDropout1D", "GaussianNoise",
            "GaussianDropout", "AlphaDropout", "ActivityRegularization", "Identity");

    /** No activation's keyword. */
    private static final String UNSAYABLE = "";

    private final LayerStacks stacks;
    private final List<String> words = new ArrayList<>();
    private final Map<String, Map<String, Object>> arguments = new LinkedHashMap<>();
    private boolean isSayable = true;

    private WrittenArchitecture(LayerStacks stacks) {
        this.stacks = stacks;
    }

    /** @return null if the words do not say it */
    static String of(Graph graph, LayerStacks stacks) {
        if (graph.inputs().size() != 1 || graph.outputs().size() != 1 || !isSayable(graph)) {
            return null;
        }
        WrittenArchitecture architecture = new WrittenArchitecture(stacks);
        for (int at = 1; at < graph.steps().size(); at++) {
            Graph.Step step = graph.steps().get(at);
            boolean follows = step.callIndex() == 0 && step.arguments().mask() == null
                    && step.arguments().all().stream().allMatch(new Graph.Ref(at - 1, 0)::equals);
            if (!follows) {
                return null;
            }
            architecture.add(graph.layerOf(step));
        }
        boolean isEnd = graph.outputs().getFirst().equals(new Graph.Ref(graph.steps().size() - 1, 0));
        return isEnd && architecture.isSayable && architecture.runsModule()
                ? architecture.text(graph.isTimeMajor(), graph.inputShape(0).rank() > 2)
                : null;
    }

    /** Ids stand in sequences, and features in samples or in steps of them. */
    private static boolean isSayable(Graph graph) {
        int rank = graph.inputShape(0).rank();
        return graph.inputType(0) == ValueType.FLOAT32 ? rank == 2 || rank == 3 : rank == 2;
    }

    /** Without a module there is nothing that says how many features are read. */
    private boolean runsModule() {
        return words.stream().anyMatch(word -> !TorchArchitecture.isWord(word));
    }

    private String text(boolean isTimeFirst, boolean isOfSequences) {
        TorchArchitecture said = TorchArchitecture.forward(words.toArray(String[]::new));
        for (Map.Entry<String, Map<String, Object>> module : arguments.entrySet()) {
            for (Map.Entry<String, Object> argument : module.getValue().entrySet()) {
                said = said.with(module.getKey(), argument.getKey(), argument.getValue());
            }
        }
        said = isTimeFirst ? said.timeFirst() : said;
        return (isOfSequences ? said.ofSequences() : said).text();
    }

    private void add(Graph.NamedLayer named) {
        String name = named.name();
        Layer layer = named.layer();
        Map<String, Object> config = layer.config();
        switch (layer.kind()) {
            case "LSTM", "GRU", "SimpleRNN" -> addRecurrent(name, config, false);
            case "Bidirectional" -> addRecurrent(name,
                    OptionReader.asMap(OptionReader.asMap(config.get("layer"), "layer").get("config"), "config"), true);
            case "Dense" -> {
                addTyped(name, "Linear", config);
                addActivation(config.get("activation"));
            }
            case "TimeDistributed" -> addInner(name, OptionReader.asMap(config.get("layer"), "layer"));
            case "Conv1D" -> addConvolution(name, config);
            case "Embedding" -> {
                addTyped(name, "Embedding", config);
                isSayable &= !Boolean.TRUE.equals(config.get("mask_zero"));
            }
            case "LayerNormalization" -> addLayerNorm(name, config);
            case "GroupNormalization" -> addGroupNorm(named, config);
            case "RMSNormalization" -> addTyped(name, "RMSNorm", config);
            case "BatchNormalization" -> addTyped(name, "BatchNorm1d", config);
            case "PReLU" -> {
                // One alpha for all features does not say how many there are.
                isSayable &= runsModule() || named.built().weights().getFirst().shape().elements() > 1;
                addTyped(name, "PReLU", config);
            }
            case "MultiHeadAttention" -> {
                words.add(name);
                argument(name, "num_heads", config.get("num_heads"));
                isSayable &= !Boolean.TRUE.equals(config.get("use_causal_mask"))
                        && config.get("sliding_window") == null;
            }
            case "Activation" -> addActivation(config.get("activation"));
            case "ReLU", "LeakyReLU", "ELU", "Softmax" -> addFunction(layer.kind(), config);
            case "GlobalAveragePooling1D", "GlobalMaxPooling1D" -> {
                words.add(layer.kind().equals("GlobalMaxPooling1D") ? "max" : "mean");
                isSayable &= !Boolean.TRUE.equals(config.get("keepdims"));
            }
            case "MaxPooling1D", "AveragePooling1D" -> addPooling(layer.kind(), config);
            case "Flatten" -> words.add("flatten");
            case "Slicing" -> {
                words.add("last");
                isSayable &= List.of("-1").equals(config.get("parts"));
            }
            default -> isSayable &= WITHOUT_EFFECT.contains(layer.kind());
        }
    }

    /** A Dense works row by row by itself. */
    private void addInner(String name, Map<String, Object> inner) {
        if ("Dense".equals(inner.get("class_name"))) {
            Map<String, Object> config = OptionReader.asMap(inner.get("config"), "config");
            addTyped(name, "Linear", config);
            addActivation(config.get("activation"));
        } else {
            isSayable = false;
        }
    }

    /** Parameters alone do not tell all of these classes apart. */
    private void addTyped(String name, String type, Map<String, Object> config) {
        words.add(name);
        argument(name, "type", type);
        if (config.containsKey("epsilon")) {
            argument(name, "eps", config.get("epsilon"));
        }
    }

    /** Classes of layers that are one function. */
    private void addFunction(String kind, Map<String, Object> config) {
        Object slope = config.get("negative_slope");
        addActivation(switch (kind) {
            case "LeakyReLU" -> Map.of("class_name", "leaky_relu", "config", Map.of("negative_slope", slope));
            case "ELU" -> Map.of("class_name", "elu", "config", Map.of("alpha", config.get("alpha")));
            case "Softmax" -> LayerParameters.isLastAxis(config.get("axis")) ? "softmax" : UNSAYABLE;
            default -> {
                boolean isPlain = Double.valueOf(0).equals(slope) && Double.valueOf(0).equals(config.get("threshold"));
                Object most = config.get("max_value");
                yield !isPlain ? UNSAYABLE : most == null ? "relu" : most.equals(6.0) ? "relu6" : UNSAYABLE;
            }
        });
    }

    /** Of one that has no weights a state dict holds nothing. */
    private void addLayerNorm(String name, Map<String, Object> config) {
        if (Boolean.FALSE.equals(config.get("center")) && Boolean.FALSE.equals(config.get("scale"))) {
            words.add(PlainNorm.word(config.get("epsilon")));
            isSayable &= !Boolean.TRUE.equals(config.get("rms_scaling"))
                    && LayerParameters.isLastAxis(config.get("axis"));
        } else {
            addTyped(name, "LayerNorm", config);
        }
    }

    /** Its number of groups is -1 where each feature is one. */
    private void addGroupNorm(Graph.NamedLayer named, Map<String, Object> config) {
        if (named.built().weights().isEmpty()) {
            isSayable = false;
            return;
        }
        int groups = ((Number) config.get("groups")).intValue();
        addTyped(named.name(), "GroupNorm", config);
        argument(named.name(), "num_groups",
                groups == -1 ? named.built().weights().getFirst().shape().elements() : groups);
        isSayable &= LayerParameters.isLastAxis(config.get("axis"));
    }

    /** PyTorch's have no other padding than on both sides. */
    private void addPooling(String kind, Map<String, Object> config) {
        Object size = first(config.get("pool_size"));
        Object stride = config.get("strides") == null ? size : first(config.get("strides"));
        words.add((kind.startsWith("Max") ? "max" : "avg") + "_pool1d(" + size + "," + stride + ")");
        isSayable &= "valid".equals(config.get("padding")) && !"channels_first".equals(config.get("data_format"));
    }

    private void argument(String module, String argument, Object value) {
        arguments.computeIfAbsent(module, key -> new LinkedHashMap<>()).put(argument, value);
    }

    private void addRecurrent(String name, Map<String, Object> config, boolean bothWays) {
        String module = stacks.module(name);
        if (stacks.isFirst(name)) {
            words.add(module);
            if (!config.containsKey("recurrent_activation")) {
                argument(module, "nonlinearity", config.get("activation"));
            }
        }
        boolean returnsSteps = Boolean.TRUE.equals(config.get("return_sequences"));
        isSayable &= returnsSteps || !stacks.isFollowed(name);
        isSayable &= !Boolean.TRUE.equals(config.get("stateful"));
        if (!returnsSteps) {
            words.add(bothWays ? "state" : "last");
        }
    }

    private void addActivation(Object activation) {
        if (!"linear".equals(activation)) {
            String word = TorchFunction.word(activation);
            isSayable &= word != null;
            words.add(word);
        }
    }

    private void addConvolution(String name, Map<String, Object> config) {
        words.add(name);
        argument(name, "stride", first(config.get("strides")));
        argument(name, "dilation", first(config.get("dilation_rate")));
        argument(name, "groups", config.get("groups"));
        argument(name, "padding", config.get("padding"));
        addActivation(config.get("activation"));
    }

    private static Object first(Object value) {
        return value instanceof List<?> list ? list.getFirst() : value;
    }
}
