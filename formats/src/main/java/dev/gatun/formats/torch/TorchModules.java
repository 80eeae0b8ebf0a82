package dev.gatun.formats.torch;

import dev.gatun.formats.FormatException;
import dev.gatun.memory.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Parameters sorted into modules, whose class their names and shapes tell. */
final class TorchModules {

    /** What a batch normalization counts, which changes nothing of what it computes here. */
    static final String COUNTER = "num_batches_tracked";

    private static final Pattern NORM = Pattern.compile("(?i)(^|[._])(layer_?norm|rms_?norm|norm|ln)[_0-9]*$");

    /** Parameters of a recurrent module that has lost its first. */
    private static final Pattern RECURRENT_PART = Pattern.compile("(weight|bias)_(ih|hh|hr)(_l\\d+(_reverse)?)?");
    private static final Pattern OF_MODULES = Pattern.compile("weight|bias|running|scale|num_|embed|mask");

    private static final String ATTENTION_OUTPUT = "out_proj";

    private TorchModules() {}

    /**
     * The modules of a state dict.
     *
     * @return in the order of its names
     * @throws IllegalArgumentException naming the parameter that belongs to no module that is known
     */
    static List<TorchModule> of(SequencedMap<String, Shape> shapes) {
        Map<String, Map<String, Shape>> byModule = new LinkedHashMap<>();
        shapes.forEach((name, shape) -> {
            int dot = name.lastIndexOf('.');
            String parameter = name.substring(dot + 1);
            if (!parameter.equals(COUNTER)) {
                byModule.computeIfAbsent(name.substring(0, Math.max(0, dot)), key -> new TreeMap<>())
                        .put(parameter, shape);
            }
        });
        joinAttentions(byModule);
        List<TorchModule> modules = new ArrayList<>();
        byModule.forEach((name, parameters) -> modules.add(module(name, parameters)));
        if (modules.isEmpty()) {
            throw new IllegalArgumentException("holds no parameter of a module");
        }
        return modules;
    }

    /** The projection of an attention's output is a module within it. */
    private static void joinAttentions(Map<String, Map<String, Shape>> byModule) {
        for (String name : List.copyOf(byModule.keySet())) {
            Map<String, Shape> parameters = byModule.get(name);
            String inner = name.isEmpty() ? ATTENTION_OUTPUT : name + "." + ATTENTION_OUTPUT;
            if (parameters != null && parameters.containsKey("in_proj_weight") && byModule.containsKey(inner)) {
                byModule.remove(inner).forEach((key, shape) -> parameters.put(ATTENTION_OUTPUT + "." + key, shape));
            }
        }
    }

    private static TorchModule module(String name, Map<String, Shape> parameters) {
        if (parameters.containsKey("weight_ih") || parameters.containsKey("weight_ih_l0")) {
            RecurrentForm form = RecurrentForm.of(name, parameters);
            return new TorchModule(name, form.kind(), parameters, form);
        }
        Shape weight = parameters.get("weight");
        if (parameters.containsKey("in_proj_weight")) {
            return attention(name, parameters);
        }
        if (parameters.containsKey("running_mean")) {
            return plain(name, ModuleKind.BATCH_NORM, parameters,
                    Set.of("weight", "bias", "running_mean", "running_var"));
        }
        if (weight == null) {
            throw unknown(name, parameters);
        }
        requireOneAxis(name, weight, parameters.get("bias"));
        boolean hasBias = parameters.containsKey("bias");
        ModuleKind kind = switch (weight.rank()) {
            case 1 -> hasBias ? ModuleKind.LAYER_NORM : lone(name, weight);
            case 2 -> hasBias || !isEmbedding(name) ? ModuleKind.LINEAR : ModuleKind.EMBEDDING;
            case 3 -> ModuleKind.CONV1D;
            default -> throw unknown(name, parameters);
        };
        return plain(name, kind, parameters, Set.of("weight", "bias"));
    }

    /** A normalization over several axes has a bias as its weight is, or a name that a matrix has not. */
    private static void requireOneAxis(String name, Shape weight, Shape bias) {
        if (weight.rank() > 1 && (weight.equals(bias) || bias == null && NORM.matcher(name).find())) {
            throw new IllegalArgumentException("module " + FormatException.quote(name) + " is a LayerNorm over "
                    + weight.rank() + " axes " + weight + ", and is read over one, of the features, with a weight ("
                    + weight.last()
                    + ",); leave it out of the file, and load the others with TorchFormat.setWeights into a model that is"
                    + " built here");
        }
    }

    /** One number for each feature and no bias: names tell what shapes do not. */
    private static ModuleKind lone(String name, Shape weight) {
        String small = name.toLowerCase(Locale.ROOT);
        boolean isNorm = small.contains("norm") || small.endsWith("ln") || small.contains("rms");
        return isNorm && weight.dim(0) > 1 ? ModuleKind.RMS_NORM : ModuleKind.PRELU;
    }

    private static boolean isEmbedding(String name) {
        String small = name.toLowerCase(Locale.ROOT);
        return small.contains("emb") || small.contains("lookup") || small.endsWith("wte");
    }

    private static TorchModule attention(String name, Map<String, Shape> parameters) {
        Shape all = parameters.get("in_proj_weight");
        Shape out = parameters.get(ATTENTION_OUTPUT + ".weight");
        boolean hasBias = parameters.containsKey("in_proj_bias");
        boolean isWhole = all.rank() == 2 && all.dim(0) == 3 * all.dim(1)
                && Shape.of(all.dim(1), all.dim(1)).equals(out)
                && (!hasBias || Shape.of(all.dim(0)).equals(parameters.get("in_proj_bias"))
                        && Shape.of(all.dim(1)).equals(parameters.get(ATTENTION_OUTPUT + ".bias")))
                && parameters.size() == (hasBias ? 4 : 2);
        if (!isWhole) {
            throw new IllegalArgumentException("module '" + name + "' is a MultiheadAttention with parameters "
                    + parameters
                    + ", expected in_proj_weight [3E,E] and out_proj.weight [E,E], with both biases or none, and no bias_k"
                    + " and bias_v of add_bias_kv");
        }
        return new TorchModule(name, ModuleKind.ATTENTION, parameters, null);
    }

    private static TorchModule plain(String name, ModuleKind kind, Map<String, Shape> parameters, Set<String> known) {
        TorchModule module = new TorchModule(name, kind, parameters, null);
        for (Map.Entry<String, Shape> parameter : parameters.entrySet()) {
            if (!known.contains(parameter.getKey())) {
                throw unknown(name, Map.of(parameter.getKey(), parameter.getValue()));
            }
            requireVector(module, parameter.getKey(), parameter.getValue());
        }
        if (kind == ModuleKind.BATCH_NORM
                && (!module.has("running_var") || module.has("weight") != module.has("bias"))) {
            throw new IllegalArgumentException("module '" + name + "' is a BatchNorm1d with parameters " + parameters
                    + ", expected running_mean and running_var, with weight and bias or neither");
        }
        return module;
    }

    /** All but matrices and kernels hold a number for each feature that the module makes. */
    private static void requireVector(TorchModule module, String parameter, Shape shape) {
        boolean isMatrix = parameter.equals("weight") && shape.rank() > 1;
        Shape whole = module.parameters().get(module.kind() == ModuleKind.BATCH_NORM ? "running_mean" : "weight");
        if (!isMatrix && (shape.rank() != 1 || shape.dim(0) != whole.dim(0))) {
            throw new IllegalArgumentException("tensor " + FormatException.quote(module.key(parameter)) + " has shape "
                    + shape + ", expected (" + whole.dim(0) + ",) beside a weight of shape " + whole);
        }
    }

    private static IllegalArgumentException unknown(String module, Map<String, Shape> parameters) {
        if (parameters.containsKey("q_proj_weight")) {
            return new IllegalArgumentException("module " + FormatException.quote(module)
                    + " is a MultiheadAttention with"
                    + " kdim or vdim, which reads keys and values of other features than its queries, and is read of a"
                    + " sequence to itself; build it here as MultiHeadAttention and set its weights");
        }
        Map.Entry<String, Shape> first = parameters.entrySet().iterator().next();
        String name = module.isEmpty() ? first.getKey() : module + "." + first.getKey();
        boolean isPart = RECURRENT_PART.matcher(first.getKey()).matches();
        if (isPart || first.getKey().equals("bias") && parameters.size() == 1) {
            return new IllegalArgumentException("holds a tensor " + FormatException.quote(name) + " of shape "
                    + first.getValue() + " without the weight that belongs to it; give the whole state dict, of one in"
                    + " several files the index beside them (model.safetensors.index.json)");
        }
        boolean isOther = !OF_MODULES.matcher(first.getKey()).find();
        return new IllegalArgumentException("holds a tensor " + FormatException.quote(name) + " of shape "
                + first.getValue()
                + ", which is no parameter of a module that is known (LSTM, GRU, RNN and their cells,"
                + " Linear, Embedding, Conv1d, LayerNorm, GroupNorm, RMSNorm, BatchNorm1d, PReLU, MultiheadAttention); leave it"
                + " out of the file, or build the model here and load the weights it has with TorchFormat.setWeights or 'gatun convert --into'"
                + (isOther
                        ? "; if a recurrent module begins at it, say so: "
                                + ArchitectureAdvice.argument("lstm", "initial_h", name) + " ("
                                + ArchitectureAdvice.MEANING + ")"
                        : ""));
    }
}
